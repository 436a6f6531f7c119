package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.SecuredScan;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The keys that a restriction looks a table's rows up in. They depend on no row outside, so that a backend may keep them from
 * one query to the next: which rows of {@code lineitem} may be seen is found by their orders, and which orders by their
 * customers, and where a query reads little, this is most of the work.
 */
final class VisibleKeys extends SingleRel {
    private VisibleKeys(RelNode input) {
        super(input.getCluster(), input.getTraitSet(), input);
    }

    /**
     * Marks keys, if they are worth to be kept: a list of a caller's own is at hand anyway. What has no type is given
     * another one where it is kept.
     */
    static RelNode of(RelNode keys) {
        boolean haveTypes = keys.getRowType().getFieldList().stream()
                .noneMatch(field -> field.getType().getSqlTypeName() == SqlTypeName.NULL);
        return haveTypes && FailingParts.readsTable(keys) ? new VisibleKeys(keys) : keys;
    }

    /** The visible rows of a table, with the keys marked that their restrictions look them up in. */
    static RelNode in(Fence visibleRows) {
        return visibleRows.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                // What is kept is the whole: nothing in it is kept once more.
                if (other instanceof VisibleKeys) {
                    return other;
                }
                return other instanceof Filter filter && filter.getInput() instanceof SecuredScan
                        ? filter.accept(new Marking())
                        : super.visit(other);
            }
        });
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new VisibleKeys(sole(inputs));
    }

    /** Marks the outermost ones only. */
    private static final class Marking extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            boolean isAlone = subQuery.getKind() == SqlKind.IN
                    && RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty();
            return isAlone ? subQuery.clone(of(subQuery.rel)) : subQuery;
        }
    }
}
