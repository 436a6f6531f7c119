package io.icespar.security.store;

import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Join;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The joins that lead to columns of cubes, as rows: one for each pair of columns of each join.
 *
 * @param <K> what tells one column from another
 */
final class CubePaths<K> {
    /** The end of a primary key. */
    static final List<String> KEY = List.of("join_ordinal", "pair");

    /** The other columns. */
    static final List<String> OTHERS = List.of("column_name", "target_schema", "target_name", "target_column");

    private record Pair(Name column, TableName target, Name targetColumn) {}

    private final Map<K, SortedMap<Integer, SortedMap<Integer, Pair>>> paths = new HashMap<>();

    /** The rows of one column, each after {@code key}. */
    static Stream<List<@Nullable String>> rows(List<@Nullable String> key, CubeColumn column) {
        return IntStream.range(0, column.path().size()).boxed().flatMap(hop -> {
            Join join = column.path().get(hop);
            return IntStream.range(0, join.columns().size()).mapToObj(pair -> {
                List<@Nullable String> row = new ArrayList<>(key);
                row.addAll(row(
                        hop + 1,
                        pair + 1,
                        join.columns().get(pair),
                        join.target().schema(),
                        join.target().table(),
                        join.targetColumns().get(pair)));
                return row;
            });
        });
    }

    /** Reads a row, whose columns {@link #KEY} and {@link #OTHERS} begin with that of the given number. */
    void read(K key, ResultSet row, int first) throws SQLException {
        paths.computeIfAbsent(key, unused -> new TreeMap<>())
                .computeIfAbsent(Integer.valueOf(row.getString(first)), unused -> new TreeMap<>())
                .put(
                        Integer.valueOf(row.getString(first + 1)),
                        new Pair(
                                name(row, first + 2),
                                new TableName(name(row, first + 3), name(row, first + 4)),
                                name(row, first + 5)));
    }

    /** The column of that name at the end of what was read. */
    CubeColumn column(K key, Name name) {
        List<Join> path = new ArrayList<>();
        for (SortedMap<Integer, Pair> pairs :
                paths.getOrDefault(key, new TreeMap<>()).values()) {
            List<Pair> all = List.copyOf(pairs.values());
            if (all.stream().map(Pair::target).distinct().count() != 1) {
                throw new IllegalArgumentException("a join leads to two tables");
            }
            path.add(new Join(
                    all.stream().map(Pair::column).toList(),
                    all.get(0).target(),
                    all.stream().map(Pair::targetColumn).toList()));
        }
        return new CubeColumn(path, name);
    }
}
