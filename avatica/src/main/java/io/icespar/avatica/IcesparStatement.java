package io.icespar.avatica;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/** A statement. */
final class IcesparStatement extends AvaticaStatement {
    private final StatementSettings settings = new StatementSettings(false);

    IcesparStatement(
            AvaticaConnection connection,
            @Nullable StatementHandle handle,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability) {
        super(connection, handle, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    @Override
    protected void executeInternal(String sql) throws SQLException {
        settings.setExecuted();
        super.executeInternal(sql);
    }

    /** Whoever else executes the statement meanwhile waits, and closes these rows then. */
    @Override
    public synchronized boolean execute(String sql) throws SQLException {
        return super.execute(sql);
    }

    @Override
    public synchronized ResultSet executeQuery(String sql) throws SQLException {
        execute(sql);
        var rows = getResultSet();
        if (rows == null) {
            throw StatementSettings.noRows();
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        if (execute(sql)) {
            getMoreResults();
            throw StatementSettings.rows();
        }
        return getLargeUpdateCount();
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
