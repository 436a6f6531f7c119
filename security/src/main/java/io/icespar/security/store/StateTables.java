package io.icespar.security.store;

import io.icespar.security.cube.Cubes;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The security state as rows of SQL tables, in the words that H2 and PostgreSQL share.
 *
 * <p>Transactions, and what becomes of errors, are the caller's.
 */
final class StateTables {
    private static final String COLUMNS = "COLUMNS";
    private static final String OWN = "OWN";
    private static final String WHOLE_TABLE = "WHOLE TABLE";

    /** In an order in which rows can be inserted; they are deleted in the reverse one. */
    private static final List<FactTable> TABLES = Stream.of(
                    tables(),
                    ContextTables.tables(),
                    TableRulesTables.TABLES.stream(),
                    ViewTables.tables(),
                    RoleMappingTables.tables(),
                    CubeTables.tables(),
                    CubeRulesTables.tables())
            .flatMap(part -> part)
            .toList();

    private StateTables() {}

    private static Stream<FactTable> tables() {
        return Stream.of(
                new FactTable(
                        "security_role",
                        List.of("name"),
                        List.of(),
                        SecurityState::roleMap,
                        state -> state.roles().stream().map(role -> row(role.name()))),
                new FactTable(
                        "security_user",
                        List.of("name"),
                        List.of("password"),
                        SecurityState::userMap,
                        state -> state.users().stream()
                                .map(user -> row(
                                        user.name(),
                                        user.password().map(PasswordHash::value).orElse(null)))),
                new FactTable(
                        "role_grant_to_role",
                        List.of("grantee", "role"),
                        List.of(),
                        SecurityState::roleMap,
                        state -> state.roles().stream()
                                .flatMap(role -> role.roles().stream().map(held -> row(role.name(), held)))),
                new FactTable(
                        "role_grant_to_user",
                        List.of("grantee", "role"),
                        List.of(),
                        SecurityState::userMap,
                        state -> state.users().stream()
                                .flatMap(user -> user.roles().stream().map(held -> row(user.name(), held)))),
                new FactTable(
                        "restriction",
                        List.of("name"),
                        List.of("table_schema", "table_name", "condition_text", "subject"),
                        SecurityState::restrictionMap,
                        state -> restrictions(state)
                                .map(restriction -> row(
                                        restriction.name(),
                                        restriction.table().schema(),
                                        restriction.table().table(),
                                        restriction.condition(),
                                        kind(restriction.subject())))),
                new FactTable(
                        "restriction_column",
                        List.of("restriction", "column_name"),
                        List.of(),
                        SecurityState::restrictionMap,
                        state -> restrictions(state)
                                .flatMap(restriction ->
                                        columns(restriction.subject()).map(column -> row(restriction.name(), column)))),
                new FactTable(
                        "restriction_grant",
                        List.of("restriction", "grantee"),
                        List.of(),
                        SecurityState::restrictionMap,
                        state -> state.restrictionMap().values().stream()
                                .flatMap(granted -> granted.grantees().stream()
                                        .map(grantee ->
                                                row(granted.restriction().name(), grantee)))));
    }

    /** What is stored as restrictions: grants of members are kept as such. */
    static Stream<Restriction> restrictions(SecurityState state) {
        return state.restrictionMap().values().stream().map(GrantedRestriction::restriction);
    }

