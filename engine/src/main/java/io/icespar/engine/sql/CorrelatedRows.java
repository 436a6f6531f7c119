package io.icespar.engine.sql;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Says {@code (a, b) IN (SELECT c, d …)} as {@code TRUE IN (SELECT a = c AND b = d …)} where the sub-query reads rows around
 * it, since DuckDB (1.5) looks up only one column then. Both are true if one comparison is, and else unknown if one is.
 */
final class CorrelatedRows extends RexShuttle {
    private final RexBuilder rexBuilder;
    private final RexNode row;

    private CorrelatedRows(RexBuilder rexBuilder, RexNode row) {
        this.rexBuilder = rexBuilder;
        this.row = row;
    }

    /**
     * The node without such sub-queries in its own expressions.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if there is one where a row around it cannot be named
     */
    static RelNode in(RelNode node) {
        var search = new Search();
        node.accept(search);
        if (!search.found) {
            return node;
        }
        if (node.getInputs().size() != 1 || search.ofWindow) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "a row of several values, `IN` a sub-query that reads rows around it, is not supported here");
        }
        RelNode input = node.getInput(0);
        RexBuilder rexBuilder = node.getCluster().getRexBuilder();
        CorrelationId id = node.getCluster().createCorrel();
        var shuttle = new CorrelatedRows(rexBuilder, rexBuilder.makeCorrel(input.getRowType(), id));
        ImmutableSet<CorrelationId> ids = ImmutableSet.<CorrelationId>builder()
                .addAll(node.getVariablesSet())
                .add(id)
                .build();
        if (node instanceof Filter filter) {
            return LogicalFilter.create(input, filter.getCondition().accept(shuttle), ids);
        }
        Project project = (Project) node;
        return LogicalProject.create(
                input, project.getHints(), shuttle.apply(project.getProjects()), project.getRowType(), ids);
    }

    private static boolean is(RexSubQuery subQuery) {
        return subQuery.getKind() == SqlKind.IN
                && subQuery.getOperands().size() > 1
                && !RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty();
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        if (!is(subQuery)) {
            return super.visitSubQuery(subQuery);
        }
        List<RexNode> comparisons = new ArrayList<>();
        for (int i = 0; i < subQuery.getOperands().size(); i++) {
            comparisons.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    around(subQuery.getOperands().get(i)),
                    rexBuilder.makeInputRef(subQuery.rel, i)));
        }
        RelNode compared = LogicalProject.create(
                subQuery.rel,
                List.of(),
                List.of(RexUtil.composeConjunction(rexBuilder, comparisons)),
                List.of("found"),
                Set.of());
        return RexSubQuery.in(compared, ImmutableList.of(rexBuilder.makeLiteral(true)));
    }

    /** The expression as it is said of a row around. */
    private RexNode around(RexNode expression) {
        return expression.accept(this).accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return rexBuilder.makeFieldAccess(row, reference.getIndex());
            }
        });
    }

    private static final class Search extends RexShuttle {
        private boolean found;
        private boolean ofWindow;

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            if (is(subQuery)) {
                found = true;
                ofWindow |= RexOver.containsOver(subQuery.getOperands(), null);
            }
            return super.visitSubQuery(subQuery);
        }
    }
}
