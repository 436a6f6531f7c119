package io.icespar.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.SecuredScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Writes what a restriction demands over a reference as a join with the keys of the visible rows, each once, where a table is
 * joined with others. It is the same, but DuckDB guesses how many rows a semi-join leaves so badly that it then joins
 * what has nothing to do with each other first: a query of the Star Schema Benchmark over 0.6 million rows took minutes.
 */
final class JoinedKeys {
    private JoinedKeys() {}

    /** A fence, with the semi-joins of each of the tables that it joins as joins. */
    static RelNode in(Fence fence) {
        return JoinRegion.of(fence.getInput())
                .<RelNode>map(region -> fence.copy(
                        fence.getTraitSet(),
                        List.of(region.over(
                                region.leaves().stream().map(JoinedKeys::leaf).toList()))))
                .orElse(fence);
    }

    private static RelNode leaf(RelNode leaf) {
        return leaf instanceof Fence fence && JoinRegion.table(fence).isPresent()
                ? fence.copy(fence.getTraitSet(), List.of(rows(fence.getInput())))
                : leaf;
    }

    private static RelNode rows(RelNode rows) {
        if (!(rows instanceof Filter filter)) {
            return rows;
        }
        if (!(filter.getInput() instanceof SecuredScan scan)) {
            return filter.copy(filter.getTraitSet(), List.of(rows(filter.getInput())));
        }
        List<RexNode> rest = new ArrayList<>();
        List<RexSubQuery> semiJoins = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            if (conjunct instanceof RexSubQuery subQuery
                    && subQuery.getKind() == SqlKind.IN
                    && RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty()) {
                semiJoins.add(subQuery);
            } else {
                rest.add(conjunct);
            }
        }
        if (semiJoins.isEmpty()) {
            return rows;
        }
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        RelNode joined = rest.isEmpty()
                ? scan
                : LogicalFilter.create(
                        scan,
                        RexUtil.composeConjunction(rexBuilder, rest),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
        for (RexSubQuery semiJoin : semiJoins) {
            joined = joined(joined, semiJoin, rexBuilder);
        }
        RelNode all = joined;
        return LogicalProject.create(
                all,
                List.of(),
                scan.getRowType().getFieldList().stream()
                        .map(field -> rexBuilder.makeInputRef(all, field.getIndex()))
                        .toList(),
                scan.getRowType().getFieldNames(),
                Set.of());
    }

    private static RelNode joined(RelNode rows, RexSubQuery semiJoin, RexBuilder rexBuilder) {
        RelNode keys = VisibleKeys.of(LogicalAggregate.create(
                semiJoin.rel,
                List.of(),
                ImmutableBitSet.range(semiJoin.rel.getRowType().getFieldCount()),
                null,
                List.of()));
        int first = rows.getRowType().getFieldCount();
        List<RexNode> equalities = new ArrayList<>();
        for (int i = 0; i < semiJoin.getOperands().size(); i++) {
            equalities.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    semiJoin.getOperands().get(i),
                    rexBuilder.makeInputRef(
                            keys.getRowType().getFieldList().get(i).getType(), first + i)));
        }
        return LogicalJoin.create(
                rows, keys, List.of(), RexUtil.composeConjunction(rexBuilder, equalities), Set.of(), JoinRelType.INNER);
    }
}
