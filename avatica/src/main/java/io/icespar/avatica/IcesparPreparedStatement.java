package io.icespar.avatica;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement. Values go to Icespar as they are given, and become there what the parameter declares; those of
 * {@code java.time} go as texts.
 */
final class IcesparPreparedStatement extends AvaticaPreparedStatement {
    private final StatementSettings settings = new StatementSettings(true);

    IcesparPreparedStatement(
            AvaticaConnection connection,
            @Nullable StatementHandle handle,
            Signature signature,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability)
            throws SQLException {
        super(connection, handle, signature, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    // To execute

    /** Whoever else executes the statement meanwhile waits, and closes these rows then. */
    @Override
    public synchronized boolean execute() throws SQLException {
        settings.setExecuted();
        return super.execute();
    }

    @Override
    public synchronized ResultSet executeQuery() throws SQLException {
        execute();
        var rows = getResultSet();
        if (rows == null) {
            throw StatementSettings.noRows();
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        if (execute()) {
            getMoreResults();
            throw StatementSettings.rows();
        }
        return getLargeUpdateCount();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        throw preparedAlready();
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        throw preparedAlready();
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        throw preparedAlready();
    }

    private SQLException preparedAlready() throws SQLException {
        checkOpen();
        return JdbcError.WRONG_STATE.error("the statement was prepared: execute it without SQL");
    }

    /** Null for a command, which gives no rows. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        var metaData = super.getMetaData();
        return metaData.getColumnCount() == 0 ? null : metaData;
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        throw StatementSettings.noBatches();
    }

    // Parameters

    @Override
    protected AvaticaParameter getParameter(int number) throws SQLException {
        var parameters = getSignature().parameters;
        if (number < 1 || number > parameters.size()) {
            throw JdbcError.UNDEFINED_PARAMETER.error(
                    "there is no parameter " + number + ": the statement has " + parameters.size());
        }
        return parameters.get(number - 1);
    }

    @Override
    public int isNullable(int param) throws SQLException {
        getParameter(param);
        return ParameterMetaData.parameterNullable;
    }

    private static final int NANOS_PER_MILLISECOND = 1_000_000;

    /** The types of values that are sent as they are. */
    private static final List<Class<?>> SENT = List.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            Date.class);

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        if (value instanceof Instant) {
            setString(index, ((Instant) value).atOffset(ZoneOffset.UTC).toString());
        } else if (value instanceof ZonedDateTime) {
            setString(index, ((ZonedDateTime) value).toOffsetDateTime().toString());
        } else if (value instanceof Temporal || value instanceof UUID || value instanceof Character) {
            setString(index, value.toString());
        } else if (value instanceof BigInteger) {
            setBigDecimal(index, new BigDecimal((BigInteger) value));
        } else if (value instanceof byte[]) {
            setBytes(index, (byte[]) value);
        } else if (value instanceof Calendar) {
            setTimestamp(index, new Timestamp(((Calendar) value).getTimeInMillis()), (Calendar) value);
        } else if (value != null && value.getClass() == Date.class) {
            setTimestamp(index, Timestamp.from(((Date) value).toInstant()));
        } else if (value instanceof Timestamp) {
            setTimestamp(index, (Timestamp) value);
        } else if (value instanceof InputStream) {
            setBinaryStream(index, (InputStream) value);
        } else if (value instanceof Reader) {
            setCharacterStream(index, (Reader) value);
        } else if (value instanceof Array) {
            setArray(index, (Array) value);
        } else {
            setOther(index, value);
        }
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
        setTimestamp(index, value, getCalendar());
    }

    /** To the microsecond, where Avatica's form, which has milliseconds, does not say all of it. */
    @Override
    public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar zone) throws SQLException {
        if (value == null
                || value.getNanos() % NANOS_PER_MILLISECOND == 0
                || getParameter(index).parameterType != Types.TIMESTAMP) {
            super.setTimestamp(index, value, zone);
            return;
        }
        setString(index, fields(value, zone == null ? getCalendar() : zone).toString());
    }

