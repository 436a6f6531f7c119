package io.icespar.jdbc;

import io.icespar.avatica.Link;
import io.icespar.avatica.MetadataShape;
import io.icespar.avatica.Unchecked;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * A connection's side of Avatica's protocol: each call becomes a request to the server.
 *
 * <p>Errors leave as {@link SQLException}, though Avatica's interface does not declare it; see {@link Unchecked}.
 */
final class RemoteMeta extends MetaImpl implements Link {
    private static final int ROWS_AT_ONCE = 1_000;

    private final ServerConnection server;
    private final Optional<String> schema;

    /** Asked for when it is first needed. */
    private volatile @Nullable String userName;

    RemoteMeta(AvaticaConnection connection, ServerConnection server, Optional<String> schema) {
        super(connection);
        this.server = server;
        this.schema = schema;
    }

    // Connections

    /** Opens the connection on the server. What Avatica would send along stays here, such as the user's name. */
    @Override
    public void openConnection(ConnectionHandle ch, Map<String, String> info) {
        server.apply(new Service.OpenConnectionRequest(
                ch.id, schema.map(name -> Map.of("schema", name)).orElse(Map.of())));
    }

    @Override
    public void closeConnection(ConnectionHandle ch) {
        try {
            server.sayGoodbye(new Service.CloseConnectionRequest(ch.id));
        } catch (Exception e) {
            ignoreUnreachable(e);
        } finally {
            server.logOut();
        }
    }

    /** Ends what {@link #openConnection} failed to begin. */
    void abandon() {
        server.logOut();
    }

    /** What the server has closed already, or will not be reached to close, is as closed as was wished. */
    private static void ignoreUnreachable(Exception error) {
        var sqlState = error instanceof SQLException ? ((SQLException) error).getSQLState() : null;
        if (sqlState == null || !(sqlState.startsWith("08") || sqlState.startsWith("28"))) {
            throw Unchecked.raise(error);
        }
    }

