package io.icespar.security.view;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A view: a query that goes by a name. Whoever queries it sees what that query shows them, and nothing more.
 *
 * @param name its name, which no table has
 * @param columns its columns, one for each of the query's, in order
 * @param query the query's text, which the engine has checked: each table in it is named with its schema, and {@code *} is
 *     written out, so that it means the same in every session
 * @param reads the tables and views that the query names, with the columns of each that its rows depend on
 * @param contextValues the context values that the query reads
 */
public record View(
        TableName name,
        List<ViewColumn> columns,
        String query,
        Map<TableName, Set<Name>> reads,
        Set<Name> contextValues) {

    /** Checks and copies. */
    public View {
        columns = List.copyOf(columns);
        if (columns.stream().map(ViewColumn::name).distinct().count() != columns.size()) {
            throw new IllegalArgumentException("two columns of a view have one name");
        }
        Map<TableName, Set<Name>> copy = new LinkedHashMap<>();
        reads.forEach((table, names) -> copy.put(table, Collections.unmodifiableSortedSet(new TreeSet<>(names))));
        reads = Collections.unmodifiableMap(copy);
        contextValues = Collections.unmodifiableSortedSet(new TreeSet<>(contextValues));
    }

    /** The names of its columns, in order. */
    public List<Name> columnNames() {
        return columns.stream().map(ViewColumn::name).toList();
    }
}
