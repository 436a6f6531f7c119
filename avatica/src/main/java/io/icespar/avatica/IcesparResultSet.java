package io.icespar.avatica;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Rows, read by number of the column. What a getter gives for which type is in {@link ColumnValue}. */
final class IcesparResultSet extends LabelledRows {

    /** How a value is read as a class. */
    @FunctionalInterface
    private interface As {
        Object read(IcesparResultSet rows, ColumnValue value) throws SQLException;
    }

    private static final Map<Class<?>, As> CLASSES = Map.ofEntries(
            Map.entry(Object.class, IcesparResultSet::object),
            Map.entry(String.class, (rows, value) -> value.text()),
            Map.entry(Boolean.class, (rows, value) -> value.bool()),
            Map.entry(Byte.class, (rows, value) -> toByte(value)),
            Map.entry(Short.class, (rows, value) -> toShort(value)),
            Map.entry(Integer.class, (rows, value) -> toInt(value)),
            Map.entry(Long.class, (rows, value) -> toLong(value)),
            Map.entry(Float.class, (rows, value) -> value.toFloat()),
            Map.entry(Double.class, (rows, value) -> value.toDouble("double")),
            Map.entry(BigDecimal.class, (rows, value) -> value.decimal()),
            Map.entry(BigInteger.class, (rows, value) -> value.integer("BigInteger")),
            Map.entry(byte[].class, (rows, value) -> value.bytes()),
            Map.entry(Date.class, (rows, value) -> date(value, rows.localCalendar)),
            Map.entry(Time.class, (rows, value) -> time(value, rows.localCalendar)),
            Map.entry(Timestamp.class, (rows, value) -> timestamp(value, rows.localCalendar)),
            Map.entry(Array.class, (rows, value) -> rows.array(value)),
            Map.entry(LocalDate.class, (rows, value) -> value.date()),
            Map.entry(LocalTime.class, (rows, value) -> value.time()),
            Map.entry(LocalDateTime.class, (rows, value) -> value.timestamp()),
            Map.entry(OffsetDateTime.class, (rows, value) -> value.moment("OffsetDateTime")),
            Map.entry(Instant.class, (rows, value) -> value.moment("Instant").toInstant()),
            Map.entry(UUID.class, (rows, value) -> value.parsed("UUID", UUID::fromString)));

    /** From then on Java's two libraries for time zones have the same offsets. */
    private static final int FIRST_SURE_YEAR = 1970;

    private static final int DAYS = 1 << 12;

    private long[] days = new long[0];
    private long[] startOfDays = new long[0];

    /** The columns' types, in {@link Types}. */
    private final int[] types;

    private Iterator<Object> rows = Collections.emptyIterator();
    private @Nullable Object current;
    private int row;
    private boolean ended;
    private boolean wasNull;
    private int rowsAtOnce;

    IcesparResultSet(
            AvaticaStatement statement,
            QueryState state,
            Signature signature,
            ResultSetMetaData metaData,
            TimeZone timeZone,
            @Nullable Frame firstFrame)
            throws SQLException {
        super(statement, state, signature, metaData, timeZone, firstFrame);
        rowsAtOnce = statement.getFetchSize();
        types = columnMetaDataList.stream().mapToInt(column -> column.type.id).toArray();
    }

    // Where it is

    @Override
    protected AvaticaResultSet execute() throws SQLException {
        rows = IcesparConnection.of(statement.connection).rows(statement, state, signature, firstFrame);
        return this;
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw JdbcError.NO_ROW.error("the rows were closed");
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return super.isClosed() || statement.isClosed();
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (!ended && rows.hasNext()) {
            current = rows.next();
            row = row == Integer.MAX_VALUE ? row : row + 1;
            return true;
        }
        current = null;
        ended = true;
        return false;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return row == 0 && !ended && rows.hasNext();
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return row == 1 && !ended;
    }

    /** May fetch rows to find out. */
    @Override
    public boolean isLast() throws SQLException {
        checkOpen();
        return row > 0 && !ended && !rows.hasNext();
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return row > 0 && ended;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return ended ? 0 : row;
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    // What it is told and tells

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw JdbcError.INVALID_PARAMETER.error("the rows go forward only");
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return rowsAtOnce;
    }

    /** A hint; that of the statement counts. */
    @Override
    public void setFetchSize(int size) throws SQLException {
        checkOpen();
        if (size < 0) {
            throw JdbcError.INVALID_PARAMETER.error("the fetch size must not be negative");
        }
        rowsAtOnce = size;
    }

    @Override
    public String getCursorName() throws SQLException {
        throw JdbcError.unsupported("rows have no cursor's name: they cannot be changed");
    }

    /** False: no row is ever changed. */
    @Override
    public boolean rowUpdated() throws SQLException {
        checkOpen();
        return false;
    }

