package io.icespar.engine;

import static io.icespar.engine.Listings.text;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code INFORMATION_SCHEMA} says of the catalog: of the part that exists for the caller, as if there were no other.
 *
 * @param visible that part
 * @param derived the views and cubes in it
 */
record CatalogFacts(Catalog visible, Supplier<List<DerivedTable>> derived) {
    static final List<ResultColumn> SCHEMATA = List.of(text("CATALOG_NAME"), text("SCHEMA_NAME"));

    static final List<ResultColumn> TABLES =
            List.of(text("TABLE_CATALOG"), text("TABLE_SCHEMA"), text("TABLE_NAME"), text("TABLE_TYPE"));

    static final List<ResultColumn> COLUMNS = List.of(
            text("TABLE_CATALOG"),
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("COLUMN_NAME"),
            number("ORDINAL_POSITION"),
            text("COLUMN_DEFAULT"),
            text("IS_NULLABLE"),
            text("DATA_TYPE"),
            number("NUMERIC_PRECISION"),
            number("NUMERIC_PRECISION_RADIX"),
            number("NUMERIC_SCALE"),
            number("DATETIME_PRECISION"));

    static final List<ResultColumn> TABLE_PRIVILEGES = List.of(
            text("GRANTEE"),
            text("TABLE_CATALOG"),
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("PRIVILEGE_TYPE"),
            text("IS_GRANTABLE"));

    static final List<ResultColumn> COLUMN_PRIVILEGES = List.of(
            text("GRANTEE"),
            text("TABLE_CATALOG"),
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("COLUMN_NAME"),
            text("PRIVILEGE_TYPE"),
            text("IS_GRANTABLE"));

    static ResultColumn number(String label) {
        return new ResultColumn(label, "", "", "INTEGER", Types.INTEGER, 0, 0, true, ColumnForm.INTEGER);
    }

    List<@Nullable Object[]> schemata() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        visible.schemas().forEach(schema -> rows.add(new @Nullable Object[] {null, schema.spelling()}));
        return rows;
    }

    List<@Nullable Object[]> tables() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Table table : visible.tables()) {
            rows.add(new @Nullable Object[] {null, schema(table.name()), name(table.name()), "BASE TABLE"});
        }
        for (DerivedTable table : derived.get()) {
            rows.add(new @Nullable Object[] {null, schema(table.name()), name(table.name()), "VIEW"});
        }
        return rows;
    }

    List<@Nullable Object[]> columns() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Table table : visible.tables()) {
            for (int i = 0; i < table.columns().size(); i++) {
                Column column = table.columns().get(i);
                ColumnType type = column.type();
                rows.add(column(
                        table.name(),
                        column.name().spelling(),
                        i + 1,
                        column.nullable(),
                        type.kind().name(),
                        type.precision(),
                        type.scale()));
            }
        }
        derived.get().forEach(table -> {
            List<ResultColumn> columns = table.resultColumns();
            for (int i = 0; i < columns.size(); i++) {
                ResultColumn column = columns.get(i);
                rows.add(column(
                        table.name(),
                        column.label(),
                        i + 1,
                        column.nullable(),
                        column.typeName(),
                        column.precision(),
                        column.scale()));
            }
        });
        return rows;
    }

    private static @Nullable Object[] column(
            TableName table, String name, int ordinal, boolean nullable, String type, int precision, int scale) {
        @Nullable
        Integer digits = switch (type) {
            case "INTEGER" -> 10;
            case "BIGINT" -> 19;
            case "DOUBLE" -> 53;
            case "DECIMAL" -> precision;
            default -> null;
        };
        @Nullable
        Integer places = switch (type) {
            case "INTEGER", "BIGINT" -> 0;
            case "DECIMAL" -> scale;
            default -> null;
        };
        @Nullable
        Integer fraction = switch (type) {
            case "DATE" -> 0;
            case "TIME", "TIMESTAMP" -> 6;
            default -> null;
        };
        @Nullable Integer radix = digits == null ? null : (Integer) (type.equals("DOUBLE") ? 2 : 10);
        return new @Nullable Object[] {
            null,
            schema(table),
            name(table),
            name,
            ordinal,
            null,
            nullable ? "YES" : "NO",
            type,
            digits,
            radix,
            places,
            fraction
        };
    }

    /** A table, view or cube, with the names of its columns. */
    private record Relation(TableName name, List<Name> columns) {}

    private List<Relation> relations() {
        List<Relation> all = new ArrayList<>();
        for (Table table : visible.tables()) {
            all.add(new Relation(
                    table.name(), table.columns().stream().map(Column::name).toList()));
        }
        derived.get()
                .forEach(table -> all.add(new Relation(
                        table.name(),
                        table.resultColumns().stream()
                                .map(ResultColumn::label)
                                .map(Name::of)
                                .toList())));
        return all;
    }

    /**
     * Who may read whole tables, as far as they are visible.
     *
     * @param shown whose privileges are listed; {@code PUBLIC}'s are in any case
     */
    List<@Nullable Object[]> tablePrivileges(Privileges privileges, DefaultAccess byDefault, Predicate<Name> shown) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Name grantee : grantees(privileges, shown)) {
            for (Relation table : relations()) {
                if (table.columns().stream().allMatch(column -> holds(privileges, byDefault, grantee, table, column))) {
                    rows.add(new @Nullable Object[] {
                        grantee.spelling(), null, schema(table.name()), name(table.name()), "SELECT", "NO"
                    });
                }
            }
        }
        return rows;
    }

    /** Who may read which of the visible columns; {@code shown} as for tables. */
    List<@Nullable Object[]> columnPrivileges(Privileges privileges, DefaultAccess byDefault, Predicate<Name> shown) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Name grantee : grantees(privileges, shown)) {
            for (Relation table : relations()) {
                for (Name column : table.columns()) {
                    if (holds(privileges, byDefault, grantee, table, column)) {
                        rows.add(new @Nullable Object[] {
                            grantee.spelling(),
                            null,
                            schema(table.name()),
                            name(table.name()),
                            column.spelling(),
                            "SELECT",
                            "NO"
                        });
                    }
                }
            }
        }
        return rows;
    }

    /** Of whom nothing was said, that role holds nothing. */
    private static Set<Name> grantees(Privileges privileges, Predicate<Name> shown) {
        Set<Name> grantees = new TreeSet<>(privileges.said().keySet());
        grantees.removeIf(shown.negate());
        grantees.add(ReservedRoles.PUBLIC);
        return grantees;
    }

    private static boolean holds(
            Privileges privileges, DefaultAccess byDefault, Name grantee, Relation table, Name column) {
        return privileges.holds(grantee, new Scope.OfColumn(table.name(), column), byDefault);
    }

    private static String schema(TableName table) {
        return table.schema().spelling();
    }

    private static String name(TableName table) {
        return table.table().spelling();
    }
}
