package io.icespar.engine.jdbc.embedded;

import io.icespar.security.error.ErrorCode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Rows. They give the types of {@code java.time} as well. */
final class EmbeddedResultSet extends AvaticaResultSet {

    /** How a column is read as a type. */
    @FunctionalInterface
    private interface Reader {
        @Nullable
        Object read(EmbeddedResultSet rows, int column) throws SQLException;
    }

    private static final Map<Class<?>, Reader> READERS = Map.ofEntries(
            Map.entry(String.class, EmbeddedResultSet::getString),
            Map.entry(Boolean.class, EmbeddedResultSet::getBoolean),
            Map.entry(Byte.class, EmbeddedResultSet::getByte),
            Map.entry(Short.class, EmbeddedResultSet::getShort),
            Map.entry(Integer.class, EmbeddedResultSet::getInt),
            Map.entry(Long.class, EmbeddedResultSet::getLong),
            Map.entry(Float.class, EmbeddedResultSet::getFloat),
            Map.entry(Double.class, EmbeddedResultSet::getDouble),
            Map.entry(BigDecimal.class, EmbeddedResultSet::getBigDecimal),
            Map.entry(byte[].class, EmbeddedResultSet::getBytes),
            Map.entry(Date.class, EmbeddedResultSet::getDate),
            Map.entry(Time.class, EmbeddedResultSet::getTime),
            Map.entry(Timestamp.class, EmbeddedResultSet::getTimestamp),
            Map.entry(Array.class, EmbeddedResultSet::getArray),
            Map.entry(Object.class, AvaticaResultSet::getObject),
            Map.entry(LocalDate.class, (rows, column) -> LocalDate.parse(rows.text(column))),
            Map.entry(LocalTime.class, (rows, column) -> LocalTime.parse(rows.text(column))),
            Map.entry(
                    LocalDateTime.class,
                    (rows, column) -> LocalDateTime.parse(rows.text(column).replace(' ', 'T'))),
            Map.entry(OffsetDateTime.class, (rows, column) -> OffsetDateTime.parse(rows.text(column))));

    EmbeddedResultSet(
            AvaticaStatement statement,
            QueryState state,
            Signature signature,
            ResultSetMetaData metaData,
            TimeZone timeZone,
            @Nullable Frame firstFrame)
            throws SQLException {
        super(statement, state, signature, metaData, timeZone, firstFrame);
    }

    private String text(int column) throws SQLException {
        return String.valueOf(getString(column));
    }

    /** As by the number of the column. Avatica's gives what Avatica passes around. */
    @Override
    public @Nullable Object getObject(String columnLabel) throws SQLException {
        return getObject(findColumn(columnLabel));
    }

    @Override
    public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
        var reader = type == null ? null : READERS.get(type);
        if (reader == null) {
            throw cannotConvert(columnIndex, type);
        }
        // Asked first, since the reader of a number has no null.
        if (getString(columnIndex) == null) {
            return null;
        }
        try {
            return type.cast(reader.read(this, columnIndex));
        } catch (DateTimeException e) {
            throw cannotConvert(columnIndex, type);
        }
    }

    @Override
    public <T> @Nullable T getObject(String columnLabel, Class<T> type) throws SQLException {
        return getObject(findColumn(columnLabel), type);
    }

    private static SQLException cannotConvert(int column, @Nullable Class<?> type) {
        return EmbeddedConnection.error(
                ErrorCode.DATA_EXCEPTION,
                "column " + column + " cannot be read as `" + (type == null ? null : type.getSimpleName()) + "`");
    }
}
