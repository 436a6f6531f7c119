package io.icespar.security.store;

import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.query;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cubes that commands created, as rows of SQL tables. */
final class CubeTables {
    private static final String SLICING = "SLICING";
    private static final String ORDINARY = "ORDINARY";

    private CubeTables() {}

    /** In an order in which rows can be inserted. */
    static Stream<FactTable> tables() {
        return Stream.of(
                table(
                        "stored_cube",
                        List.of(),
                        List.of("fact_schema", "fact_name"),
                        cube -> Stream.of(row(cube.fact().schema(), cube.fact().table()))),
                table(
                        "cube_hierarchy",
                        List.of("ordinal"),
                        List.of("hierarchy_name", "dimension_name", "kind"),
                        cube -> numbered(
                                cube.hierarchies(),
                                (ordinal, hierarchy) -> Stream.of(row(
                                        ordinal,
                                        hierarchy.name(),
                                        hierarchy.dimension(),
                                        hierarchy.isSlicing() ? SLICING : ORDINARY)))),
                table(
                        "cube_level",
                        List.of("hierarchy", "ordinal"),
                        List.of("level_name", "column_name"),
                        cube -> numbered(
                                cube.hierarchies(),
                                (hierarchy, each) -> numbered(
                                        each.levels(),
                                        (ordinal, level) -> Stream.of(row(
                                                hierarchy,
                                                ordinal,
                                                level.name(),
                                                level.column().column()))))),
                table(
                        "cube_level_join",
                        with(List.of("hierarchy", "level_ordinal"), CubePaths.KEY),
                        CubePaths.OTHERS,
                        cube -> numbered(
                                cube.hierarchies(),
                                (hierarchy, each) -> numbered(
                                        each.levels(),
                                        (ordinal, level) -> CubePaths.rows(row(hierarchy, ordinal), level.column())))),
                table(
                        "cube_measure",
                        List.of("ordinal"),
                        List.of("measure_name", "expression", "format", "description"),
                        cube -> numbered(
                                cube.measures(),
                                (ordinal, measure) -> Stream.of(row(
                                        ordinal,
                                        measure.name(),
                                        measure.expression(),
                                        measure.format().orElse(null),
                                        measure.description().orElse(null))))),
                table(
                        "cube_measure_reads",
                        List.of("measure", "column_name"),
                        List.of(),
                        cube -> numbered(
                                cube.measures(),
                                (ordinal, measure) -> measure.reads().stream().map(read -> row(ordinal, read)))),
                table(
                        "cube_measure_context_value",
                        List.of("measure", "context_value"),
                        List.of(),
                        cube -> numbered(
                                cube.measures(),
                                (ordinal, measure) ->
                                        measure.contextValues().stream().map(value -> row(ordinal, value)))));
    }

    /** A table whose rows begin with the name of a cube. */
    private static FactTable table(
            String name, List<String> key, List<String> others, Function<Cube, Stream<List<@Nullable String>>> rows) {
        return new FactTable(
                name,
                with(List.of("cube_schema", "cube_name"), key),
                others,
                state -> state.cubes().created(),
                state -> state.cubes().created().values().stream()
                        .flatMap(cube -> rows.apply(cube).map(row -> {
                            List<@Nullable String> whole =
                                    row(cube.name().schema(), cube.name().table());
                            whole.addAll(row);
                            return whole;
                        })));
    }

    static List<String> with(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }

    /** The rows of each, with its number, from 1 on. */
    static <T> Stream<List<@Nullable String>> numbered(
            List<T> all, BiFunction<Integer, T, Stream<List<@Nullable String>>> rows) {
        return IntStream.range(0, all.size()).boxed().flatMap(i -> rows.apply(i + 1, all.get(i)));
    }

    /** A hierarchy or measure of a cube. */
    private record Numbered(TableName cube, int ordinal) {}

    /** A level of a hierarchy. */
    private record NumberedLevel(Numbered hierarchy, int ordinal) {}

