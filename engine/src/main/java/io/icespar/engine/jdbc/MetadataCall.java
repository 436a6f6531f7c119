package io.icespar.engine.jdbc;

import io.icespar.engine.Session;
import io.icespar.engine.jdbc.OpenStatement.Rows;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
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
        return switch (operation) {
            case GET_ATTRIBUTES -> none(MetadataShape.ATTRIBUTES);
            case GET_BEST_ROW_IDENTIFIER -> none(MetadataShape.BEST_ROW_IDENTIFIER);
            case GET_CATALOGS -> none(MetadataShape.CATALOGS);
            case GET_CLIENT_INFO_PROPERTIES -> none(MetadataShape.CLIENT_INFO_PROPERTIES);
            case GET_COLUMN_PRIVILEGES -> none(MetadataShape.COLUMN_PRIVILEGES);
            case GET_COLUMNS ->
                rows(MetadataShape.COLUMNS, listing(session).columns(text(0), text(1), text(2), text(3)));
            case GET_CROSS_REFERENCE ->
                rows(
                        MetadataShape.FOREIGN_KEYS,
                        listing(session).crossReference(text(0), text(1), text(2), text(3), text(4), text(5)));
            case GET_EXPORTED_KEYS ->
                rows(MetadataShape.FOREIGN_KEYS, listing(session).exportedKeys(text(0), text(1), text(2)));
            case GET_FUNCTION_COLUMNS -> none(MetadataShape.FUNCTION_COLUMNS);
            case GET_FUNCTIONS -> none(MetadataShape.FUNCTIONS);
            case GET_IMPORTED_KEYS ->
                rows(MetadataShape.FOREIGN_KEYS, listing(session).importedKeys(text(0), text(1), text(2)));
            case GET_INDEX_INFO -> none(MetadataShape.INDEX_INFO);
            case GET_PRIMARY_KEYS ->
                rows(MetadataShape.PRIMARY_KEYS, listing(session).primaryKeys(text(0), text(1), text(2)));
            case GET_PROCEDURE_COLUMNS -> none(MetadataShape.PROCEDURE_COLUMNS);
            case GET_PROCEDURES -> none(MetadataShape.PROCEDURES);
            case GET_PSEUDO_COLUMNS -> none(MetadataShape.PSEUDO_COLUMNS);
            case GET_SCHEMAS, GET_SCHEMAS_WITH_ARGS ->
                rows(MetadataShape.SCHEMAS, listing(session).schemas(text(0), text(1)));
            case GET_SUPER_TABLES -> none(MetadataShape.SUPER_TABLES);
            case GET_SUPER_TYPES -> none(MetadataShape.SUPER_TYPES);
            case GET_TABLE_PRIVILEGES -> none(MetadataShape.TABLE_PRIVILEGES);
            case GET_TABLES -> rows(MetadataShape.TABLES, listing(session).tables(text(0), text(1), text(2), texts(3)));
            case GET_TABLE_TYPES -> rows(MetadataShape.TABLE_TYPES, CatalogListing.tableTypes());
            case GET_TYPE_INFO -> rows(MetadataShape.TYPE_INFO, CatalogListing.typeInfo());
            case GET_UDTS -> none(MetadataShape.UDTS);
            case GET_VERSION_COLUMNS -> none(MetadataShape.VERSION_COLUMNS);
        };
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

    private static Rows none(MetadataShape shape) {
        return rows(shape, List.of());
    }

    private static Rows rows(MetadataShape shape, List<Object[]> rows) {
        return new Listing(Signatures.of(shape.columns()), rows.iterator());
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