    /** What a clock in the zone shows: by a calendar, as before 1582 days had other names than {@code java.time} gives them. */
    private static LocalDateTime fields(Timestamp moment, Calendar zone) {
        var clock = (Calendar) zone.clone();
        clock.setTimeInMillis(moment.getTime());
        int year = clock.get(Calendar.YEAR);
        return LocalDateTime.of(
                clock.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                clock.get(Calendar.MONTH) + 1,
                clock.get(Calendar.DAY_OF_MONTH),
                clock.get(Calendar.HOUR_OF_DAY),
                clock.get(Calendar.MINUTE),
                clock.get(Calendar.SECOND),
                moment.getNanos());
    }

    private void setOther(int index, @Nullable Object value) throws SQLException {
        checkParameter(index);
        if (value != null && SENT.stream().noneMatch(type -> type.isInstance(value))) {
            throw JdbcError.INVALID_PARAMETER.error(
                    "the value of parameter " + index + " has a type that cannot be sent");
        }
        try {
            super.setObject(index, value);
        } catch (RuntimeException e) {
            throw cannotConvert(index);
        }
    }

    /** As without the type: Icespar knows what the parameter declares, and refuses what does not mean the same in it. */
    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType) throws SQLException {
        if (value == null
                || value instanceof Temporal
                || value instanceof UUID
                || value instanceof InputStream
                || value instanceof Reader
                || (value instanceof Timestamp && targetSqlType == Types.TIMESTAMP)) {
            setObject(index, value);
            return;
        }
        checkParameter(index);
        try {
            super.setObject(index, value, targetSqlType);
        } catch (RuntimeException e) {
            throw cannotConvert(index);
        }
    }

    /** As without {@code scaleOrLength}: Icespar knows the scale. */
    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType, int scaleOrLength) throws SQLException {
        setObject(index, value, targetSqlType);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType) throws SQLException {
        setObject(index, value, targetSqlType.getVendorTypeNumber());
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        setObject(index, value, targetSqlType);
    }

    /** As without {@code typeName}: there are no types of users. */
    @Override
    public void setNull(int index, int sqlType, @Nullable String typeName) throws SQLException {
        setNull(index, sqlType);
    }

    private void checkParameter(int index) throws SQLException {
        checkOpen();
        getParameter(index);
    }

    private static SQLException cannotConvert(int index) {
        return JdbcError.CANNOT_CONVERT.error("the value of parameter " + index + " cannot be brought into its type");
    }

    // Streams, which are read at once

    /** How much of a stream is a value: all of it. */
    private static final long ALL = -1;

    private void setText(int index, @Nullable Reader reader, long length) throws SQLException {
        checkParameter(index);
        if (reader == null) {
            setString(index, null);
            return;
        }
        var text = new StringWriter();
        try {
            reader.transferTo(text);
        } catch (IOException e) {
            throw unreadable(index);
        }
        checkLength(index, text.getBuffer().length(), length);
        setString(index, text.toString());
    }

    private static void checkLength(int index, long found, long declared) throws SQLException {
        if (declared != ALL && found != declared) {
            throw JdbcError.INVALID_PARAMETER.error(
                    "the stream of parameter " + index + " has another length than said");
        }
    }

    private static SQLException unreadable(int index) {
        return JdbcError.INVALID_PARAMETER.error("the stream of parameter " + index + " cannot be read");
    }

    private void setAscii(int index, @Nullable InputStream stream, long length) throws SQLException {
        setText(index, stream == null ? null : new InputStreamReader(stream, StandardCharsets.UTF_8), length);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        setAscii(index, x, ALL);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        throw noBytes(index);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        setText(index, x, ALL);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        setText(index, x, ALL);
    }

    @Override
    public void setClob(int index, @Nullable Reader x) throws SQLException {
        setText(index, x, ALL);
    }

    @Override
    public void setNClob(int index, @Nullable Reader x) throws SQLException {
        setText(index, x, ALL);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x) throws SQLException {
        throw noBytes(index);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        setAscii(index, x, length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        throw noBytes(index);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        setText(index, x, length);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        setAscii(index, x, length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        throw noBytes(index);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        setText(index, x, length);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        setText(index, x, length);
    }

    @Override
    public void setClob(int index, @Nullable Reader x, long length) throws SQLException {
        setText(index, x, length);
    }

    @Override
    public void setNClob(int index, @Nullable Reader x, long length) throws SQLException {
        setText(index, x, length);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        throw noBytes(index);
    }

    @Override
    @Deprecated
    @SuppressWarnings({"deprecation", "InlineMeSuggester"}) // JDBC still has it, and callers of it.
    public void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        setAscii(index, x, length);
    }

    @Override
    public void setClob(int index, @Nullable Clob x) throws SQLException {
        setText(index, x == null ? null : x.getCharacterStream(), ALL);
    }

    @Override
    public void setNClob(int index, @Nullable NClob x) throws SQLException {
        setText(index, x == null ? null : x.getCharacterStream(), ALL);
    }

    @Override
    public void setBlob(int index, @Nullable Blob x) throws SQLException {
        throw noBytes(index);
    }

    // Types that parameters cannot have

    @Override
    public void setBytes(int index, byte @Nullable [] x) throws SQLException {
        throw noBytes(index);
    }

    private SQLException noBytes(int index) throws SQLException {
        checkParameter(index);
        return JdbcError.unsupported("bytes are not supported as parameters");
    }

    @Override
    public void setArray(int index, @Nullable Array x) throws SQLException {
        checkParameter(index);
        throw JdbcError.unsupported("arrays are not supported as parameters");
    }

    @Override
    public void setRef(int index, @Nullable Ref x) throws SQLException {
        checkParameter(index);
        throw JdbcError.unsupported("references to rows are not supported as parameters");
    }

    @Override
    public void setRowId(int index, @Nullable RowId x) throws SQLException {
        checkParameter(index);
        throw JdbcError.unsupported("ids of rows are not supported as parameters");
    }

    @Override
    public void setSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        checkParameter(index);
        throw JdbcError.unsupported("XML values are not supported as parameters");
    }

    @Override
    public void setURL(int index, @Nullable URL x) throws SQLException {
        checkParameter(index);
        throw JdbcError.unsupported("URLs are not supported as parameters");
    }

    @Override
    public int[] executeBatch() throws SQLException {
        checkOpen();
        throw StatementSettings.noBatches();
    }

    // What both kinds of statements do alike; JDBC has one inherit from the other, Avatica has them apart.

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw JdbcError.STATEMENT_CLOSED.error("the statement was closed");
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return super.isClosed() || connection.isClosed();
    }

    /** Stops what runs. Unlike Avatica's, it does not wait for what it is to stop. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The thread that executes may hold the monitor.
    public void cancel() throws SQLException {
        checkOpen();
        IcesparConnection.of(connection).link().cancel(handle);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        var rows = super.getResultSet();
        return rows == null || rows.isClosed() ? null : rows;
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return (int) Math.min(getLargeUpdateCount(), Integer.MAX_VALUE);
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        var count = super.getLargeUpdateCount();
        return settings.executed() ? count : -1;
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        StatementSettings.checkMoreResults(current);
        return super.getMoreResults(current);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return settings.queryTimeout();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        settings.setQueryTimeout(seconds);
    }

    @Override
    public void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        super.setLargeMaxRows(StatementSettings.notNegative("the largest number of rows", rows));
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        super.setFetchSize((int) StatementSettings.notNegative("the fetch size", rows));
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return settings.fetchDirection();
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        settings.setFetchDirection(direction);
    }

    @Override
    public int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
        StatementSettings.checkMaxFieldSize(max);
    }

    /** Ignored: the escapes of JDBC are part of the SQL that Icespar reads. */
    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    /** Ignored, as JDBC has it where rows cannot be changed by a cursor's name. */
    @Override
    public void setCursorName(String name) throws SQLException {
        checkOpen();
    }

    @Override
    public boolean isPoolable() throws SQLException {
        checkOpen();
        return settings.isPoolable();
    }

    /** A hint, which is only told again. */
    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
        settings.setPoolable(poolable);
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        throw StatementSettings.noBatches();
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        throw StatementSettings.noBatches();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        StatementSettings.checkNoKeys(autoGeneratedKeys);
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        StatementSettings.checkNoKeys(autoGeneratedKeys);
        return executeLargeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        StatementSettings.checkNoKeys(autoGeneratedKeys);
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        throw StatementSettings.noKeys();
    }

    // JDBC leaves to the driver which words are names by themselves.

    @Override
    public boolean isSimpleIdentifier(String identifier) throws SQLException {
        return super.isSimpleIdentifier(identifier) && !SqlNames.isReserved(identifier);
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
        return super.enquoteIdentifier(identifier, alwaysQuote || SqlNames.isReserved(identifier));
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return JdbcError.unwrap(this, type);
    }
}