    /**
     * Reads the cubes.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static List<Cube> read(Connection connection) throws SQLException {
        Map<TableName, SortedMap<Integer, Hierarchy>> hierarchies = readHierarchies(connection);
        Map<TableName, SortedMap<Integer, Measure>> measures = readMeasures(connection);
        List<Cube> cubes = new ArrayList<>();
        query(connection, "SELECT cube_schema, cube_name, fact_schema, fact_name FROM stored_cube", row -> {
            TableName name = cube(row);
            cubes.add(new Cube(
                    name,
                    new TableName(name(row, 3), name(row, 4)),
                    List.copyOf(hierarchies.getOrDefault(name, new TreeMap<>()).values()),
                    List.copyOf(measures.getOrDefault(name, new TreeMap<>()).values())));
        });
        return cubes;
    }

    private static Map<TableName, SortedMap<Integer, Hierarchy>> readHierarchies(Connection connection)
            throws SQLException {
        CubePaths<NumberedLevel> paths = new CubePaths<>();
        String joins = "SELECT cube_schema, cube_name, hierarchy, level_ordinal, join_ordinal, pair, column_name,"
                + " target_schema, target_name, target_column FROM cube_level_join";
        query(connection, joins, row -> paths.read(level(row), row, 5));
        Map<Numbered, SortedMap<Integer, Level>> levels = new HashMap<>();
        String allLevels = "SELECT cube_schema, cube_name, hierarchy, ordinal, level_name, column_name FROM cube_level";
        query(connection, allLevels, row -> {
            NumberedLevel level = level(row);
            levels.computeIfAbsent(level.hierarchy(), key -> new TreeMap<>())
                    .put(level.ordinal(), new Level(name(row, 5), paths.column(level, name(row, 6))));
        });
        Map<TableName, SortedMap<Integer, Hierarchy>> hierarchies = new HashMap<>();
        String all = "SELECT cube_schema, cube_name, ordinal, hierarchy_name, dimension_name, kind FROM cube_hierarchy";
        query(connection, all, row -> {
            Numbered hierarchy = numbered(row);
            hierarchies
                    .computeIfAbsent(hierarchy.cube(), key -> new TreeMap<>())
                    .put(
                            hierarchy.ordinal(),
                            new Hierarchy(
                                    name(row, 4),
                                    name(row, 5),
                                    isSlicing(row.getString(6)),
                                    List.copyOf(levels.getOrDefault(hierarchy, new TreeMap<>())
                                            .values())));
        });
        return hierarchies;
    }

    private static boolean isSlicing(String kind) {
        return switch (kind) {
            case SLICING -> true;
            case ORDINARY -> false;
            default -> throw new IllegalArgumentException("a hierarchy is of an unknown kind");
        };
    }

    private static Map<TableName, SortedMap<Integer, Measure>> readMeasures(Connection connection) throws SQLException {
        Map<Numbered, Set<Name>> reads =
                sets(connection, "SELECT cube_schema, cube_name, measure, column_name FROM cube_measure_reads");
        Map<Numbered, Set<Name>> values = sets(
                connection, "SELECT cube_schema, cube_name, measure, context_value FROM cube_measure_context_value");
        Map<TableName, SortedMap<Integer, Measure>> measures = new HashMap<>();
        String all = "SELECT cube_schema, cube_name, ordinal, measure_name, expression, format, description"
                + " FROM cube_measure";
        query(connection, all, row -> {
            Numbered measure = numbered(row);
            measures.computeIfAbsent(measure.cube(), key -> new TreeMap<>())
                    .put(
                            measure.ordinal(),
                            new Measure(
                                    name(row, 4),
                                    row.getString(5),
                                    Optional.ofNullable(row.getString(6)),
                                    Optional.ofNullable(row.getString(7)),
                                    reads.getOrDefault(measure, Set.of()),
                                    values.getOrDefault(measure, Set.of())));
        });
        return measures;
    }

    private static Map<Numbered, Set<Name>> sets(Connection connection, String sql) throws SQLException {
        Map<Numbered, Set<Name>> sets = new HashMap<>();
        query(
                connection,
                sql,
                row -> sets.computeIfAbsent(numbered(row), key -> new HashSet<>())
                        .add(name(row, 4)));
        return sets;
    }

    static TableName cube(ResultSet row) throws SQLException {
        return new TableName(name(row, 1), name(row, 2));
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        return new Numbered(cube(row), Integer.parseInt(row.getString(3)));
    }

    private static NumberedLevel level(ResultSet row) throws SQLException {
        return new NumberedLevel(numbered(row), Integer.parseInt(row.getString(4)));
    }
}
