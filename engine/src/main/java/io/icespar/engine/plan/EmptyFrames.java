package io.icespar.engine.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexWindowExclusion;

/**
 * Whether a query has windows of which a row may find nothing, though Calcite (1.42) derives that what is found there is
 * never absent: those with {@code EXCLUDE}.
 */
final class EmptyFrames extends RexShuttle {
    private boolean found;

    private EmptyFrames() {}

    static boolean in(RelNode root) {
        EmptyFrames search = new EmptyFrames();
        search.visit(root);
        return search.found;
    }

    private void visit(RelNode root) {
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                other.accept(EmptyFrames.this);
                return super.visit(other);
            }
        });
    }

    @Override
    public RexNode visitOver(RexOver over) {
        found |= over.getWindow().getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER;
        return over;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        visit(subQuery.rel);
        return super.visitSubQuery(subQuery);
    }
}
