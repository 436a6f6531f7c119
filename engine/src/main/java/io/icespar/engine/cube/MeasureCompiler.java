package io.icespar.engine.cube;

import io.icespar.engine.cube.CompiledMeasure.Lifted;
import io.icespar.engine.cube.CompiledMeasure.OrderKey;
import io.icespar.engine.cube.CompiledMeasure.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** From the definition of a measure to what a backend can compute. */
public final class MeasureCompiler {
    private MeasureCompiler() {}

    /**
     * What the definition of a measure means.
     *
     * @param definition a query that gives nothing but the measure, over all rows of its cube's tree
     * @param types to make expressions with
     * @return empty if it aggregates nothing
     */
    public static Optional<CompiledMeasure> compile(RelNode definition, RexBuilder types) {
        RelNode rel = definition;
        RexNode result = types.makeInputRef(rel, 0);
        while (rel instanceof Project project) {
            result = RelOptUtil.pushPastProject(result, project);
            rel = project.getInput();
        }
        if (!(rel instanceof Aggregate aggregate) || aggregate.getGroupCount() > 0) {
            return Optional.empty();
        }
        ChosenRows rows = ChosenRows.of(aggregate.getInput());
        List<Part> parts = new ArrayList<>();
        List<RexNode> results = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Optional<RexNode> filter =
                    call.filterArg < 0 ? Optional.empty() : Optional.of(rows.overTree(call.filterArg));
            if (CubeExpansion.isOfMeasure(call)) {
                int first = parts.size();
                CompiledMeasure inner = rows.measure(call).compiled();
                Lifted lifted = rows.lifted(call);
                for (Part part : inner.aggregates()) {
                    parts.add(part.with(
                            and(part.filter(), filter, types), part.lifted().union(lifted)));
                }
                results.add(types.makeAbstractCast(call.getType(), RexUtil.shift(inner.result(), first), false));
            } else {
                results.add(types.makeInputRef(call.getType(), parts.size()));
                parts.add(new Part(
                        call.getAggregation(),
                        call.isDistinct(),
                        call.isApproximate(),
                        call.ignoreNulls(),
                        call.getArgList().stream()
                                .map(operand -> rows.overTree(operand))
                                .toList(),
                        filter,
                        call.getCollation().getFieldCollations().stream()
                                .map(key -> new OrderKey(
                                        rows.overTree(key.getFieldIndex()), key.direction, key.nullDirection))
                                .toList(),
                        Lifted.NOTHING));
            }
        }
        RexNode composed = result.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return results.get(reference.getIndex());
            }
        });
        return Optional.of(new CompiledMeasure(parts, composed));
    }

    private static Optional<RexNode> and(Optional<RexNode> left, Optional<RexNode> right, RexBuilder types) {
        return left.isEmpty() || right.isEmpty()
                ? left.or(() -> right)
                : Optional.of(types.makeCall(SqlStdOperatorTable.AND, left.get(), right.get()));
    }
}