    /** Sent at once, so that a schema that is not there is refused where it was asked for. */
    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties wanted) {
        var request = new ConnectionPropertiesImpl(
                wanted.isAutoCommit(),
                wanted.isReadOnly(),
                wanted.getTransactionIsolation(),
                wanted.getCatalog(),
                wanted.getSchema());
        return server.apply(new Service.ConnectionSyncRequest(ch.id, request)).connProps;
    }

    @Override
    public void setNetworkTimeout(int milliseconds, Runnable whenExceeded) {
        server.setNetworkTimeout(Duration.ofMillis(milliseconds), whenExceeded);
    }

    /** Whether the server knows the connection. */
    @Override
    public boolean isAlive(ConnectionHandle ch, int timeoutSeconds) {
        return server.answers(new Service.ConnectionSyncRequest(ch.id, new ConnectionPropertiesImpl()), timeoutSeconds);
    }

    /** The name by which the server knows who is logged in. */
    @Override
    public String userName() throws SQLException {
        var name = userName;
        if (name == null) {
            name = server.userName();
            userName = name;
        }
        return name;
    }

    @Override
    public void commit(ConnectionHandle ch) {
        server.apply(new Service.CommitRequest(ch.id));
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        server.apply(new Service.RollbackRequest(ch.id));
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
        return server.apply(new Service.DatabasePropertyRequest(ch.id)).map;
    }

    // Statements

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        var response = server.apply(new Service.CreateStatementRequest(ch.id));
        return new StatementHandle(response.connectionId, response.statementId, null);
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        return server.apply(new Service.PrepareRequest(ch.id, sql, maxRowCount)).statement;
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // Deprecated by Avatica, which has callers of it.
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback)
            throws NoSuchStatementException {
        return prepareAndExecute(h, sql, maxRowCount, 0, callback);
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback)
            throws NoSuchStatementException {
        try {
            synchronized (callback.getMonitor()) {
                callback.clear();
            }
            // Without the monitor, which is the statement: it must be possible to cancel meanwhile.
            var response = timed(
                    h,
                    () -> server.apply(new Service.PrepareAndExecuteRequest(
                            h.connectionId, h.id, sql, maxRowCount, fetchSize(h))));
            if (response.missingStatement) {
                throw new NoSuchStatementException(h);
            }
            var result = response.results.get(0);
            synchronized (callback.getMonitor()) {
                callback.assign(result.signature, result.firstFrame, result.updateCount);
            }
            callback.execute();
            return results(response);
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // Deprecated by Avatica, which has callers of it.
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, long maxRowCount)
            throws NoSuchStatementException {
        return execute(h, parameterValues, 0);
    }

    @Override
    public ExecuteResult execute(StatementHandle h, List<TypedValue> parameterValues, int maxRowsInFirstFrame)
            throws NoSuchStatementException {
        var response = executePrepared(h, parameterValues, maxRowsInFirstFrame);
        if (response.missingStatement) {
            // The server has forgotten it, as after cancel().
            response = executePrepared(prepareAgain(h), parameterValues, maxRowsInFirstFrame);
        }
        if (response.missingStatement) {
            throw new NoSuchStatementException(h);
        }
        return results(response);
    }

    private Service.ExecuteResponse executePrepared(StatementHandle h, List<TypedValue> values, int firstFrameRows) {
        // The server has the signature; it is not sent back.
        var handle = new StatementHandle(h.connectionId, h.id, null);
        return timed(h, () -> server.apply(new Service.ExecuteRequest(handle, values, firstFrameRows)));
    }

    private StatementHandle prepareAgain(StatementHandle h) {
        var statement = setting(h, found -> found);
        var old = statement.handle;
        if (old.signature == null) {
            throw Unchecked.raise(SqlState.NO_STATEMENT.error("there is no such statement, or it was closed"));
        }
        var prepared = prepare(new ConnectionHandle(h.connectionId), old.signature.sql, -1);
        connection.statementMap.remove(old.id);
        connection.statementMap.put(prepared.id, statement);
        statement.handle = prepared;
        return prepared;
    }

    private static ExecuteResult results(Service.ExecuteResponse response) {
        var results = new ArrayList<MetaResultSet>();
        for (var result : response.results) {
            results.add(result(result));
        }
        return new ExecuteResult(results);
    }

    private static MetaResultSet result(Service.ResultSetResponse response) {
        return response.updateCount < 0
                ? MetaResultSet.create(
                        response.connectionId,
                        response.statementId,
                        response.ownStatement,
                        response.signature,
                        response.firstFrame)
                : MetaResultSet.count(response.connectionId, response.statementId, response.updateCount);
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount) {
        var response =
                timed(h, () -> server.apply(new Service.FetchRequest(h.connectionId, h.id, offset, fetchMaxRowCount)));
        if (response.missingStatement || response.missingResults) {
            throw Unchecked.raise(SqlState.CANCELLED.error("the statement was cancelled, or closed by the server"));
        }
        return response.frame;
    }

    @Override
    public Iterable<Object> createIterable(
            StatementHandle h,
            QueryState state,
            Signature signature,
            @Nullable List<TypedValue> parameterValues,
            @Nullable Frame firstFrame) {
        var limit = maxRows(h);
        var first = firstFrame == null ? Frame.MORE : firstFrame;
        return first.done && limit == 0 ? first.rows : () -> new Rows(h, first, limit);
    }

    /** The rows of frame after frame, at most {@code limit} of them, or all if that is 0. */
    private final class Rows implements Iterator<Object> {
        private final StatementHandle handle;
        private final long limit;
        private Frame frame;
        private Iterator<Object> rows;
        private long given;

        Rows(StatementHandle handle, Frame first, long limit) {
            this.handle = handle;
            this.frame = first;
            this.rows = first.rows.iterator();
            this.limit = limit;
        }

        @Override
        public boolean hasNext() {
            if (limit > 0 && given >= limit) {
                return false;
            }
            while (!rows.hasNext() && !frame.done) {
                frame = fetch(handle, given, fetchSize(handle));
                rows = frame.rows.iterator();
            }
            return rows.hasNext();
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            given++;
            return rows.next();
        }
    }

    /**
     * Stops what a statement does, by closing it on the server; the protocol has no other word for it. The statement
     * is made anew when it is used again.
     */
    @Override
    public void cancel(StatementHandle h) {
        server.apply(new Service.CloseStatementRequest(h.connectionId, h.id));
    }

    @Override
    public void closeStatement(StatementHandle h) {
        try {
            if (connection.isClosed()) {
                // The server has closed its statements with it.
                return;
            }
            server.apply(new Service.CloseStatementRequest(h.connectionId, h.id));
        } catch (Exception e) {
            ignoreUnreachable(e);
        }
    }

    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) throws NoSuchStatementException {
        var response = server.apply(new Service.SyncResultsRequest(h.connectionId, h.id, state, offset));
        if (response.missingStatement) {
            throw new NoSuchStatementException(h);
        }
        return response.moreResults;
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sqlCommands) {
        throw noBatches();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> parameterValues) {
        throw noBatches();
    }

    private static RuntimeException noBatches() {
        return Unchecked.raise(
                SqlState.FEATURE_NOT_SUPPORTED.error("batches are not supported: execute one statement at a time"));
    }

    // Metadata

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return result(server.apply(new Service.CatalogsRequest(ch.id)));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern) {
        return result(server.apply(new Service.SchemasRequest(ch.id, catalog, schemaPattern.s)));
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            @Nullable List<String> typeList) {
        return result(
                server.apply(new Service.TablesRequest(ch.id, catalog, schemaPattern.s, tableNamePattern.s, typeList)));
    }

    @Override
    public MetaResultSet getColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            Pat columnNamePattern) {
        return result(server.apply(
                new Service.ColumnsRequest(ch.id, catalog, schemaPattern.s, tableNamePattern.s, columnNamePattern.s)));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return result(server.apply(new Service.TableTypesRequest(ch.id)));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return result(server.apply(new Service.TypeInfoRequest(ch.id)));
    }

    @Override
    public MetaResultSet getPrimaryKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return listing(ch, MetaDataOperation.GET_PRIMARY_KEYS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getImportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return listing(ch, MetaDataOperation.GET_IMPORTED_KEYS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getExportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return listing(ch, MetaDataOperation.GET_EXPORTED_KEYS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getCrossReference(
            ConnectionHandle ch,
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable) {
        return listing(
                ch,
                MetaDataOperation.GET_CROSS_REFERENCE,
                parentCatalog,
                parentSchema,
                parentTable,
                foreignCatalog,
                foreignSchema,
                foreignTable);
    }

    @Override
    public MetaResultSet getProcedures(
            ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern, Pat procedureNamePattern) {
        return listing(ch, MetaDataOperation.GET_PROCEDURES, catalog, schemaPattern.s, procedureNamePattern.s);
    }

    @Override
    public MetaResultSet getProcedureColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat procedureNamePattern,
            Pat columnNamePattern) {
        return listing(
                ch,
                MetaDataOperation.GET_PROCEDURE_COLUMNS,
                catalog,
                schemaPattern.s,
                procedureNamePattern.s,
                columnNamePattern.s);
    }

    @Override
    public MetaResultSet getColumnPrivileges(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            Pat columnNamePattern) {
        return listing(ch, MetaDataOperation.GET_COLUMN_PRIVILEGES, catalog, schema, table, columnNamePattern.s);
    }

    @Override
    public MetaResultSet getTablePrivileges(
            ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern, Pat tableNamePattern) {
        return listing(ch, MetaDataOperation.GET_TABLE_PRIVILEGES, catalog, schemaPattern.s, tableNamePattern.s);
    }

    @Override
    public MetaResultSet getBestRowIdentifier(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            int scope,
            boolean nullable) {
        return listing(ch, MetaDataOperation.GET_BEST_ROW_IDENTIFIER, catalog, schema, table);
    }

    @Override
    public MetaResultSet getVersionColumns(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return listing(ch, MetaDataOperation.GET_VERSION_COLUMNS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getIndexInfo(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate) {
        return listing(ch, MetaDataOperation.GET_INDEX_INFO, catalog, schema, table);
    }

    @Override
    public MetaResultSet getUDTs(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat typeNamePattern,
            int @Nullable [] types) {
        return listing(ch, MetaDataOperation.GET_UDTS, catalog, schemaPattern.s, typeNamePattern.s);
    }

    @Override
    public MetaResultSet getSuperTypes(
            ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern, Pat typeNamePattern) {
        return listing(ch, MetaDataOperation.GET_SUPER_TYPES, catalog, schemaPattern.s, typeNamePattern.s);
    }

    @Override
    public MetaResultSet getSuperTables(
            ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern, Pat tableNamePattern) {
        return listing(ch, MetaDataOperation.GET_SUPER_TABLES, catalog, schemaPattern.s, tableNamePattern.s);
    }

    @Override
    public MetaResultSet getAttributes(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat typeNamePattern,
            Pat attributeNamePattern) {
        return listing(
                ch,
                MetaDataOperation.GET_ATTRIBUTES,
                catalog,
                schemaPattern.s,
                typeNamePattern.s,
                attributeNamePattern.s);
    }

    @Override
    public MetaResultSet getClientInfoProperties(ConnectionHandle ch) {
        return listing(ch, MetaDataOperation.GET_CLIENT_INFO_PROPERTIES);
    }

    @Override
    public MetaResultSet getFunctions(
            ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern, Pat functionNamePattern) {
        return listing(ch, MetaDataOperation.GET_FUNCTIONS, catalog, schemaPattern.s, functionNamePattern.s);
    }

    @Override
    public MetaResultSet getFunctionColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat functionNamePattern,
            Pat parameterNamePattern) {
        return listing(
                ch,
                MetaDataOperation.GET_FUNCTION_COLUMNS,
                catalog,
                schemaPattern.s,
                functionNamePattern.s,
                parameterNamePattern.s);
    }

    @Override
    public MetaResultSet getPseudoColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            Pat columnNamePattern) {
        return listing(
                ch,
                MetaDataOperation.GET_PSEUDO_COLUMNS,
                catalog,
                schemaPattern.s,
                tableNamePattern.s,
                columnNamePattern.s);
    }

    /**
     * A listing that the protocol has no request for. It has one, though, that puts the rows of any metadata call on a
     * statement, from where they are fetched.
     */
    private MetaResultSet listing(ConnectionHandle ch, MetaDataOperation operation, @Nullable String... arguments) {
        var statement = createStatement(ch);
        var state = new QueryState(operation, (Object[]) arguments);
        server.apply(new Service.SyncResultsRequest(ch.id, statement.id, state, 0));
        var frame = server.apply(new Service.FetchRequest(ch.id, statement.id, 0, ROWS_AT_ONCE)).frame;
        return MetaResultSet.create(
                ch.id, statement.id, true, MetadataShape.of(operation).signature(), frame);
    }

    // What a statement was told, which Avatica's calls do not pass on.

    @FunctionalInterface
    private interface Setting<T> {
        T of(AvaticaStatement statement) throws SQLException;
    }

    private <T> T setting(StatementHandle h, Setting<T> setting) {
        var statement = connection.statementMap.get(h.id);
        if (statement == null) {
            throw Unchecked.raise(SqlState.NO_STATEMENT.error("there is no such statement, or it was closed"));
        }
        try {
            return setting.of(statement);
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    private int fetchSize(StatementHandle h) {
        return setting(h, AvaticaStatement::getFetchSize);
    }

    private long maxRows(StatementHandle h) {
        return setting(h, AvaticaStatement::getLargeMaxRows);
    }

    /** Does a call of a statement that may take long, and cancels it after the statement's timeout. */
    private <T> T timed(StatementHandle h, Supplier<T> call) {
        return QueryTimer.run(setting(h, AvaticaStatement::getQueryTimeout), () -> cancel(h), call);
    }
}
