package io.icespar.engine.jdbc;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session.Prepared;
import io.icespar.engine.sql.SqlWords;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import java.sql.Connection;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC asks of Icespar, for one user: Avatica's calls translated into those of an {@link Engine}.
 *
 * <p>It holds nothing itself. Connections, statements and cursors live in {@link Connections}, where a user finds only
 * the user's own; so one of these may be made for each request. Meaning is the engine's: what a table is, what a caller
 * may see, what a type is.
 */
public class IcesparMeta implements Meta {
    /** The properties a client may open a connection with. Above all none that names a class or a file. */
    private static final String SCHEMA = "schema";

    /** Properties of Avatica's own client that mean nothing here; who the user is has been decided already. */
    private static final Set<String> IGNORED = Set.of(
            "user", "password", "avatica_user", "avatica_password", "authentication", "serialization", "fetch_size");

    private static final int MAX_ID_LENGTH = 100;
    private static final int METADATA_FRAME_ROWS = 1_000;

    private final Engine engine;
    private final Connections connections;
    private final Identity user;
    private final Times times;

    /**
     * The view of one user.
     *
     * @param user who is authenticated already
     * @param times what the client takes
     */
    public IcesparMeta(Engine engine, Connections connections, Identity user, Times times) {
        this.engine = engine;
        this.connections = connections;
        this.user = user;
        this.times = times;
    }

    /** How an error leaves. The server translates errors at its own border, so here they leave as they are. */
    protected RuntimeException failure(Exception error) {
        return error instanceof RuntimeException unchecked
                ? unchecked
                : new IcesparException(ErrorCode.INTERNAL, "unexpected checked exception", error);
    }

    /** After how many seconds a statement is cancelled, 0 for never. Avatica's protocol does not carry it. */
    protected int timeoutSeconds(StatementHandle handle) {
        return 0;
    }

    /** How many rows the statement gives out at most, 0 or less for all; {@code asked} is what came with the call. */
    protected long maxRows(StatementHandle handle, long asked) {
        return asked;
    }

    // Connections

    @Override
    public void openConnection(ConnectionHandle ch, Map<String, String> info) {
        guarded(() -> {
            if (ch.id == null || ch.id.isEmpty() || ch.id.length() > MAX_ID_LENGTH) {
                throw new IcesparException(
                        ErrorCode.INVALID_PARAMETER,
                        "the id of a connection must have between 1 and " + MAX_ID_LENGTH + " characters");
            }
            var schema = schema(info == null ? Map.of() : info);
            var session = engine.session(user);
            session.caller(); // Refuses who may not enter now, rather than at the first statement.
            schema.ifPresent(session::setSchema);
            connections.open(user, ch.id, session);
            return true;
        });
    }

    private static Optional<Name> schema(Map<String, String> info) {
        Optional<Name> schema = Optional.empty();
        for (var entry : info.entrySet()) {
            var key = entry.getKey().toLowerCase(Locale.ROOT);
            if (key.equals(SCHEMA)) {
                schema = Optional.ofNullable(entry.getValue())
                        .filter(name -> !name.isEmpty())
                        .map(Name::of);
            } else if (!IGNORED.contains(key)) {
                throw new IcesparException(
                        ErrorCode.INVALID_PARAMETER,
                        "unknown connection property `" + entry.getKey() + "`, expected `" + SCHEMA + "`");
            }
        }
        return schema;
    }