    /** False: no row is ever inserted. */
    @Override
    public boolean rowInserted() throws SQLException {
        checkOpen();
        return false;
    }

    /** False: no row is ever deleted. */
    @Override
    public boolean rowDeleted() throws SQLException {
        checkOpen();
        return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return JdbcError.unwrap(this, type);
    }

    // Values

    /** The value of a column in the current row; null for NULL. */
    private @Nullable ColumnValue read(int column) throws SQLException {
        return value(column, wire(column));
    }

    private @Nullable ColumnValue value(int column, @Nullable Object wire) {
        var value = WireForm.value(types[column - 1], wire);
        wasNull = value == null;
        return value == null ? null : new ColumnValue(column, value);
    }

    private @Nullable Object wire(int column) throws SQLException {
        checkOpen();
        if (column < 1 || column > types.length) {
            throw JdbcError.UNDEFINED_COLUMN.error("there is no column " + column + ": the rows have " + types.length);
        }
        var values = current;
        if (values == null) {
            throw JdbcError.NO_ROW.error(ended ? "there is no row left" : "no row is current yet: call `next` first");
        }
        return values instanceof Object[] ? ((Object[]) values)[column - 1] : ((List<?>) values).get(column - 1);
    }

    private static byte toByte(ColumnValue value) throws SQLException {
        return (byte) value.whole("byte", Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    private static short toShort(ColumnValue value) throws SQLException {
        return (short) value.whole("short", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static int toInt(ColumnValue value) throws SQLException {
        return (int) value.whole("int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long toLong(ColumnValue value) throws SQLException {
        return value.whole("long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Date date(ColumnValue value, Calendar zone) throws SQLException {
        var fields = value.date();
        return new Date(millis(fields.atStartOfDay(), zone));
    }

    /** In this connection's time zone. The rows of an answer have few different days, of which one finds the moments again. */
    private Date date(long day) {
        if (days.length == 0) {
            days = new long[DAYS];
            Arrays.fill(days, Long.MIN_VALUE);
            startOfDays = new long[DAYS];
        }
        int place = (int) day & (DAYS - 1);
        if (days[place] != day) {
            days[place] = day;
            startOfDays[place] = millis(LocalDate.ofEpochDay(day).atStartOfDay(), localCalendar);
        }
        return new Date(startOfDays[place]);
    }

    private static Time time(ColumnValue value, Calendar zone) throws SQLException {
        var fields = value.time();
        return new Time(millis(fields.atDate(LocalDate.EPOCH), zone));
    }

    private static Timestamp timestamp(ColumnValue value, Calendar zone) throws SQLException {
        if (value.isMoment()) {
            return Timestamp.from(value.moment("Timestamp").toInstant());
        }
        var fields = value.timestamp();
        var timestamp = new Timestamp(millis(fields, zone));
        timestamp.setNanos(fields.get(ChronoField.NANO_OF_SECOND));
        return timestamp;
    }

    /** The moment at which a clock in the zone shows these fields, to the millisecond. */
    private static long millis(LocalDateTime fields, Calendar zone) {
        int millis = fields.getNano() / 1_000_000;
        // A calendar takes much longer. It is asked only where the two may differ: long ago, and when clocks are
        // changed.
        if (zone instanceof GregorianCalendar && fields.getYear() >= FIRST_SURE_YEAR) {
            var offsets = zone.getTimeZone().toZoneId().getRules().getValidOffsets(fields);
            if (offsets.size() == 1) {
                return fields.toEpochSecond(offsets.get(0)) * 1_000 + millis;
            }
        }
        var calendar = (Calendar) zone.clone();
        calendar.clear();
        calendar.set(
                fields.getYear(),
                fields.getMonthValue() - 1,
                fields.getDayOfMonth(),
                fields.getHour(),
                fields.getMinute(),
                fields.getSecond());
        calendar.set(Calendar.MILLISECOND, millis);
        return calendar.getTimeInMillis();
    }

    private Array array(ColumnValue value) throws SQLException {
        if (!(value.value() instanceof List)) {
            throw value.cannotConvert("Array");
        }
        return new IcesparArray(WireForm.elementType((List<?>) value.value()), elements(value.value()));
    }

    private @Nullable Object[] elements(Object list) {
        return ((List<?>) list).stream().map(this::element).toArray();
    }

    private @Nullable Object element(@Nullable Object value) {
        if (value instanceof List) {
            return elements(value);
        }
        try {
            return value == null ? null : object(new ColumnValue(0, value));
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    /** In the class that JDBC lays down for the type. */
    private Object object(ColumnValue value) throws SQLException {
        var java = value.value();
        if (java instanceof LocalDate) {
            return date(((LocalDate) java).toEpochDay());
        }
        if (java instanceof LocalTime) {
            return time(value, localCalendar);
        }
        if (java instanceof LocalDateTime) {
            return timestamp(value, localCalendar);
        }
        if (java instanceof List) {
            return array(value);
        }
        return java instanceof byte[] ? value.bytes() : java;
    }

    @Override
    public @Nullable String getString(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : value.text();
    }

    @Override
    public @Nullable String getNString(int columnIndex) throws SQLException {
        return getString(columnIndex);
    }

    @Override
    public boolean getBoolean(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value != null && value.bool();
    }

    @Override
    public byte getByte(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : toByte(value);
    }

    @Override
    public short getShort(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : toShort(value);
    }

    @Override
    public int getInt(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : toInt(value);
    }

    @Override
    public long getLong(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : toLong(value);
    }

    @Override
    public float getFloat(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : value.toFloat();
    }

    @Override
    public double getDouble(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? 0 : value.toDouble("double");
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : value.decimal();
    }

    @Override
    public @Nullable Date getDate(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : date(value, localCalendar);
    }

    @Override
    public @Nullable Time getTime(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : time(value, localCalendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : timestamp(value, localCalendar);
    }

    @Override
    public @Nullable Array getArray(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : array(value);
    }

    @Override
    public @Nullable Object getObject(int columnIndex) throws SQLException {
        var wire = wire(columnIndex);
        if (wire instanceof Integer && types[columnIndex - 1] == Types.DATE) {
            wasNull = false;
            return date((Integer) wire);
        }
        var value = value(columnIndex, wire);
        return value == null ? null : object(value);
    }

    @Override
    public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : value.bytes();
    }

    @Override
    @Deprecated
    @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // JDBC still has it, and callers of it.
    public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
        var value = getBigDecimal(columnIndex);
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public @Nullable Date getDate(int columnIndex, @Nullable Calendar cal) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : date(value, cal == null ? localCalendar : cal);
    }

    @Override
    public @Nullable Time getTime(int columnIndex, @Nullable Calendar cal) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : time(value, cal == null ? localCalendar : cal);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar cal) throws SQLException {
        var value = read(columnIndex);
        return value == null ? null : timestamp(value, cal == null ? localCalendar : cal);
    }

    /** As without a map: there are no types of users. */
    @Override
    public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> map) throws SQLException {
        return getObject(columnIndex);
    }

    @Override
    public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
        var as = type == null ? null : CLASSES.get(type);
        if (as == null) {
            throw JdbcError.CANNOT_CONVERT.error("column " + columnIndex + " cannot be read as `"
                    + (type == null ? "null" : type.getSimpleName()) + "`");
        }
        var value = read(columnIndex);
        return value == null ? null : type.cast(as.read(this, value));
    }

    // Texts and bytes as streams, which are all there already

    @Override
    public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
        return stream(columnIndex, "AsciiStream");
    }

    @Override
    @Deprecated
    @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // JDBC still has it, and callers of it.
    public @Nullable InputStream getUnicodeStream(int columnIndex) throws SQLException {
        return stream(columnIndex, "UnicodeStream");
    }

    @Override
    public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
        var bytes = getBytes(columnIndex);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    /** In UTF-8, of which ASCII is a part; bytes as they are. */
    private @Nullable InputStream stream(int columnIndex, String type) throws SQLException {
        var value = read(columnIndex);
        if (value == null) {
            return null;
        }
        if (value.value() instanceof String) {
            return new ByteArrayInputStream(value.text().getBytes(StandardCharsets.UTF_8));
        }
        if (value.value() instanceof byte[]) {
            return new ByteArrayInputStream(value.bytes());
        }
        throw value.cannotConvert(type);
    }

    @Override
    public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
        var value = read(columnIndex);
        if (value == null) {
            return null;
        }
        if (value.value() instanceof String) {
            return new StringReader(value.text());
        }
        throw value.cannotConvert("CharacterStream");
    }

    @Override
    public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
        return getCharacterStream(columnIndex);
    }

    // Types that Icespar has none of

    @Override
    public Ref getRef(int columnIndex) throws SQLException {
        throw noSuchType("REF");
    }

    @Override
    public Blob getBlob(int columnIndex) throws SQLException {
        throw noSuchType("BLOB");
    }

    @Override
    public Clob getClob(int columnIndex) throws SQLException {
        throw noSuchType("CLOB");
    }

    @Override
    public NClob getNClob(int columnIndex) throws SQLException {
        throw noSuchType("NCLOB");
    }

    @Override
    public RowId getRowId(int columnIndex) throws SQLException {
        throw noSuchType("ROWID");
    }

    @Override
    public SQLXML getSQLXML(int columnIndex) throws SQLException {
        throw noSuchType("SQLXML");
    }

    @Override
    public URL getURL(int columnIndex) throws SQLException {
        throw noSuchType("DATALINK");
    }

    private static SQLException noSuchType(String type) {
        return JdbcError.unsupported("there are no columns of type `" + type + "`");
    }
}
