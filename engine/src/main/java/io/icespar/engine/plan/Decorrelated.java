package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Sub-queries that refer to a row outside as joins with what they give for all rows, which is what a backend makes of them
 * too. Only to find out what of it can fail: queries run as they were written.
 */
final class Decorrelated {
    private static final HepProgram PROGRAM = HepProgram.builder()
            .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
            .addRuleInstance(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE)
            .addRuleInstance(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)
            .build();

    private static final AggregateCall ROWS = AggregateCall.create(
            SqlParserPos.ZERO,
            SqlStdOperatorTable.COUNT,
            false,
            false,
            false,
            List.of(),
            List.of(),
            -1,
            null,
            RelCollations.EMPTY,
            new BasicSqlType(RelDataTypeSystem.DEFAULT, SqlTypeName.BIGINT),
            "n");

    /** Calcite (1.42) makes of the rows outside two copies for each reference, one of which has all the others in it. */
    private static final int MAX_REFERENCES = 8;

    /** What is put apart: it refers to nothing outside of it, and stays as it is. */
    private final List<RelNode> closed = new ArrayList<>();

    private Decorrelated() {}

    /** As {@link #of(RelNode)}, of a node that computes but this one of its sub-queries. */
    static Optional<RelNode> of(RelNode node, RexSubQuery subQuery) {
        if (node instanceof Project project) {
            return of(LogicalProject.create(
                    project.getInput(), List.of(), List.of(subQuery), (List<String>) null, project.getVariablesSet()));
        }
        if (node instanceof Filter filter) {
            return of(filter.copy(
                    filter.getTraitSet(), filter.getInput(), condition(filter, filter.getCondition(), subQuery)));
        }
        if (node instanceof Join join) {
            return of(join.copy(
                    join.getTraitSet(),
                    condition(join, join.getCondition(), subQuery),
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone()));
        }
        return of(node);
    }

    /** What there is of a condition without other sub-queries that refer to a row outside, and this one. */
    private static RexNode condition(RelNode node, RexNode condition, RexSubQuery subQuery) {
        RexBuilder builder = node.getCluster().getRexBuilder();
        List<RexNode> conditions = new ArrayList<>(RelOptUtil.conjunctions(condition));
        conditions.removeIf(each -> FailingParts.subQueries(each).stream().anyMatch(FailingParts::isCorrelated));
        conditions.add(
                SqlTypeUtil.inBooleanFamily(subQuery.getType())
                        ? subQuery
                        : builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, subQuery));
        return RexUtil.composeConjunction(builder, conditions);
    }

    /**
     * The same without references to rows outside; empty if they cannot all be done without.
     *
     * @throws IcesparException {@code LIMIT_REACHED} if there are too many
     */
    static Optional<RelNode> of(RelNode node) {
        try {
            return new Decorrelated().decorrelated(node);
        } catch (IcesparException e) {
            // There are too many, or nobody waits for it any more.
            throw e;
        } catch (RuntimeException | AssertionError e) {
            // Calcite cannot do it.
            return Optional.empty();
        }
    }

    private Optional<RelNode> decorrelated(RelNode node) {
        RelNode rows = node.copy(
                node.getTraitSet(),
                node.getInputs().stream()
                        .map(input -> RelOptUtil.getVariablesUsed(input).isEmpty() ? apart(input) : input)
                        .toList());
        var planner = new HepPlanner(PROGRAM);
        // Calcite demands that columns stay nullable or not, and does not keep it so itself: there is one that does not
        // mind.
        planner.setRoot(
                LogicalAggregate.create(withoutFences(rows), List.of(), ImmutableBitSet.of(), null, List.of(ROWS)));
        RelNode correlated = planner.findBestExp();
        if (references(correlated) > MAX_REFERENCES) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "a sub-query that refers to a row outside, and can fail, has more than " + (MAX_REFERENCES - 1)
                            + " in it");
        }
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(node.getCluster(), null);
        RelNode joined = RelDecorrelator.decorrelateQuery(correlated, builder);
        return FailingParts.has(each -> refersOutside(each) || comparesUnlikeTypes(each), joined)
                ? Optional.empty()
                : Optional.of(withRowsBack(joined));
    }

    private static int references(RelNode node) {
        return (node instanceof Correlate ? 1 : 0)
                + node.getInputs().stream().mapToInt(Decorrelated::references).sum();
    }

    private RelNode apart(RelNode rows) {
        closed.add(rows);
        return new Rows(rows, closed.size() - 1);
    }

    // Where a row is looked up among constants, Calcite (1.42) may compare another column with them.
    private static boolean comparesUnlikeTypes(RelNode node) {
        return FailingParts.hasCall(
                call -> call.isA(SqlKind.COMPARISON)
                        && !SqlTypeUtil.inSameFamilyOrNull(
                                call.getOperands().get(0).getType(),
                                call.getOperands().get(1).getType()),
                node);
    }

    private static boolean refersOutside(RelNode node) {
        return node instanceof Correlate || !RelOptUtil.getVariablesUsed(node).isEmpty();
    }

    private RelNode withoutFences(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Fence || other instanceof Mask) {
                    return apart(other);
                }
                return SubQueries.rewriteOwn(super.visit(other), Decorrelated.this::withoutFences);
            }
        });
    }

    private RelNode withRowsBack(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Rows rows) {
                    return closed.get(rows.number);
                }
                RelNode visited = SubQueries.rewriteOwn(super.visit(other), Decorrelated.this::withRowsBack);
                return visited instanceof Aggregate aggregate ? withLiterals(withAnyValue(aggregate)) : visited;
            }
        });
    }

    // Calcite has a function that gives the same for each group, which nothing else knows.
    private static RelNode withLiterals(Aggregate aggregate) {
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(call -> call.getAggregation().getKind() != SqlKind.LITERAL_AGG)
                .toList();
        if (calls.size() == aggregate.getAggCallList().size()) {
            return aggregate;
        }
        RexBuilder builder = aggregate.getCluster().getRexBuilder();
        RelNode groups = aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls);
        List<RexNode> columns = new ArrayList<>(builder.identityProjects(groups.getRowType()));
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            AggregateCall call = aggregate.getAggCallList().get(i);
            if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
                columns.add(aggregate.getGroupCount() + i, call.rexList.get(0));
            }
        }
        return LogicalProject.create(
                groups, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
    }

    // That a sub-query gives one row for each row outside is for the backend to see when it comes to that row.
    private static Aggregate withAnyValue(Aggregate aggregate) {
        return aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                aggregate.getAggCallList().stream()
                        .map(call -> call.getAggregation().getKind() == SqlKind.SINGLE_VALUE
                                ? AggregateCall.create(
                                        call.getParserPosition(),
                                        SqlStdOperatorTable.ANY_VALUE,
                                        false,
                                        false,
                                        false,
                                        call.rexList,
                                        call.getArgList(),
                                        call.filterArg,
                                        call.distinctKeys,
                                        call.getCollation(),
                                        call.getType(),
                                        call.getName())
                                : call)
                        .toList());
    }

    /** In the place of what is put apart. */
    private static final class Rows extends AbstractRelNode {
        private final int number;

        Rows(RelNode rows, int number) {
            super(rows.getCluster(), rows.getTraitSet());
            this.rowType = rows.getRowType();
            this.number = number;
        }

        @Override
        public RelWriter explainTerms(RelWriter writer) {
            return super.explainTerms(writer).item("number", number);
        }
    }
}
