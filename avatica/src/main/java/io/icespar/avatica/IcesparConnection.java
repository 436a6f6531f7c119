package io.icespar.avatica;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionConfig;
import org.apache.calcite.avatica.InternalProperty;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.MetaResultSet;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.jspecify.annotations.Nullable;

/**
 * A connection to Icespar, which only reads: each statement is a transaction of its own, and to commit has nothing to do.
 * A hint of JDBC that Icespar does not follow leaves a warning.
 */
public final class IcesparConnection extends AvaticaConnection {
    private final Runnable whenClosed;
    private volatile boolean autoCommit = true;
    private volatile boolean broken;
    private volatile @Nullable SQLWarning warning;

    /**
     * Creates a connection, which is still to be opened.
     *
     * @param driver makes the {@link Link}
     * @param info the settings of {@link ConnectionSettings}
     * @param whenClosed what to do once it is closed
     */
    public IcesparConnection(UnregisteredDriver driver, String url, Properties info, Runnable whenClosed) {
        super(driver, new JdbcObjects(), url, info);
        this.whenClosed = whenClosed;
        // How identifiers are written; DatabaseMetaData is asked for it.
        properties.put(InternalProperty.QUOTING, Quoting.DOUBLE_QUOTE);
        properties.put(InternalProperty.UNQUOTED_CASING, Casing.UNCHANGED);
        properties.put(InternalProperty.QUOTED_CASING, Casing.UNCHANGED);
        properties.put(InternalProperty.CASE_SENSITIVE, false);
    }

    /** Not a field: Avatica asks for it before the fields of this class are set. */
    @Override
    public ConnectionConfig config() {
        return new ConnectionSettings(info);
    }

    /** What is at the other end. */
    public Link link() {
        return (Link) meta;
    }

    /** The connection behind a {@link Statement} or the like of this driver. */
    static IcesparConnection of(Connection connection) {
        return (IcesparConnection) connection;
    }

    Iterator<Object> rows(AvaticaStatement statement, QueryState state, Signature signature, @Nullable Frame first) {
        return meta.createIterable(statement.handle, state, signature, List.of(), first)
                .iterator();
    }

    /** Rows that describe the catalog, on a statement that is closed with them. */
    ResultSet rows(MetaResultSet rows) throws SQLException {
        return createResultSet(rows, new QueryState());
    }

    /** The name by which Icespar knows who is logged in. */
    String userName() throws SQLException {
        checkOpen();
        return link().userName();
    }

    @Override
    protected ResultSet executeQueryInternal(
            AvaticaStatement statement,
            @Nullable Signature signature,
            @Nullable Frame firstFrame,
            QueryState state,
            boolean isUpdate)
            throws SQLException {
        try {
            return super.executeQueryInternal(statement, signature, firstFrame, state, isUpdate);
        } catch (SQLException e) {
            throw Unchecked.plain(e);
        }
    }

