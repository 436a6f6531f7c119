package io.icespar.security.store;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link TableRules} as rows of SQL tables, in the words that H2 and PostgreSQL share. */
final class TableRulesTables {
    private static final String GRANTED = "GRANTED";
    private static final String REVOKED = "REVOKED";

    /** In the place of the table's name: what is said holds for the schema; of the column's: for the table. */
    private static final String ALL = "";

    /** In an order in which rows can be inserted. */
    static final List<FactTable> TABLES = List.of(
            new FactTable(
                    "restriction_required",
                    List.of("table_schema", "table_name"),
                    List.of(),
                    state -> state.tableRules().restrictionRequired(),
                    state -> state.tableRules().restrictionRequired().stream()
                            .map(table ->
                                    row(table.schema().spelling(), table.table().spelling()))),
            new FactTable(
                    "select_privilege",
                    List.of("grantee", "table_schema", "table_name", "column_name"),
                    List.of("word"),
                    state -> state.tableRules().privileges(),
                    state -> state.tableRules().privileges().said().entrySet().stream()
                            .flatMap(words -> words.getValue().entrySet().stream()
                                    .map(word -> privilege(words.getKey(), word.getKey(), word.getValue())))));

    private TableRulesTables() {}

    private static List<@Nullable String> privilege(Name grantee, Scope on, boolean granted) {
        String schema;
        String table = ALL;
        String column = ALL;
        if (on instanceof Scope.OfColumn of) {
            schema = of.table().schema().spelling();
            table = of.table().table().spelling();
            column = of.column().spelling();
        } else if (on instanceof Scope.OfTable of) {
            schema = of.table().schema().spelling();
            table = of.table().table().spelling();
        } else {
            schema = ((Scope.OfSchema) on).schema().spelling();
        }
        return row(grantee.spelling(), schema, table, column, granted ? GRANTED : REVOKED);
    }

    private static List<@Nullable String> row(@Nullable String... values) {
        List<@Nullable String> row = new ArrayList<>();
        Collections.addAll(row, values);
        return row;
    }

    /**
     * Reads the rules.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static TableRules read(Connection connection) throws SQLException {
        Set<TableName> required = new HashSet<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT table_schema, table_name FROM restriction_required");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                required.add(TableName.of(rows.getString(1), rows.getString(2)));
            }
        }
        Map<Name, Map<Scope, Boolean>> said = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT grantee, table_schema, table_name, column_name, word FROM select_privilege");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Scope on = scope(rows.getString(2), rows.getString(3), rows.getString(4));
                said.computeIfAbsent(Name.of(rows.getString(1)), grantee -> new HashMap<>())
                        .put(on, isGranted(rows.getString(5)));
            }
        }
        return new TableRules(required, new Privileges(said));
    }

    private static Scope scope(String schema, String table, String column) {
        if (table.isEmpty() && column.isEmpty()) {
            return new Scope.OfSchema(Name.of(schema));
        }
        TableName name = TableName.of(schema, table);
        return column.isEmpty() ? new Scope.OfTable(name) : new Scope.OfColumn(name, Name.of(column));
    }

    private static boolean isGranted(String word) {
        return switch (word) {
            case GRANTED -> true;
            case REVOKED -> false;
            default -> throw new IllegalArgumentException("a privilege is neither granted nor revoked");
        };
    }
}