    /**
     * Reads the state.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static SecurityState read(Connection connection) throws SQLException {
        SortedMap<Name, Role> roles = new TreeMap<>();
        Map<Name, Set<Name>> held = sets(connection, "SELECT grantee, role FROM role_grant_to_role");
        query(connection, "SELECT name FROM security_role", row -> {
            Name name = name(row, 1);
            putNew(roles, name, new Role(name, held.getOrDefault(name, Set.of())));
        });
        SortedMap<Name, User> users = new TreeMap<>();
        Map<Name, Set<Name>> granted = sets(connection, "SELECT grantee, role FROM role_grant_to_user");
        query(connection, "SELECT name, password FROM security_user", row -> {
            Name name = name(row, 1);
            Optional<PasswordHash> password =
                    Optional.ofNullable(row.getString(2)).map(PasswordHash::new);
            putNew(users, name, new User(name, password, granted.getOrDefault(name, Set.of())));
        });
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>();
        Map<Name, Set<Name>> columns = sets(connection, "SELECT restriction, column_name FROM restriction_column");
        Map<Name, Set<Name>> grantees = sets(connection, "SELECT restriction, grantee FROM restriction_grant");
        Map<Name, Set<Name>> values =
                sets(connection, "SELECT restriction, context_value FROM restriction_context_value");
        String all = "SELECT name, table_schema, table_name, condition_text, subject FROM restriction";
        query(connection, all, row -> {
            Name name = name(row, 1);
            Subject subject = subject(row.getString(5), name, columns.getOrDefault(name, Set.of()));
            TableName table = new TableName(name(row, 2), name(row, 3));
            Restriction restriction =
                    new Restriction(name, table, row.getString(4), subject, values.getOrDefault(name, Set.of()));
            putNew(restrictions, name, new GrantedRestriction(restriction, grantees.getOrDefault(name, Set.of())));
        });
        List<Long> epochs = new ArrayList<>();
        query(connection, "SELECT epoch FROM security_state", row -> epochs.add(row.getLong(1)));
        if (epochs.size() != 1) {
            throw new IllegalArgumentException("the epoch is missing");
        }
        return SecurityState.of(epochs.get(0), users, roles, restrictions, ContextTables.read(connection))
                .withStored(TableRulesTables.read(connection))
                .withStored(ViewTables.read(connection))
                .withStored(RoleMappingTables.read(connection))
                .withStored(new Cubes(CubeTables.read(connection), CubeRulesTables.read(connection)));
    }

    /**
     * Turns the rows of one state into those of another, touching only those that differ.
     *
     * @return false, with nothing written, if the stored epoch is not that of {@code from}
     */
    static boolean write(Connection connection, SecurityState from, SecurityState to) throws SQLException {
        // INVARIANT: what a provider says is stored nowhere.
        SecurityState before = from.stored();
        SecurityState after = to.stored();
        // First of all: on a database that several servers share, it makes the second writer wait, and then fail.
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE security_state SET epoch = ? WHERE epoch = ?")) {
            update.setLong(1, after.epoch());
            update.setLong(2, before.epoch());
            if (update.executeUpdate() != 1) {
                return false;
            }
        }
        List<FactTable.Difference> differences = TABLES.stream()
                .filter(table -> table.mayDiffer(before, after))
                .map(table -> table.difference(before, after))
                .toList();
        for (int i = differences.size() - 1; i >= 0; i--) {
            differences.get(i).delete(connection);
        }
        for (FactTable.Difference difference : differences) {
            difference.update(connection);
            difference.insert(connection);
        }
        return true;
    }

    static List<@Nullable String> row(@Nullable Object... values) {
        List<@Nullable String> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value == null ? null : value.toString());
        }
        return row;
    }

    private static String kind(Subject subject) {
        if (subject instanceof Subject.Columns) {
            return COLUMNS;
        } else if (subject instanceof Subject.Own) {
            return OWN;
        } else if (subject instanceof Subject.WholeTable) {
            return WHOLE_TABLE;
        }
        throw new IllegalArgumentException("what a grant of members is, is no restriction to store");
    }

    private static Stream<Name> columns(Subject subject) {
        return subject instanceof Subject.Columns columns ? columns.columns().stream() : Stream.of();
    }

    private static Subject subject(String kind, Name restriction, Set<Name> columns) {
        return switch (kind) {
            case COLUMNS -> new Subject.Columns(columns);
            case OWN -> new Subject.Own(restriction);
            case WHOLE_TABLE -> new Subject.WholeTable();
            default -> throw new IllegalArgumentException("a restriction has an unknown subject");
        };
    }

    static Map<Name, Set<Name>> sets(Connection connection, String sql) throws SQLException {
        Map<Name, Set<Name>> sets = new HashMap<>();
        query(
                connection,
                sql,
                row -> sets.computeIfAbsent(name(row, 1), key -> new TreeSet<>())
                        .add(name(row, 2)));
        return sets;
    }

    static Name name(ResultSet row, int column) throws SQLException {
        return Name.of(row.getString(column));
    }

    static <V> void putNew(Map<Name, V> map, Name name, V value) {
        if (map.put(name, value) != null) {
            throw new IllegalArgumentException("two names differ only in case");
        }
    }

    static void query(Connection connection, String sql, RowReader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Takes what it needs from the row that a result stands at. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