    // To be open or not

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw JdbcError.CONNECTION_CLOSED.error("the connection was closed");
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return broken || super.isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (!super.isClosed()) {
            try {
                super.close();
            } finally {
                whenClosed.run();
            }
        }
    }

    /** Whether what is at the other end still knows the connection; it is asked. */
    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (timeout < 0) {
            throw JdbcError.INVALID_PARAMETER.error("the timeout must not be negative");
        }
        return !isClosed() && link().isAlive(handle, timeout);
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw JdbcError.INVALID_PARAMETER.error("an executor is needed to abort a connection");
        }
        executor.execute(this::closeQuietly);
    }

    private void closeQuietly() {
        try {
            close();
        } catch (SQLException e) {
            // The connection is closed all the same.
        }
    }

    /** After a call that took longer, the connection is closed. */
    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
        checkOpen();
        if (executor == null || milliseconds < 0) {
            throw JdbcError.INVALID_PARAMETER.error(
                    executor == null ? "an executor is needed for a timeout" : "the timeout must not be negative");
        }
        link().setNetworkTimeout(milliseconds, () -> {
            broken = true;
            executor.execute(this::closeQuietly);
        });
        super.setNetworkTimeout(executor, milliseconds);
    }

    // Transactions

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    @Override
    public void setAutoCommit(boolean isOn) throws SQLException {
        super.setAutoCommit(isOn);
        autoCommit = isOn;
    }

    @Override
    public void commit() throws SQLException {
        checkTransaction();
        super.commit();
    }

    @Override
    public void rollback() throws SQLException {
        checkTransaction();
        super.rollback();
    }

    private void checkTransaction() throws SQLException {
        checkOpen();
        if (autoCommit) {
            throw JdbcError.NO_TRANSACTION.error("there is no transaction to end: auto-commit is on");
        }
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        if (!getMetaData().supportsTransactionIsolationLevel(level)) {
            throw JdbcError.unsupported("each statement reads by itself what is committed (`READ COMMITTED`);"
                    + " there is no other isolation of transactions");
        }
        super.setTransactionIsolation(level);
    }

    /** Ignored, as JDBC has it for a hint: a connection only reads, whatever it is told. */
    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return true;
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        if (!getMetaData().supportsResultSetHoldability(holdability)) {
            throw JdbcError.unsupported("rows stay open when a transaction ends: they can only be held");
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw noSavepoints();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw noSavepoints();
    }

    private static SQLException noSavepoints() {
        return JdbcError.unsupported("savepoints are not supported: Icespar only reads rows");
    }

    // Statements

    @Override
    public AvaticaStatement createStatement(int type, int concurrency, int holdability) throws SQLException {
        checkOpen();
        warnOfOtherRows(type, concurrency, holdability);
        return super.createStatement(type, concurrency, holdability);
    }

    @Override
    public PreparedStatement prepareStatement(@Nullable String sql, int type, int concurrency, int holdability)
            throws SQLException {
        checkOpen();
        warnOfOtherRows(type, concurrency, holdability);
        return super.prepareStatement(sql, type, concurrency, holdability);
    }

    /** JDBC has what cannot be had be replaced by what can, with a warning; many tools ask for more than they use. */
    private void warnOfOtherRows(int type, int concurrency, int holdability) throws SQLException {
        if (type < ResultSet.TYPE_FORWARD_ONLY
                || type > ResultSet.TYPE_SCROLL_SENSITIVE
                || (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE)
                || (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
                        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT)) {
            throw JdbcError.INVALID_PARAMETER.error("there is no such kind of rows");
        }
        if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
            warn("rows go forward only and cannot be changed");
        } else if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            warn("rows stay open when a transaction ends");
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        StatementSettings.checkNoKeys(autoGeneratedKeys);
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        throw StatementSettings.noKeys();
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw noProcedures();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        throw noProcedures();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        throw noProcedures();
    }

    private static SQLException noProcedures() {
        return JdbcError.unsupported("there are no procedures to call");
    }

    /** The SQL as it is, in which Icespar itself reads the escapes of JDBC. */
    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    // Values

    @Override
    public Array createArrayOf(String typeName, @Nullable Object[] elements) throws SQLException {
        checkOpen();
        if (WireForm.jdbcType(typeName) == Types.JAVA_OBJECT) {
            throw JdbcError.INVALID_PARAMETER.error("there is no type `" + typeName + "`");
        }
        return new IcesparArray(typeName, elements);
    }

    @Override
    public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
        throw noSuchType("STRUCT");
    }

    @Override
    public Clob createClob() throws SQLException {
        throw noSuchType("CLOB");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw noSuchType("BLOB");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw noSuchType("NCLOB");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw noSuchType("SQLXML");
    }

    private static SQLException noSuchType(String type) {
        return JdbcError.unsupported("there is no type `" + type + "`");
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw JdbcError.unsupported("there are no types of users to map");
        }
    }

    // Warnings and client information

    private void warn(String text) {
        // One at a time: a pool that never clears them would gather them.
        warning = new SQLWarning(text, "01000");
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warning;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warning = null;
    }

    /** Ignored with a warning, as JDBC has it for a property that is not known. */
    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        checkOpenForClientInfo(name);
        warn("the client property `" + name + "` is not known");
    }

    /** Ignored with a warning, as JDBC has it for properties that are not known. */
    @Override
    public void setClientInfo(@Nullable Properties information) throws SQLClientInfoException {
        var names = information == null ? Set.<String>of() : information.stringPropertyNames();
        checkOpenForClientInfo(String.join(", ", names));
        if (!names.isEmpty()) {
            warn("no client property is known");
        }
    }

    private void checkOpenForClientInfo(String name) throws SQLClientInfoException {
        try {
            checkOpen();
        } catch (SQLException e) {
            throw new SQLClientInfoException(
                    e.getMessage(), e.getSQLState(), Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
    }

    @Override
    public @Nullable String getClientInfo(String name) throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return JdbcError.unwrap(this, type);
    }
}
