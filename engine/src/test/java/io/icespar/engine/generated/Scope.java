package io.icespar.engine.generated;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns that an expression can name.
 *
 * @param fields those of its own query
 * @param outer those of the queries around it
 */
record Scope(List<Field> fields, List<Field> outer) {
    static final Scope EMPTY = new Scope(List.of(), List.of());

    /** Checks and copies. */
    Scope {
        fields = List.copyOf(fields);
        outer = List.copyOf(outer);
    }

    List<Field> of(Kind kind) {
        return fields.stream().filter(field -> field.kind() == kind).toList();
    }

    /** For what stands beside these. */
    Scope and(List<Field> more) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(more);
        return new Scope(all, outer);
    }

    /** For a query that stands in an expression here. */
    Scope inside() {
        List<Field> all = new ArrayList<>(outer);
        all.addAll(fields);
        return new Scope(List.of(), all);
    }
}
