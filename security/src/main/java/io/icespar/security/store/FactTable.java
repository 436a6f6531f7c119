package io.icespar.security.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A SQL table that holds one kind of fact of a security state.
 *
 * @param name the table's name
 * @param key the columns of its primary key
 * @param others its other columns
 * @param source the part of a state that its rows are made from; equal parts have equal rows
 * @param rows the rows of a state: the values of the key, then those of the other columns
 */
record FactTable(
        String name,
        List<String> key,
        List<String> others,
        Function<SecurityState, Object> source,
        Function<SecurityState, Stream<List<@Nullable String>>> rows) {

    /** False if the two states have the same rows; cheap, unlike {@link #difference}. */
    boolean mayDiffer(SecurityState before, SecurityState after) {
        return !source.apply(before).equals(source.apply(after));
    }

    /** What to do to turn the rows of one state into those of another. */
    Difference difference(SecurityState before, SecurityState after) {
        Map<List<@Nullable String>, List<@Nullable String>> old = rowsByKey(before);
        List<List<@Nullable String>> inserted = new ArrayList<>();
        List<List<@Nullable String>> updated = new ArrayList<>();
        rowsByKey(after).forEach((rowKey, row) -> {
            List<@Nullable String> former = old.remove(rowKey);
            if (former == null) {
                inserted.add(row);
            } else if (!former.equals(row)) {
                updated.add(row);
            }
        });
        return new Difference(this, List.copyOf(old.keySet()), updated, inserted);
    }

    private Map<List<@Nullable String>, List<@Nullable String>> rowsByKey(SecurityState state) {
        Map<List<@Nullable String>, List<@Nullable String>> result = new LinkedHashMap<>();
        rows.apply(state).forEach(row -> result.put(row.subList(0, key.size()), row));
        return result;
    }

    /**
     * The rows to delete, by their keys, and those to update and to insert.
     *
     * @param table the table they are in
     */
    record Difference(
            FactTable table,
            List<List<@Nullable String>> deleted,
            List<List<@Nullable String>> updated,
            List<List<@Nullable String>> inserted) {

        void delete(Connection connection) throws SQLException {
            run(connection, "DELETE FROM " + table.name + " WHERE " + conditions(table.key), deleted);
        }

        void update(Connection connection) throws SQLException {
            String sql = "UPDATE " + table.name + " SET " + String.join(" = ?, ", table.others) + " = ? WHERE "
                    + conditions(table.key);
            int keys = table.key.size();
            List<List<@Nullable String>> othersThenKey = new ArrayList<>();
            for (List<@Nullable String> row : updated) {
                List<@Nullable String> values = new ArrayList<>(row.subList(keys, row.size()));
                values.addAll(row.subList(0, keys));
                othersThenKey.add(values);
            }
            run(connection, sql, othersThenKey);
        }

        void insert(Connection connection) throws SQLException {
            List<String> columns = new ArrayList<>(table.key);
            columns.addAll(table.others);
            String sql = "INSERT INTO " + table.name + " (" + String.join(", ", columns) + ") VALUES (?"
                    + ", ?".repeat(columns.size() - 1) + ")";
            run(connection, sql, inserted);
        }

        private static String conditions(List<String> columns) {
            return String.join(" = ? AND ", columns) + " = ?";
        }

        private static void run(Connection connection, String sql, Collection<List<@Nullable String>> rows)
                throws SQLException {
            if (rows.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (List<@Nullable String> row : rows) {
                    for (int i = 0; i < row.size(); i++) {
                        statement.setString(i + 1, row.get(i));
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }
}
