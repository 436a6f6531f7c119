package io.icespar.security.store;

import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.query;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.identity.Name;
import io.icespar.security.role.RoleMappings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Role mappings and default roles as rows of SQL tables. */
final class RoleMappingTables {
    private RoleMappingTables() {}

    /** In an order in which rows can be inserted. */
    static Stream<FactTable> tables() {
        return Stream.of(
                new FactTable(
                        "role_mapping",
                        List.of("provider_role", "role"),
                        List.of(),
                        SecurityState::roleMappings,
                        state -> state.roleMappings().mapped().entrySet().stream()
                                .flatMap(mapping ->
                                        mapping.getValue().stream().map(role -> row(mapping.getKey(), role)))),
                new FactTable(
                        "default_role",
                        List.of("role"),
                        List.of(),
                        SecurityState::roleMappings,
                        state -> state.roleMappings().byDefault().stream().map(role -> row(role))));
    }

    static RoleMappings read(Connection connection) throws SQLException {
        SortedMap<String, Set<Name>> mapped = new TreeMap<>();
        query(
                connection,
                "SELECT provider_role, role FROM role_mapping",
                row -> mapped.computeIfAbsent(row.getString(1), key -> new TreeSet<>())
                        .add(name(row, 2)));
        Set<Name> byDefault = new TreeSet<>();
        query(connection, "SELECT role FROM default_role", row -> byDefault.add(name(row, 1)));
        return new RoleMappings(mapped, byDefault);
    }
}
