package io.icespar.engine.sql;

import java.util.List;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * A query whose names and types are resolved, as a tree over {@code RestrictedScan}s. It cannot be run: the next stage
 * is {@code SecuredQuery}.
 */
public final class ValidatedQuery {
    private final RelRoot root;
    private final List<RelDataTypeField> parameters;

    ValidatedQuery(RelRoot root, List<RelDataTypeField> parameters) {
        this.root = root;
        this.parameters = List.copyOf(parameters);
    }

    /** The relational tree, and which of its fields the query gives under which names. */
    public RelRoot root() {
        return root;
    }

    /** The type of each parameter, in order. */
    public List<RelDataTypeField> parameters() {
        return parameters;
    }
}
