package io.icespar.engine;

import io.icespar.engine.catalog.Column;
import io.icespar.security.context.TypedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads paths of members as providers write them: Java values that are to fit the types of columns.
 *
 * @param problems what does not fit is added here
 * @param kind what the elements of a path are of, for the problems
 */
record PathReader(List<String> problems, String kind) {
    /** A backend is not made for conditions of any size. For longer lists there are arrays as context values. */
    private static final int MAX_PATHS = 1000;

    /**
     * Checks that members are granted, and not too many.
     *
     * @param who says so, to begin a problem with
     * @param of what the members are of
     */
    void checkNumber(String who, String of, List<List<Object>> paths) {
        if (paths.isEmpty() || paths.size() > MAX_PATHS) {
            problems.add(who + paths.size() + " members of " + of + " are granted, expected 1 to " + MAX_PATHS);
        }
    }

    /**
     * The paths that fit, which are all unless problems were added.
     *
     * @param columns those of the elements, in order; the others are as above
     */
    List<List<TypedValue>> read(String who, String of, List<Column> columns, List<List<Object>> paths) {
        List<List<TypedValue>> read = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            read(who + "member path " + (i + 1) + " of " + of + " ", columns, paths.get(i))
                    .ifPresent(read::add);
        }
        return read;
    }

    /** The path; empty, with a problem added, if it does not fit. */
    Optional<List<TypedValue>> read(String which, List<Column> columns, List<Object> path) {
        if (path.isEmpty() || path.size() > columns.size()) {
            problems.add(which + "has " + path.size() + " elements, expected 1 to " + columns.size());
            return Optional.empty();
        }
        List<TypedValue> values = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            Column column = columns.get(i);
            Object given = path.get(i);
            Optional<TypedValue> value = column.type().contextType().flatMap(type -> type.convert(given));
            if (value.isEmpty()) {
                problems.add(which + "does not fit " + kind + " `" + column.name() + "`, which is of type `"
                        + column.type() + "`");
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }
}
