package io.icespar.security.store;

import static io.icespar.security.store.CubeTables.numbered;
import static io.icespar.security.store.CubeTables.with;
import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.query;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What commands say of cubes to users and roles, as rows of SQL tables. */
final class CubeRulesTables {
    private static final String SHOWN = "SHOWN";
    private static final String HIDDEN = "HIDDEN";
    private static final String ROLE = "ROLE";
    private static final String USER = "USER";
    private static final List<String> CUBE = List.of("cube_schema", "cube_name");
    private static final List<String> VALUE = List.of("value_type", "value_text");

    private CubeRulesTables() {}

    /** In an order in which rows can be inserted. */
    static Stream<FactTable> tables() {
        return Stream.of(
                granted(
                        "members_grant",
                        List.of(),
                        List.of("fact_schema", "fact_name"),
                        grant -> Stream.of(
                                row(grant.fact().schema(), grant.fact().table()))),
                granted(
                        "members_grant_level",
                        List.of("ordinal"),
                        List.of("column_name"),
                        grant -> numbered(
                                grant.columns(), (ordinal, column) -> Stream.of(row(ordinal, column.column())))),
                granted(
                        "members_grant_join",
                        with(List.of("level_ordinal"), CubePaths.KEY),
                        CubePaths.OTHERS,
                        grant -> numbered(grant.columns(), (ordinal, column) -> CubePaths.rows(row(ordinal), column))),
                granted(
                        "members_grant_value",
                        List.of("member", "level_ordinal"),
                        VALUE,
                        grant -> numbered(
                                List.copyOf(grant.members()),
                                (member, path) -> values(path).map(value -> joined(row(member), value)))),
                new FactTable(
                        "cube_visibility",
                        with(CUBE, List.of("part_kind", "part_name", "grantee")),
                        List.of("visibility"),
                        state -> state.cubes().said().visibility(),
                        state -> state.cubes().said().visibility().entrySet().stream()
                                .flatMap(entry -> entry.getValue().entrySet().stream()
                                        .map(said -> visibility(entry.getKey(), said.getKey(), said.getValue())))),
                new FactTable(
                        "default_member",
                        with(CUBE, List.of("hierarchy_name", "grantee_kind", "grantee", "level_ordinal")),
                        VALUE,
                        state -> state.cubes().said().defaultMembers(),
                        state -> state.cubes().said().defaultMembers().stream().flatMap(CubeRulesTables::rows)));
    }

    /** A table whose rows begin with what tells one grant of members from another. */
    private static FactTable granted(
            String name,
            List<String> key,
            List<String> others,
            Function<MembersGrant, Stream<List<@Nullable String>>> rows) {
        return new FactTable(
                name,
                with(with(CUBE, List.of("hierarchy_name", "grantee")), key),
                others,
                state -> state.cubes().said().members(),
                state -> state.cubes().said().members().stream()
                        .flatMap(grant ->
                                rows.apply(grant).map(row -> joined(named(grant.hierarchy(), grant.role()), row))));
    }

    private static List<@Nullable String> named(HierarchyName hierarchy, Object... rest) {
        return joined(row(hierarchy.cube().schema(), hierarchy.cube().table(), hierarchy.hierarchy()), row(rest));
    }

    private static List<@Nullable String> joined(List<@Nullable String> first, List<@Nullable String> rest) {
        List<@Nullable String> row = new ArrayList<>(first);
        row.addAll(rest);
        return row;
    }

    private static Stream<List<@Nullable String>> values(MemberPath path) {
        return numbered(
                path.values(), (ordinal, value) -> Stream.of(row(ordinal, value.type(), ValueText.write(value))));
    }

    private static List<@Nullable String> visibility(Part part, Name role, boolean isShown) {
        return row(
                part.cube().schema(),
                part.cube().table(),
                part.kind().name(),
                part.name(),
                role,
                isShown ? SHOWN : HIDDEN);
    }

    private static Stream<List<@Nullable String>> rows(DefaultMember member) {
        String kind = member.grantee() instanceof Grantee.User ? USER : ROLE;
        return values(member.member())
                .map(value ->
                        joined(named(member.hierarchy(), kind, member.grantee().name()), value));
    }

