package io.icespar.security.store;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link TableRules} as rows of SQL tables, in the words that H2 and PostgreSQL share. */
final class TableRulesTables {
    private static final String GRANTED = "GRANTED";
    private static final String REVOKED = "REVOKED";

    private static final String TO = "TO";
    private static final String EXCEPT = "EXCEPT";

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
                                    .map(word -> privilege(words.getKey(), word.getKey(), word.getValue())))),
            new FactTable(
                    "mask",
                    List.of("name"),
                    List.of("table_schema", "table_name", "column_name", "expression_text"),
                    SecurityState::masks,
                    state -> state.masks().all().stream()
                            .map(mask -> row(
                                    mask.name().spelling(),
                                    mask.table().schema().spelling(),
                                    mask.table().table().spelling(),
                                    mask.column().spelling(),
                                    mask.expression()))),
            new FactTable(
                    "mask_role",
                    List.of("mask", "part", "role_name"),
                    List.of(),
                    SecurityState::masks,
                    state -> state.masks().all().stream()
                            .flatMap(mask -> Stream.concat(
                                    mask.to().stream()
                                            .map(role -> row(mask.name().spelling(), TO, role.spelling())),
                                    mask.except().stream()
                                            .map(role -> row(mask.name().spelling(), EXCEPT, role.spelling()))))),
            new FactTable(
                    "mask_context_value",
                    List.of("mask", "context_value"),
                    List.of(),
                    SecurityState::masks,
                    state -> state.masks().all().stream()
                            .flatMap(mask -> mask.contextValues().stream()
                                    .map(value -> row(mask.name().spelling(), value.spelling())))));

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
        return new TableRules(required, new Privileges(said), masks(connection));
    }

    private static Masks masks(Connection connection) throws SQLException {
        Map<Name, Map<String, Set<Name>>> roles = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT mask, part, role_name FROM mask_role");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String part = rows.getString(2);
                if (!part.equals(TO) && !part.equals(EXCEPT)) {
                    throw new IllegalArgumentException("a mask has a role for nothing");
                }
                roles.computeIfAbsent(Name.of(rows.getString(1)), mask -> new HashMap<>())
                        .computeIfAbsent(part, key -> new HashSet<>())
                        .add(Name.of(rows.getString(3)));
            }
        }
        Map<Name, Set<Name>> values =
                StateTables.sets(connection, "SELECT mask, context_value FROM mask_context_value");
        List<Mask> masks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT name, table_schema, table_name, column_name, expression_text FROM mask");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Name name = Name.of(rows.getString(1));
                Map<String, Set<Name>> parts = roles.getOrDefault(name, Map.of());
                masks.add(new Mask(
                        name,
                        TableName.of(rows.getString(2), rows.getString(3)),
                        Name.of(rows.getString(4)),
                        rows.getString(5),
                        parts.getOrDefault(TO, Set.of()),
                        parts.getOrDefault(EXCEPT, Set.of()),
                        values.getOrDefault(name, Set.of())));
            }
        }
        return new Masks(masks);
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
