package io.icespar.engine.secure;

import io.icespar.engine.sql.ValidatedQuery;
import org.apache.calcite.rel.RelNode;

/**
 * A query in which every scan was turned into what its caller may see.
 *
 * <p>INVARIANT: the tree holds no {@code RestrictedScan}, and every {@link SecuredScan} of a restricted table is
 * directly under the condition that the rights demand.
 */
public final class SecuredQuery {
    private final ValidatedQuery query;
    private final RelNode tree;
    private final Rights rights;

    SecuredQuery(ValidatedQuery query, RelNode tree, Rights rights) {
        this.query = query;
        this.tree = tree;
        this.rights = rights;
    }

    /** The query as it was written; its own tree is not secured. */
    public ValidatedQuery query() {
        return query;
    }

    /** The secured tree, with the same fields as the query's own. */
    public RelNode tree() {
        return tree;
    }

    /** What the caller may see. */
    public Rights rights() {
        return rights;
    }
}
