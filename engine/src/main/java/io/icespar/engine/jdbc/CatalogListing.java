package io.icespar.engine.jdbc;

import io.icespar.engine.DerivedTable;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables a caller may know of, in the rows of {@link DatabaseMetaData}.
 *
 * <p>Icespar has schemas and no catalogs: {@code TABLE_CAT} is always null, and only no catalog or the empty one matches.
 */
final class CatalogListing {
    private static final String TABLE = "TABLE";
    private static final String VIEW = "VIEW";
    private static final String SELECT = "SELECT";

    private final Catalog catalog;
    private final List<DerivedTable> derived;

    /**
     * Lists a catalog.
     *
     * @param derived its views and cubes, in the order of their names
     */
    CatalogListing(Catalog catalog, List<DerivedTable> derived) {
        this.catalog = catalog;
        this.derived = List.copyOf(derived);
    }

    List<Object[]> schemas(@Nullable String catalogName, @Nullable String schemaPattern) {
        var pattern = NamePattern.of(schemaPattern);
        return isOurs(catalogName)
                ? catalog.schemas().stream()
                        .filter(pattern::matches)
                        .map(schema -> row(schema.spelling(), null))
                        .toList()
                : List.of();
    }

    /** The tables in the order of their names, then the views and cubes. {@code types}: null for all. */
    List<Object[]> tables(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable List<String> types) {
        var matches = matching(catalogName, schemaPattern, tablePattern);
        var tables = catalog.tables().stream().map(Table::name).map(name -> new Relation(name, TABLE, null));
        var all = Stream.concat(
                tables,
                derived.stream()
                        .map(table ->
                                new Relation(table.name(), VIEW, table.remarks().orElse(null))));
        return all.filter(relation -> types == null || types.contains(relation.type()))
                .filter(relation -> matches.test(relation.name()))
                .map(relation -> row(
                        null,
                        relation.name().schema().spelling(),
                        relation.name().table().spelling(),
                        relation.type(),
                        relation.remarks(),
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList();
    }

    private record Relation(
            TableName name, String type, @Nullable String remarks) {}

    static List<Object[]> tableTypes() {
        return List.of(row(TABLE), row(VIEW));
    }

    List<Object[]> columns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        var pattern = NamePattern.of(columnPattern);
        var all = new TreeMap<TableName, List<ListedColumn>>(
                Comparator.comparing(TableName::schema).thenComparing(TableName::table));
        catalog.tables().forEach(table -> all.put(table.name(), columns(table)));
        derived.forEach(table -> all.put(
                table.name(),
                table.columns().stream()
                        .map(column -> column(column.column())
                                .withRemarks(column.remarks().orElse(null)))
                        .toList()));
        var matches = matching(catalogName, schemaPattern, tablePattern);
        var rows = new ArrayList<Object[]>();
        all.forEach((name, columns) -> {
            if (matches.test(name)) {
                int ordinal = 1;
                for (var column : columns) {
                    if (pattern.matches(column.name())) {
                        rows.add(row(name, column, ordinal));
                    }
                    ordinal++;
                }
            }
        });
        return rows;
    }

    /** What JDBC wants to know of a column. */
    private record ListedColumn(
            Name name,
            ValueType type,
            int size,
            @Nullable Integer digits,
            boolean nullable,
            @Nullable String remarks) {

        ListedColumn withRemarks(@Nullable String newRemarks) {
            return new ListedColumn(name, type, size, digits, nullable, newRemarks);
        }
    }

    private static List<ListedColumn> columns(Table table) {
        return table.columns().stream()
                .map(column -> {
                    var type = column.type();
                    return column(column.name(), type.kind().name(), type.precision(), type.scale(), column.nullable());
                })
                .toList();
    }

    // A view or cube has columns of types that no table has.
    private static ListedColumn column(ResultColumn column) {
        return column(
                Name.of(column.label()), column.typeName(), column.precision(), column.scale(), column.nullable());
    }

    private static ListedColumn column(Name name, String typeName, int precision, int scale, boolean nullable) {
        // A view may have a column of which nothing is known but NULL.
        var type = ValueType.find(typeName).orElse(ValueType.VARCHAR);
        return new ListedColumn(
                name,
                type,
                type.isSized() && precision > 0 ? precision : type.size(),
                type == ValueType.DECIMAL ? (Integer) scale : type.digits(),
                nullable,
                null);
    }

    private static Object[] row(TableName table, ListedColumn column, int ordinal) {
        return row(
                null,
                table.schema().spelling(),
                table.table().spelling(),
                column.name().spelling(),
                column.type().jdbcType(),
                column.type().sqlName(),
                column.size(),
                null,
                column.digits(),
                column.type().radix(),
                column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                column.remarks(),
                null,
                null,
                null,
                column.type().isText() ? (Integer) column.size() : null,
                ordinal,
                column.nullable() ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                "NO");
    }

    List<Object[]> primaryKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table) {
        var rows = new ArrayList<Object[]>();
        named(catalogName, schema, table)
                .forEach(found -> found.key().stream()
                        .sorted()
                        .forEach(column -> rows.add(row(
                                null,
                                schema(found),
                                name(found),
                                column.spelling(),
                                (short) (found.key().indexOf(column) + 1),
                                keyName(found)))));
        return rows;
    }

