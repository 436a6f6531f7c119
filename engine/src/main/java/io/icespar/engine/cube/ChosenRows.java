package io.icespar.engine.cube;

import io.icespar.engine.cube.CompiledMeasure.Lifted;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows of one cube as a query has chosen them and computed columns of them, each there once; and where their fields come
 * from.
 *
 * @param rows the rows
 * @param scan the cube
 */
record ChosenRows(RelNode rows, CubeScan scan) {

    /**
     * Rows of a cube.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if they are not of one cube alone
     */
    static ChosenRows of(RelNode rows) {
        RelNode rel = rows;
        while (rel instanceof Project || rel instanceof Filter) {
            rel = rel.getInput(0);
        }
        if (rel instanceof CubeScan scan) {
            return new ChosenRows(rows, scan);
        }
        throw new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a measure is aggregated over the rows of its cube alone, for a join could repeat them:"
                        + " aggregate it in a sub-query, and join what that gives");
    }

    private static RexNode origin(RelNode rows, int field) {
        if (rows instanceof Project project) {
            RexNode expression = project.getProjects().get(field);
            return expression instanceof RexInputRef reference
                    ? origin(project.getInput(), reference.getIndex())
                    : expression;
        }
        return rows instanceof Filter filter
                ? origin(filter.getInput(), field)
                : rows.getCluster().getRexBuilder().makeInputRef(rows, field);
    }

    /** The fields of the cube that a field of the rows is computed from. */
    ImmutableBitSet cubeFields(int field) {
        return cubeFields(rows, field);
    }

    private static ImmutableBitSet cubeFields(RelNode rows, int field) {
        if (rows instanceof Project project) {
            if (RexUtil.SubQueryFinder.find(project.getProjects().get(field)) != null) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "`AT (ALL …)` does not go together with a sub-query that is grouped by: compute it in a sub-query"
                                + " in `FROM`, and group there");
            }
            ImmutableBitSet fields = ImmutableBitSet.of();
            for (int input : RelOptUtil.InputFinder.bits(project.getProjects().get(field))) {
                fields = fields.union(cubeFields(project.getInput(), input));
            }
            return fields;
        }
        return rows instanceof Filter filter ? cubeFields(filter.getInput(), field) : ImmutableBitSet.of(field);
    }

    private Optional<CubeField> find(RexNode origin) {
        return origin instanceof RexInputRef reference
                ? Optional.of(scan.shape().fields().get(reference.getIndex()))
                : Optional.empty();
    }

    /** The measure that a call aggregates. */
    CubeField.OfMeasure measure(AggregateCall call) {
        if (find(origin(rows, call.getArgList().get(0))).orElse(null) instanceof CubeField.OfMeasure measure) {
            return measure;
        }
        throw new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "`AGGREGATE` takes a measure of a cube that is named in the same query");
    }

    /** Over which levels a call lifts its measure. */
    Lifted lifted(AggregateCall call) {
        Lifted lifted = Lifted.NOTHING;
        for (int operand : call.getArgList().subList(1, call.getArgList().size())) {
            RexNode origin = origin(rows, operand);
            if (origin instanceof RexLiteral) {
                lifted = lifted.union(Lifted.ALL);
            } else if (find(origin).orElse(null) instanceof CubeField.OfRows level) {
                lifted = lifted.union(new Lifted(ImmutableBitSet.of(level.column()), false));
            } else {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT, "`AT (ALL …)` names levels of the measure's cube");
            }
        }
        return lifted;
    }

    /** A field of the rows as an expression over the columns of the cube's tree. */
    RexNode overTree(int field) {
        RelNode rel = rows;
        RexNode expression = rel.getCluster().getRexBuilder().makeInputRef(rel, field);
        while (rel instanceof Project project) {
            expression = RelOptUtil.pushPastProject(expression, project);
            rel = project.getInput();
        }
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                CubeField origin = scan.shape().fields().get(reference.getIndex());
                if (origin instanceof CubeField.OfRows column) {
                    return new RexInputRef(column.column(), reference.getType());
                }
                throw CubeExpansion.notAggregated(origin.name());
            }
        });
    }
}
