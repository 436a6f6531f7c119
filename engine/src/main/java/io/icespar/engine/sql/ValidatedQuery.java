package io.icespar.engine.sql;

import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * A query whose names and types are resolved, as a tree over {@code RestrictedScan}s. It cannot be run: the next stage
 * is {@code SecuredQuery}.
 */
public final class ValidatedQuery {
    private final RelRoot root;
    private final List<Optional<TableName>> origins;
    private final List<RelDataTypeField> parameters;
    private final List<String> notes;

    ValidatedQuery(
            RelRoot root, List<Optional<TableName>> origins, List<RelDataTypeField> parameters, List<String> notes) {
        this.root = root;
        this.origins = List.copyOf(origins);
        this.parameters = List.copyOf(parameters);
        this.notes = List.copyOf(notes);
    }

    /** The same query, with another tree of the same fields. */
    ValidatedQuery withRel(RelNode rel) {
        return new ValidatedQuery(root.withRel(rel), origins, parameters, notes);
    }

    /** The relational tree, and which of its fields the query gives under which names. */
    public RelRoot root() {
        return root;
    }

    /** For each field of the answer the table whose column it is, unchanged; empty if it is computed. */
    public List<Optional<TableName>> origins() {
        return origins;
    }

    /** The type of each parameter, in order. */
    public List<RelDataTypeField> parameters() {
        return parameters;
    }

    /** What who asks should know of how the query was understood, as sentences without their ends. */
    public List<String> notes() {
        return notes;
    }
}
