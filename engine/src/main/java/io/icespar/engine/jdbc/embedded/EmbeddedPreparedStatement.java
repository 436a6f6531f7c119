package io.icespar.engine.jdbc.embedded;

import io.icespar.security.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/** A prepared statement. It takes the types of {@code java.time} as well. */
final class EmbeddedPreparedStatement extends AvaticaPreparedStatement {
    EmbeddedPreparedStatement(
            AvaticaConnection connection,
            @Nullable StatementHandle handle,
            Signature signature,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability)
            throws SQLException {
        super(connection, handle, signature, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    /** As {@link EmbeddedStatement#cancel}. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The thread that executes may hold the monitor.
    public void cancel() throws SQLException {
        checkOpen();
        EmbeddedConnection.of(connection).engine().cancel(handle);
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        if (isText(value)) {
            setString(index, String.valueOf(value));
        } else if (value instanceof BigInteger integer) {
            setBigDecimal(index, new BigDecimal(integer));
        } else if (value instanceof byte[] bytes) {
            setBytes(index, bytes);
        } else {
            super.setObject(index, value);
        }
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType) throws SQLException {
        if (isText(value)) {
            setString(index, String.valueOf(value));
            return;
        }
        try {
            super.setObject(index, value, targetSqlType);
        } catch (RuntimeException e) {
            throw EmbeddedConnection.error(
                    ErrorCode.DATA_EXCEPTION, "the value of parameter " + index + " cannot be brought into its type");
        }
    }

    /** As without {@code scaleOrLength}: the engine knows the scale. Avatica's does nothing at all. */
    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType, int scaleOrLength) throws SQLException {
        setObject(index, value, targetSqlType);
    }

    /** As without {@code typeName}. Avatica's does nothing at all. */
    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        setNull(index, sqlType);
    }

    /** Whether a value is sent as the text it prints, from which the engine makes what the parameter declares. */
    private static boolean isText(@Nullable Object value) {
        return value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof OffsetDateTime
                || value instanceof UUID;
    }
}