    /** The columns of the key, by which a row is found again. */
    List<Object[]> bestRowIdentifier(@Nullable String catalogName, @Nullable String schema, @Nullable String table) {
        return named(catalogName, schema, table)
                .flatMap(found ->
                        columns(found).stream().filter(column -> found.key().contains(column.name())))
                .map(column -> row(
                        (short) DatabaseMetaData.bestRowSession,
                        column.name().spelling(),
                        column.type().jdbcType(),
                        column.type().sqlName(),
                        column.size(),
                        null,
                        column.digits() == null ? null : (Short) column.digits().shortValue(),
                        (short) DatabaseMetaData.bestRowNotPseudo))
                .toList();
    }

    /** What is listed at all, {@code user} may read. */
    List<Object[]> tablePrivileges(
            String user, @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern) {
        return tables(catalogName, schemaPattern, tablePattern, null).stream()
                .sorted(Comparator.comparing((Object[] table) -> Name.of((String) table[1]))
                        .thenComparing(table -> Name.of((String) table[2])))
                .map(table -> row(null, table[1], table[2], null, user, SELECT, "NO"))
                .toList();
    }

    /** What is listed at all, {@code user} may read. */
    List<Object[]> columnPrivileges(
            String user,
            @Nullable String catalogName,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String columnPattern) {
        return columns(catalogName, null, null, columnPattern).stream()
                .filter(column -> schema == null || Name.of(schema).equals(Name.of((String) column[1])))
                .filter(column -> table != null && Name.of(table).equals(Name.of((String) column[2])))
                .sorted(Comparator.comparing(column -> Name.of((String) column[3])))
                .map(column -> row(null, column[1], column[2], column[3], null, user, SELECT, "NO"))
                .toList();
    }

    /** The references from one table to others. */
    List<Object[]> importedKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table) {
        return named(catalogName, schema, table)
                .flatMap(this::references)
                .sorted(Comparator.comparing((Pair pair) -> pair.to().name().schema())
                        .thenComparing(pair -> pair.to().name().table()))
                .flatMap(CatalogListing::foreignKey)
                .toList();
    }

    /** The references from other tables to one. */
    List<Object[]> exportedKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table) {
        var targets = named(catalogName, schema, table).toList();
        return catalog.tables().stream()
                .flatMap(this::references)
                .filter(pair -> targets.contains(pair.to()))
                .flatMap(CatalogListing::foreignKey)
                .toList();
    }

    /** The references from one table to another. */
    List<Object[]> crossReference(
            @Nullable String toCatalog,
            @Nullable String toSchema,
            @Nullable String toTable,
            @Nullable String fromCatalog,
            @Nullable String fromSchema,
            @Nullable String fromTable) {
        var targets = named(toCatalog, toSchema, toTable).toList();
        return named(fromCatalog, fromSchema, fromTable)
                .flatMap(this::references)
                .filter(pair -> targets.contains(pair.to()))
                .flatMap(CatalogListing::foreignKey)
                .toList();
    }

    private record Pair(Table from, Reference reference, Table to) {}

    /** The references of a table to tables that the caller may know of too. */
    private Stream<Pair> references(Table from) {
        return from.references().stream()
                .flatMap(reference ->
                        catalog.find(reference.target()).stream().map(to -> new Pair(from, reference, to)));
    }

    private static Stream<Object[]> foreignKey(Pair pair) {
        var columns = pair.reference().columns();
        var name =
                name(pair.from()) + columns.stream().map(Name::spelling).collect(Collectors.joining("_", "_", "_fkey"));
        var rows = Stream.<Object[]>builder();
        for (int i = 0; i < columns.size(); i++) {
            rows.add(row(
                    null,
                    schema(pair.to()),
                    name(pair.to()),
                    pair.reference().targetColumns().get(i).spelling(),
                    null,
                    schema(pair.from()),
                    name(pair.from()),
                    columns.get(i).spelling(),
                    (short) (i + 1),
                    (short) DatabaseMetaData.importedKeyNoAction,
                    (short) DatabaseMetaData.importedKeyNoAction,
                    name,
                    keyName(pair.to()),
                    (short) DatabaseMetaData.importedKeyNotDeferrable));
        }
        return rows.build();
    }

    private static Predicate<TableName> matching(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern) {
        var schema = NamePattern.of(schemaPattern);
        var name = NamePattern.of(tablePattern);
        return table -> isOurs(catalogName) && schema.matches(table.schema()) && name.matches(table.table());
    }

    /** The tables of exactly that name, in that schema or, without one, in any. */
    private Stream<Table> named(@Nullable String catalogName, @Nullable String schema, @Nullable String name) {
        return catalog.tables().stream()
                .filter(table -> isOurs(catalogName))
                .filter(table ->
                        schema == null || Name.of(schema).equals(table.name().schema()))
                .filter(table ->
                        name != null && Name.of(name).equals(table.name().table()));
    }

    private static boolean isOurs(@Nullable String catalogName) {
        return catalogName == null || catalogName.isEmpty();
    }

    private static String schema(Table table) {
        return table.name().schema().spelling();
    }

    private static String name(Table table) {
        return table.name().table().spelling();
    }

    private static @Nullable String keyName(Table table) {
        return table.key().isEmpty() ? null : name(table) + "_pkey";
    }

    private static Object[] row(@Nullable Object... values) {
        return values;
    }
}
