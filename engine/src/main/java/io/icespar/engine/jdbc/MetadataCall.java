package io.icespar.engine.jdbc;

import io.icespar.avatica.MetadataShape;
import io.icespar.engine.Session;
import io.icespar.engine.jdbc.OpenStatement.Rows;
import io.icespar.engine.sql.SqlWords;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@link java.sql.DatabaseMetaData} that gives rows.
 *
 * @param operation which method
 * @param arguments its arguments in order, of which only those that restrict are needed
 */
record MetadataCall(MetaDataOperation operation, List<@Nullable Object> arguments) {
    MetadataCall {
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    /** The call that a client describes. */
    static MetadataCall of(QueryState state) {
        return new MetadataCall(
                state.metaDataOperation, state.operationArgs == null ? List.of() : Arrays.asList(state.operationArgs));
    }

    /** The rows for the caller whose session this is. What Icespar does not have is empty, but of the right shape. */
    Rows run(Session session) {
        return new Listing(
                MetadataShape.of(operation).signature(), list(session).iterator());
    }

    private List<Object[]> list(Session session) {
        return switch (operation) {
            case GET_BEST_ROW_IDENTIFIER -> listing(session).bestRowIdentifier(text(0), text(1), text(2));
            case GET_COLUMN_PRIVILEGES ->
                listing(session).columnPrivileges(user(session), text(0), text(1), text(2), text(3));
            case GET_COLUMNS -> listing(session).columns(text(0), text(1), text(2), text(3));
            case GET_CROSS_REFERENCE ->
                listing(session).crossReference(text(0), text(1), text(2), text(3), text(4), text(5));
            case GET_EXPORTED_KEYS -> listing(session).exportedKeys(text(0), text(1), text(2));
            case GET_FUNCTIONS -> functions();
            case GET_IMPORTED_KEYS -> listing(session).importedKeys(text(0), text(1), text(2));
            case GET_PRIMARY_KEYS -> listing(session).primaryKeys(text(0), text(1), text(2));
            case GET_SCHEMAS, GET_SCHEMAS_WITH_ARGS -> listing(session).schemas(text(0), text(1));
            case GET_TABLE_PRIVILEGES -> listing(session).tablePrivileges(user(session), text(0), text(1), text(2));
            case GET_TABLES -> listing(session).tables(text(0), text(1), text(2), texts(3));
            case GET_TABLE_TYPES -> CatalogListing.tableTypes();
            case GET_TYPE_INFO -> ValueType.rows();
            case GET_ATTRIBUTES,
                    GET_CATALOGS,
                    GET_CLIENT_INFO_PROPERTIES,
                    GET_FUNCTION_COLUMNS,
                    GET_INDEX_INFO,
                    GET_PROCEDURE_COLUMNS,
                    GET_PROCEDURES,
                    GET_PSEUDO_COLUMNS,
                    GET_SUPER_TABLES,
                    GET_SUPER_TYPES,
                    GET_UDTS,
                    GET_VERSION_COLUMNS -> List.of();
        };
    }

    /** The functions, which are in no schema. */
    private List<Object[]> functions() {
        var pattern = NamePattern.of(text(2));
        var isOurs = (text(0) == null || text(0).isEmpty())
                && NamePattern.of(text(1)).matches(Name.of(""));
        return SqlWords.functions().stream()
                .filter(name -> isOurs && pattern.matches(Name.of(name)))
                .map(name -> new Object[] {null, null, name, null, (short) DatabaseMetaData.functionNoTable, name})
                .toList();
    }

    private static String user(Session session) {
        return session.caller().name().spelling();
    }

    private static CatalogListing listing(Session session) {
        return new CatalogListing(session.catalog(), session.derivedTables());
    }

    private @Nullable Object argument(int index) {
        return index < arguments.size() ? arguments.get(index) : null;
    }

    private @Nullable String text(int index) {
        var argument = argument(index);
        if (argument == null || argument instanceof String) {
            return (String) argument;
        }
        throw wrongArgument(index);
    }

    private @Nullable List<String> texts(int index) {
        var argument = argument(index);
        if (argument == null) {
            return null;
        }
        var values = argument instanceof String[] array ? Arrays.asList(array) : argument;
        if (values instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw wrongArgument(index);
    }

    private IcesparException wrongArgument(int index) {
        return new IcesparException(
                ErrorCode.INVALID_PARAMETER,
                "argument " + (index + 1) + " of the metadata call `" + operation + "` has a wrong type");
    }

    /** Rows that are all there already. */
    private record Listing(Signature signature, Iterator<Object[]> rows) implements Rows {
        @Override
        public Object @Nullable [] next() {
            return rows.hasNext() ? rows.next() : null;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
