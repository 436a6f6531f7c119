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
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What {@code INFORMATION_SCHEMA} says of the catalog: of the part that exists for the caller, as if there were no other.
 *
 * @param visible that part
 */
record CatalogFacts(Catalog visible) {
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

    private static ResultColumn number(String label) {
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
            rows.add(new @Nullable Object[] {null, schema(table), name(table), "BASE TABLE"});
        }
        return rows;
    }

    List<@Nullable Object[]> columns() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Table table : visible.tables()) {
            for (int i = 0; i < table.columns().size(); i++) {
                rows.add(column(table, table.columns().get(i), i + 1));
            }
        }
        return rows;
    }

    private static @Nullable Object[] column(Table table, Column column, int ordinal) {
        ColumnType type = column.type();
        @Nullable
        Integer digits = switch (type.kind()) {
            case INTEGER -> 10;
            case BIGINT -> 19;
            case DOUBLE -> 53;
            case DECIMAL -> type.precision();
            case BOOLEAN, VARCHAR, DATE, TIME, TIMESTAMP -> null;
        };
        @Nullable
        Integer scale = switch (type.kind()) {
            case INTEGER, BIGINT -> 0;
            case DECIMAL -> type.scale();
            case BOOLEAN, DOUBLE, VARCHAR, DATE, TIME, TIMESTAMP -> null;
        };
        @Nullable
        Integer fraction = switch (type.kind()) {
            case DATE -> 0;
            case TIME, TIMESTAMP -> 6;
            case BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL, VARCHAR -> null;
        };
        @Nullable Integer radix = digits == null ? null : (Integer) (type.kind() == ColumnType.Kind.DOUBLE ? 2 : 10);
        return new @Nullable Object[] {
            null,
            schema(table),
            name(table),
            column.name().spelling(),
            ordinal,
            null,
            column.nullable() ? "YES" : "NO",
            type.kind().name(),
            digits,
            radix,
            scale,
            fraction
        };
    }

    /**
     * Who may read whole tables, as far as they are visible.
     *
     * @param shown whose privileges are listed; {@code PUBLIC}'s are in any case
     */
    List<@Nullable Object[]> tablePrivileges(Privileges privileges, DefaultAccess byDefault, Predicate<Name> shown) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Name grantee : grantees(privileges, shown)) {
            for (Table table : visible.tables()) {
                if (table.columns().stream().allMatch(column -> holds(privileges, byDefault, grantee, table, column))) {
                    rows.add(
                            new @Nullable Object[] {grantee.spelling(), null, schema(table), name(table), "SELECT", "NO"
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
            for (Table table : visible.tables()) {
                for (Column column : table.columns()) {
                    if (holds(privileges, byDefault, grantee, table, column)) {
                        rows.add(new @Nullable Object[] {
                            grantee.spelling(),
                            null,
                            schema(table),
                            name(table),
                            column.name().spelling(),
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
            Privileges privileges, DefaultAccess byDefault, Name grantee, Table table, Column column) {
        return privileges.holds(grantee, new Scope.OfColumn(table.name(), column.name()), byDefault);
    }

    private static String schema(Table table) {
        return table.name().schema().spelling();
    }

    private static String name(Table table) {
        return table.name().table().spelling();
    }
}
