package io.icespar.security.store;

import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.query;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import io.icespar.security.view.Views;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Views as rows of SQL tables. */
final class ViewTables {
    /** In the place of a column's name: it is the table itself that is read. */
    private static final String ITSELF = "";

    private ViewTables() {}

    /** In an order in which rows can be inserted. */
    static Stream<FactTable> tables() {
        return Stream.of(
                new FactTable(
                        "stored_view",
                        List.of("view_schema", "view_name"),
                        List.of("query_text"),
                        SecurityState::views,
                        rows(view -> Stream.of(viewRow(view, view.query())))),
                new FactTable(
                        "view_column",
                        List.of("view_schema", "view_name", "ordinal"),
                        List.of("column_name", "column_type"),
                        SecurityState::views,
                        rows(view -> IntStream.range(0, view.columns().size()).mapToObj(i -> {
                            ViewColumn column = view.columns().get(i);
                            return viewRow(view, i + 1, column.name(), column.type());
                        }))),
                new FactTable(
                        "view_reads",
                        List.of("view_schema", "view_name", "table_schema", "table_name", "column_name"),
                        List.of(),
                        SecurityState::views,
                        rows(view -> view.reads().entrySet().stream()
                                .flatMap(read -> Stream.concat(Stream.of(ITSELF), read.getValue().stream())
                                        .map(column -> viewRow(
                                                view,
                                                read.getKey().schema(),
                                                read.getKey().table(),
                                                column))))),
                new FactTable(
                        "view_context_value",
                        List.of("view_schema", "view_name", "context_value"),
                        List.of(),
                        SecurityState::views,
                        rows(view -> view.contextValues().stream().map(value -> viewRow(view, value)))));
    }

    private static Function<SecurityState, Stream<List<@Nullable String>>> rows(
            Function<View, Stream<List<@Nullable String>>> ofView) {
        return state -> state.views().all().stream().flatMap(ofView);
    }

    private static List<@Nullable String> viewRow(View view, Object... values) {
        List<@Nullable String> row = row(view.name().schema(), view.name().table());
        row.addAll(row(values));
        return row;
    }

    /**
     * Reads the views.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static Views read(Connection connection) throws SQLException {
        Map<TableName, SortedMap<Integer, ViewColumn>> columns = new HashMap<>();
        String allColumns = "SELECT view_schema, view_name, ordinal, column_name, column_type FROM view_column";
        query(
                connection,
                allColumns,
                row -> columns.computeIfAbsent(view(row), key -> new TreeMap<>())
                        .put(Integer.valueOf(row.getString(3)), new ViewColumn(name(row, 4), row.getString(5))));
        Map<TableName, Map<TableName, Set<Name>>> reads = new HashMap<>();
        String allReads = "SELECT view_schema, view_name, table_schema, table_name, column_name FROM view_reads";
        query(connection, allReads, row -> {
            Set<Name> read = reads.computeIfAbsent(view(row), key -> new HashMap<>())
                    .computeIfAbsent(new TableName(name(row, 3), name(row, 4)), key -> new HashSet<>());
            if (!row.getString(5).equals(ITSELF)) {
                read.add(name(row, 5));
            }
        });
        Map<TableName, Set<Name>> values = new HashMap<>();
        String allValues = "SELECT view_schema, view_name, context_value FROM view_context_value";
        query(
                connection,
                allValues,
                row -> values.computeIfAbsent(view(row), key -> new HashSet<>()).add(name(row, 3)));
        List<View> views = new ArrayList<>();
        query(connection, "SELECT view_schema, view_name, query_text FROM stored_view", row -> {
            TableName name = view(row);
            views.add(new View(
                    name,
                    List.copyOf(columns.getOrDefault(name, new TreeMap<>()).values()),
                    row.getString(3),
                    reads.getOrDefault(name, Map.of()),
                    values.getOrDefault(name, Set.of())));
        });
        return new Views(views);
    }

    private static TableName view(ResultSet row) throws SQLException {
        return new TableName(name(row, 1), name(row, 2));
    }
}
