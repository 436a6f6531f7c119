package io.icespar.engine.plan;

import io.icespar.engine.secure.ArrayRows;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.tree.SubQueries;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * Tables joined behind a fence, of which a plan asks for the same rows more than once, as the eleventh query of TPC-H does.
 * DuckDB sees by itself that it needs to join them only once, but not through a fence.
 */
final class RepeatedJoin extends SingleRel {
    private RepeatedJoin(RelNode input) {
        super(input.getCluster(), input.getTraitSet(), input);
    }

    /** The plan with those joins marked. */
    static RelNode in(RelNode plan) {
        Set<RelDigest> joins = new HashSet<>();
        Set<RelDigest> repeated = new HashSet<>();
        FailingParts.has(
                node -> {
                    if (node instanceof Fence fence && joinsTables(fence) && !joins.add(fence.getRelDigest())) {
                        repeated.add(fence.getRelDigest());
                    }
                    return false;
                },
                plan);
        return repeated.isEmpty() ? plan : marked(plan, repeated);
    }

    // Nothing but tables: all of it can be computed before anything else. The elements of an array have question marks
    // of
    // their own in each text.
    private static boolean joinsTables(Fence fence) {
        return fence.isClosed()
                && !fence.isOfTable()
                && JoinRegion.of(fence.getInput())
                        .filter(region -> region.leaves().stream()
                                .allMatch(leaf -> JoinRegion.table(leaf).isPresent()))
                        .isPresent()
                && FailingParts.isSameEachTime(fence)
                && !FailingParts.has(ArrayRows.class::isInstance, fence);
    }

    private static RelNode marked(RelNode root, Set<RelDigest> repeated) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof Fence fence && repeated.contains(fence.getRelDigest())
                        ? new RepeatedJoin(fence)
                        : SubQueries.rewriteOwn(super.visit(other), subQuery -> marked(subQuery, repeated));
            }
        });
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new RepeatedJoin(sole(inputs));
    }
}
