package io.icespar.engine.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's conversion, with lists of values ({@code x IN (1, 2)}) wherever a query that groups may have them: Calcite (1.42)
 * prepares those of the columns and of {@code HAVING} only, not those of {@code ORDER BY}, {@code QUALIFY} and {@code PIVOT},
 * nor those in an aggregate beneath a window, and then does not know them.
 */
final class GroupedLists extends SqlToRelConverter {
    private static final Set<SqlKind> LISTED = Set.of(SqlKind.IN, SqlKind.NOT_IN, SqlKind.SOME, SqlKind.ALL);

    /** Of the queries that are being grouped, one within the other. */
    private final Set<SqlValidatorScope> grouped = new HashSet<>();

    GroupedLists(
            RelOptTable.ViewExpander views,
            SqlValidator validator,
            Prepare.CatalogReader reader,
            RelOptCluster cluster,
            Config config) {
        super(views, validator, reader, cluster, EngineConvertlets.INSTANCE, config);
    }

    @Override
    protected void convertAgg(Blackboard query, SqlSelect select, List<SqlNode> order, List<SqlNode> qualify) {
        grouped.add(query.scope);
        super.convertAgg(query, select, order, qualify);
        grouped.remove(query.scope);
    }

    @Override
    protected void convertPivot(Blackboard query, SqlPivot pivot) {
        grouped.add(Objects.requireNonNull(validator).getJoinScope(pivot));
        super.convertPivot(query, pivot);
    }

    @Override
    protected @Nullable RexNode convertExtendedExpression(SqlNode node, Blackboard query) {
        return grouped.contains(query.scope)
                        && node instanceof SqlCall call
                        && LISTED.contains(call.getKind())
                        && call.operand(1) instanceof SqlNodeList values
                        && !isArray(call, query)
                ? compared(call, values, query)
                : null;
    }

    // `x = ANY (array)` has the array as a list of one, and is known everywhere.
    private boolean isArray(SqlCall call, Blackboard query) {
        return call.getOperator() instanceof SqlQuantifyOperator quantified
                && quantified.tryDeriveTypeForCollection(Objects.requireNonNull(validator), query.scope, call) != null;
    }

    private RexNode compared(SqlCall call, SqlNodeList values, Blackboard query) {
        SqlOperator comparison = call.getOperator() instanceof SqlQuantifyOperator quantified
                ? RelOptUtil.op(quantified.comparisonKind, SqlStdOperatorTable.EQUALS)
                : SqlStdOperatorTable.EQUALS;
        List<RexNode> comparisons = values.stream()
                .map(value -> query.convertExpression(
                        comparison.createCall(value.getParserPosition(), call.operand(0), value)))
                .toList();
        if (call.getKind() == SqlKind.ALL) {
            return RexUtil.composeConjunction(rexBuilder, comparisons);
        }
        RexNode any = RexUtil.composeDisjunction(rexBuilder, comparisons);
        return call.getKind() == SqlKind.NOT_IN ? rexBuilder.makeCall(SqlStdOperatorTable.NOT, any) : any;
    }
}