    /**
     * Reads what is said.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static CubeRules read(Connection connection) throws SQLException {
        Map<Part, SortedMap<Name, Boolean>> visibility = new HashMap<>();
        String shown = "SELECT cube_schema, cube_name, part_kind, part_name, grantee, visibility FROM cube_visibility";
        query(connection, shown, row -> {
            Part part = new Part(CubeTables.cube(row), Part.Kind.valueOf(row.getString(3)), name(row, 4));
            StateTables.putNew(
                    visibility.computeIfAbsent(part, key -> new TreeMap<>()), name(row, 5), isShown(row.getString(6)));
        });
        return new CubeRules(readMembers(connection), visibility, readDefaultMembers(connection));
    }

    private static boolean isShown(String visibility) {
        return switch (visibility) {
            case SHOWN -> true;
            case HIDDEN -> false;
            default -> throw new IllegalArgumentException("a part of a cube is neither shown nor hidden");
        };
    }

    /** What tells one grant of members from another. */
    private record Granted(HierarchyName hierarchy, Name role) {
        static Granted of(ResultSet row) throws SQLException {
            return new Granted(new HierarchyName(CubeTables.cube(row), name(row, 3)), name(row, 4));
        }
    }

    /** A level of the hierarchy of a grant. */
    private record GrantedLevel(Granted granted, int ordinal) {
        static GrantedLevel of(ResultSet row) throws SQLException {
            return new GrantedLevel(Granted.of(row), Integer.parseInt(row.getString(5)));
        }
    }

    private static List<MembersGrant> readMembers(Connection connection) throws SQLException {
        CubePaths<GrantedLevel> paths = new CubePaths<>();
        String joins = "SELECT cube_schema, cube_name, hierarchy_name, grantee, level_ordinal, join_ordinal, pair,"
                + " column_name, target_schema, target_name, target_column FROM members_grant_join";
        query(connection, joins, row -> paths.read(GrantedLevel.of(row), row, 6));
        Map<Granted, SortedMap<Integer, CubeColumn>> columns = new HashMap<>();
        String levels = "SELECT cube_schema, cube_name, hierarchy_name, grantee, ordinal, column_name"
                + " FROM members_grant_level";
        query(connection, levels, row -> {
            GrantedLevel level = GrantedLevel.of(row);
            columns.computeIfAbsent(level.granted(), key -> new TreeMap<>())
                    .put(level.ordinal(), paths.column(level, name(row, 6)));
        });
        Map<Granted, SortedMap<Integer, SortedMap<Integer, TypedValue>>> members = new HashMap<>();
        String allValues = "SELECT cube_schema, cube_name, hierarchy_name, grantee, member, level_ordinal, value_type,"
                + " value_text FROM members_grant_value";
        query(
                connection,
                allValues,
                row -> members.computeIfAbsent(Granted.of(row), key -> new TreeMap<>())
                        .computeIfAbsent(Integer.valueOf(row.getString(5)), key -> new TreeMap<>())
                        .put(Integer.valueOf(row.getString(6)), value(row, 7)));
        List<MembersGrant> grants = new ArrayList<>();
        String all = "SELECT cube_schema, cube_name, hierarchy_name, grantee, fact_schema, fact_name"
                + " FROM members_grant";
        query(connection, all, row -> {
            Granted granted = Granted.of(row);
            Set<MemberPath> whole = new LinkedHashSet<>();
            members.getOrDefault(granted, new TreeMap<>()).values().forEach(values -> whole.add(path(values)));
            grants.add(new MembersGrant(
                    granted.hierarchy(),
                    granted.role(),
                    new TableName(name(row, 5), name(row, 6)),
                    List.copyOf(columns.getOrDefault(granted, new TreeMap<>()).values()),
                    whole));
        });
        return grants;
    }

    private static List<DefaultMember> readDefaultMembers(Connection connection) throws SQLException {
        record Key(HierarchyName hierarchy, Grantee grantee) {}
        Map<Key, SortedMap<Integer, TypedValue>> paths = new HashMap<>();
        String all = "SELECT cube_schema, cube_name, hierarchy_name, grantee_kind, grantee, level_ordinal, value_type,"
                + " value_text FROM default_member";
        query(connection, all, row -> {
            HierarchyName hierarchy = new HierarchyName(CubeTables.cube(row), name(row, 3));
            paths.computeIfAbsent(new Key(hierarchy, grantee(row.getString(4), name(row, 5))), key -> new TreeMap<>())
                    .put(Integer.valueOf(row.getString(6)), value(row, 7));
        });
        List<DefaultMember> members = new ArrayList<>();
        paths.forEach((key, path) -> members.add(new DefaultMember(key.hierarchy(), key.grantee(), path(path))));
        return members;
    }

    private static MemberPath path(SortedMap<Integer, TypedValue> values) {
        return new MemberPath(List.copyOf(values.values()));
    }

    private static TypedValue value(ResultSet row, int first) throws SQLException {
        return ValueText.read(ContextType.parse(row.getString(first)), row.getString(first + 1));
    }

    private static Grantee grantee(String kind, Name name) {
        return switch (kind) {
            case USER -> new Grantee.User(name);
            case ROLE -> new Grantee.Role(name);
            default -> throw new IllegalArgumentException("a default member is set for neither a user nor a role");
        };
    }
}