    /** Closes a connection; harmless if it is not there, as one that was idle too long. */
    @Override
    public void closeConnection(ConnectionHandle ch) {
        guarded(() -> connections.close(user, ch.id));
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties wanted) {
        return on(ch, connection -> {
            // Catalogs there are none, and JDBC wants setCatalog to be ignored then; setReadOnly is a mere hint.
            var isolation = wanted.getTransactionIsolation();
            if (isolation != null && isolation > Connection.TRANSACTION_READ_COMMITTED) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "transactions are not supported beyond `READ COMMITTED`, which is what each statement has");
            }
            var schema = wanted.getSchema();
            if (schema != null && !schema.isEmpty()) {
                connection.session().setSchema(Name.of(schema));
            }
            if (wanted.isAutoCommit() != null) {
                connection.setAutoCommit(wanted.isAutoCommit());
            }
            return new ConnectionPropertiesImpl(
                    connection.autoCommit(),
                    true,
                    Connection.TRANSACTION_READ_COMMITTED,
                    null,
                    connection.session().schema().map(Name::spelling).orElse(null));
        });
    }

    /** Whether there is the connection, and its user may still enter. */
    protected boolean isKnown(ConnectionHandle ch) {
        try {
            return on(ch, connection -> connection.session().caller().name() != null);
        } catch (Exception e) {
            return false;
        }
    }

    /** The name by which the engine knows the user. */
    protected String callerName(ConnectionHandle ch) {
        return on(ch, connection -> connection.session().caller().name().spelling());
    }

    /** Does nothing: there is nothing to commit. Tools call it, so it is no error. */
    @Override
    public void commit(ConnectionHandle ch) {
        on(ch, connection -> true);
    }

    /** Does nothing, as {@link #commit}. */
    @Override
    public void rollback(ConnectionHandle ch) {
        on(ch, connection -> true);
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
        return on(ch, connection -> {
            var properties = new EnumMap<DatabaseProperty, Object>(DatabaseProperty.class);
            properties.put(DatabaseProperty.AVATICA_VERSION, DatabaseProperty.AVATICA_VERSION.defaultValue);
            properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_NAME, ProductVersion.NAME);
            properties.put(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION, ProductVersion.text());
            properties.put(DatabaseProperty.GET_DATABASE_MAJOR_VERSION, ProductVersion.part(0));
            properties.put(DatabaseProperty.GET_DATABASE_MINOR_VERSION, ProductVersion.part(1));
            properties.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, Connection.TRANSACTION_READ_COMMITTED);
            properties.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, EscapedFunctions.NUMERIC);
            properties.put(DatabaseProperty.GET_STRING_FUNCTIONS, EscapedFunctions.STRING);
            properties.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, EscapedFunctions.TIME_DATE);
            properties.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, EscapedFunctions.SYSTEM);
            properties.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, String.join(",", SqlWords.keywords()));
            return properties;
        });
    }

    // Statements

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        return on(
                ch,
                connection ->
                        new StatementHandle(ch.id, connection.openStatement().id(), null));
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, @Nullable String sql, long maxRowCount) {
        return on(ch, connection -> {
            var prepared = connection.session().prepare(required(sql));
            var statement = connection.openStatement();
            statement.prepared(prepared, maxRowCount);
            return new StatementHandle(ch.id, statement.id(), Signatures.of(prepared, times));
        });
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
            StatementHandle h,
            @Nullable String sql,
            long maxRowCount,
            int maxRowsInFirstFrame,
            PrepareCallback callback)
            throws NoSuchStatementException {
        return onStatement(h, (connection, statement) -> {
            // Not while the query runs: Avatica's server has one monitor for all, its driver the statement, and
            // whoever wants to cancel would wait for it.
            synchronized (callback.getMonitor()) {
                callback.clear();
            }
            String text = required(sql);
            var result = run(
                    connection,
                    statement,
                    h,
                    () -> connection.session().prepare(text, statement::isCancelled),
                    List.of(),
                    maxRowCount,
                    maxRowsInFirstFrame);
            synchronized (callback.getMonitor()) {
                callback.assign(result.signature, result.firstFrame, result.updateCount);
            }
            callback.execute();
            return new ExecuteResult(List.of(result));
        });
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
        return onStatement(h, (connection, statement) -> {
            var prepared = statement
                    .findPrepared()
                    .orElseThrow(() -> new IcesparException(
                            ErrorCode.INVALID_STATE, "the statement cannot be executed: it was not prepared"));
            return new ExecuteResult(List.of(run(
                    connection,
                    statement,
                    h,
                    () -> prepared,
                    parameterValues,
                    statement.preparedMaxRows(),
                    maxRowsInFirstFrame)));
        });
    }

    private MetaResultSet run(
            OpenConnection connection,
            OpenStatement statement,
            StatementHandle h,
            Supplier<Prepared> preparing,
            @Nullable List<@Nullable TypedValue> values,
            long maxRowCount,
            int firstFrameRows) {
        // Whatever takes time is part of the execution, so that it can be cancelled.
        var signature = statement.execute(maxRows(h, maxRowCount), () -> {
            var prepared = preparing.get();
            var bound = Parameters.bind(prepared.parameters(), values);
            var answer = connection.session().execute(prepared, bound, timeoutSeconds(h), statement::isCancelled);
            return answer instanceof Answer.Rows rows
                    ? Optional.of(WireValues.of(rows.stream(), times))
                    : Optional.empty();
        });
        return signature
                .map(columns ->
                        MetaResultSet.create(h.connectionId, h.id, false, columns, statement.fetch(0, firstFrameRows)))
                .orElseGet(() -> MetaResultSet.count(h.connectionId, h.id, 0));
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount)
            throws NoSuchStatementException, MissingResultsException {
        var frame = onStatement(
                h,
                (connection, statement) -> statement.gaveRows()
                        ? Optional.of(statement.fetch(offset, fetchMaxRowCount))
                        : Optional.<Frame>empty());
        return frame.orElseThrow(() -> new MissingResultsException(h));
    }

    /** Only a driver that runs in process asks for this. */
    @Override
    public Iterable<Object> createIterable(
            StatementHandle stmt,
            QueryState state,
            Signature signature,
            @Nullable List<TypedValue> parameters,
            @Nullable Frame firstFrame) {
        throw new UnsupportedOperationException();
    }

    /** Stops what the statement does; harmless when it does nothing, or is not there. */
    public void cancel(StatementHandle h) {
        on(new ConnectionHandle(h.connectionId), connection -> {
            connection.findStatement(h.id).ifPresent(OpenStatement::cancel);
            return true;
        });
    }

    /** Closes a statement; harmless if it or its connection is not there. */
    @Override
    public void closeStatement(StatementHandle h) {
        guarded(() -> connections.use(user, h.connectionId, connection -> {
            connection.closeStatement(h.id);
            return true;
        }));
    }

    /**
     * Puts the rows of a metadata call on a statement, for calls that Avatica's protocol has no request of its own for:
     * keys and references, above all. The rows of a query cannot be had again; it must be run again.
     */
    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) throws NoSuchStatementException {
        return onStatement(h, (connection, statement) -> {
            if (state == null || state.metaDataOperation == null) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATE, "the rows are gone: run the statement again to have them");
            }
            var listing = MetadataCall.of(state).run(connection.session());
            statement.execute(0, () -> Optional.of(listing));
            return true;
        });
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sqlCommands)
            throws NoSuchStatementException {
        return noBatches(h);
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> parameterValues)
            throws NoSuchStatementException {
        return noBatches(h);
    }

    private ExecuteBatchResult noBatches(StatementHandle h) throws NoSuchStatementException {
        return onStatement(h, (connection, statement) -> {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "batches are not supported: execute one statement at a time");
        });
    }

    // Metadata. JDBC hands in null where it does not restrict.

    private MetaResultSet metadata(ConnectionHandle ch, MetaDataOperation operation, @Nullable Object... arguments) {
        return on(ch, connection -> {
            var listing = new MetadataCall(operation, Arrays.asList(arguments)).run(connection.session());
            var statement = connection.openStatement();
            var signature = statement.execute(0, () -> Optional.of(listing)).orElseThrow();
            var frame = statement.fetch(0, METADATA_FRAME_ROWS);
            if (frame.done) {
                // Nothing is left to fetch, so nothing need be kept until the client closes it.
                connection.closeStatement(statement.id());
            }
            return MetaResultSet.create(ch.id, statement.id(), true, signature, frame);
        });
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat tableNamePattern,
            @Nullable List<String> typeList) {
        return metadata(
                ch, MetaDataOperation.GET_TABLES, catalog, text(schemaPattern), text(tableNamePattern), typeList);
    }

    @Override
    public MetaResultSet getColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat tableNamePattern,
            @Nullable Pat columnNamePattern) {
        return metadata(
                ch,
                MetaDataOperation.GET_COLUMNS,
                catalog,
                text(schemaPattern),
                text(tableNamePattern),
                text(columnNamePattern));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, @Nullable Pat schemaPattern) {
        return metadata(ch, MetaDataOperation.GET_SCHEMAS_WITH_ARGS, catalog, text(schemaPattern));
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return metadata(ch, MetaDataOperation.GET_CATALOGS);
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return metadata(ch, MetaDataOperation.GET_TABLE_TYPES);
    }

    @Override
    public MetaResultSet getProcedures(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat procedureNamePattern) {
        return metadata(ch, MetaDataOperation.GET_PROCEDURES);
    }

    @Override
    public MetaResultSet getProcedureColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat procedureNamePattern,
            @Nullable Pat columnNamePattern) {
        return metadata(ch, MetaDataOperation.GET_PROCEDURE_COLUMNS);
    }

    @Override
    public MetaResultSet getColumnPrivileges(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            @Nullable Pat columnNamePattern) {
        return metadata(ch, MetaDataOperation.GET_COLUMN_PRIVILEGES, catalog, schema, table, text(columnNamePattern));
    }

    @Override
    public MetaResultSet getTablePrivileges(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat tableNamePattern) {
        return metadata(
                ch, MetaDataOperation.GET_TABLE_PRIVILEGES, catalog, text(schemaPattern), text(tableNamePattern));
    }

    @Override
    public MetaResultSet getBestRowIdentifier(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            int scope,
            boolean nullable) {
        return metadata(ch, MetaDataOperation.GET_BEST_ROW_IDENTIFIER, catalog, schema, table);
    }

    @Override
    public MetaResultSet getVersionColumns(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return metadata(ch, MetaDataOperation.GET_VERSION_COLUMNS);
    }

    @Override
    public MetaResultSet getPrimaryKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return metadata(ch, MetaDataOperation.GET_PRIMARY_KEYS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getImportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return metadata(ch, MetaDataOperation.GET_IMPORTED_KEYS, catalog, schema, table);
    }

    @Override
    public MetaResultSet getExportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, @Nullable String table) {
        return metadata(ch, MetaDataOperation.GET_EXPORTED_KEYS, catalog, schema, table);
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
        return metadata(
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
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return metadata(ch, MetaDataOperation.GET_TYPE_INFO);
    }

    @Override
    public MetaResultSet getIndexInfo(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate) {
        return metadata(ch, MetaDataOperation.GET_INDEX_INFO);
    }

    @Override
    public MetaResultSet getUDTs(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat typeNamePattern,
            int @Nullable [] types) {
        return metadata(ch, MetaDataOperation.GET_UDTS);
    }

    @Override
    public MetaResultSet getSuperTypes(
            ConnectionHandle ch, @Nullable String catalog, @Nullable Pat schemaPattern, @Nullable Pat typeNamePattern) {
        return metadata(ch, MetaDataOperation.GET_SUPER_TYPES);
    }

    @Override
    public MetaResultSet getSuperTables(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat tableNamePattern) {
        return metadata(ch, MetaDataOperation.GET_SUPER_TABLES);
    }

    @Override
    public MetaResultSet getAttributes(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat typeNamePattern,
            @Nullable Pat attributeNamePattern) {
        return metadata(ch, MetaDataOperation.GET_ATTRIBUTES);
    }

    @Override
    public MetaResultSet getClientInfoProperties(ConnectionHandle ch) {
        return metadata(ch, MetaDataOperation.GET_CLIENT_INFO_PROPERTIES);
    }

    @Override
    public MetaResultSet getFunctions(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat functionNamePattern) {
        return metadata(ch, MetaDataOperation.GET_FUNCTIONS, catalog, text(schemaPattern), text(functionNamePattern));
    }

    @Override
    public MetaResultSet getFunctionColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat functionNamePattern,
            @Nullable Pat columnNamePattern) {
        return metadata(ch, MetaDataOperation.GET_FUNCTION_COLUMNS);
    }

    @Override
    public MetaResultSet getPseudoColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable Pat schemaPattern,
            @Nullable Pat tableNamePattern,
            @Nullable Pat columnNamePattern) {
        return metadata(ch, MetaDataOperation.GET_PSEUDO_COLUMNS);
    }

    private static @Nullable String text(@Nullable Pat pattern) {
        return pattern == null ? null : pattern.s;
    }

    // The one way in: every call names a connection, which must be the user's own.

    @FunctionalInterface
    private interface Call<T> {
        T run() throws Exception;
    }

    @FunctionalInterface
    private interface StatementWork<T> {
        T on(OpenConnection connection, OpenStatement statement) throws Exception;
    }

    private <T> T on(ConnectionHandle ch, Connections.Work<T, Exception> work) {
        return guarded(() -> connections
                .use(user, ch.id, connection -> {
                    // The login that this request came with may be newer than the one that opened the connection.
                    connection.session().renew(user);
                    return work.on(connection);
                })
                .orElseThrow(() -> new NoSuchConnectionException(ch.id)));
    }

    private <T> T onStatement(StatementHandle h, StatementWork<T> work) throws NoSuchStatementException {
        var missing = new NoSuchStatementException(h);
        var found = on(new ConnectionHandle(h.connectionId), connection -> {
            var statement = connection.findStatement(h.id);
            return statement.isEmpty() ? Optional.<T>empty() : Optional.of(work.on(connection, statement.get()));
        });
        return found.orElseThrow(() -> missing);
    }

    private <T> T guarded(Call<T> call) {
        try {
            return call.run();
        } catch (Exception e) {
            throw failure(e);
        }
    }

    private static String required(@Nullable String sql) {
        if (sql == null) {
            throw new IcesparException(ErrorCode.INVALID_PARAMETER, "the statement has no text");
        }
        return sql;
    }
}
