package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.secure.SubQueries;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlString;

/** Writes a plan as the one text of a backend's dialect. */
final class BackendText {
    private static final String NO_LIMIT = Long.toString(Long.MAX_VALUE);

    private static final Set<Class<? extends RelNode>> KNOWN = Set.of(
            Aggregate.class,
            Correlate.class,
            Fence.class,
            Filter.class,
            Intersect.class,
            Join.class,
            Minus.class,
            Project.class,
            SecuredScan.class,
            Sort.class,
            Union.class,
            Values.class);

    private static final Set<SqlKind> KNOWN_SUB_QUERIES =
            Set.of(SqlKind.IN, SqlKind.EXISTS, SqlKind.SOME, SqlKind.SCALAR_QUERY);

    // Division of whole numbers gives a whole number; in DuckDB that is another operator.
    private static final SqlOperator WHOLE_DIVISION = new SqlBinaryOperator(
            "//",
            SqlKind.OTHER,
            60,
            true,
            ReturnTypes.QUOTIENT_NULLABLE,
            InferTypes.FIRST_KNOWN,
            OperandTypes.DIVISION_OPERATOR);

    private BackendText() {}

    /**
     * The text, and which parameter each of its question marks stands for.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if the plan holds what the backend has no words for
     */
    static SqlString write(RelNode plan, SqlDialect dialect) {
        Writer writer = new Writer(dialect);
        SqlNode statement = writer.visitRoot(prepare(plan)).asStatement();
        SqlString text = statement.toSqlString(config -> config.withDialect(dialect)
                .withAlwaysUseParentheses(false)
                .withSelectListItemsOnSeparateLines(false)
                .withUpdateSetListNewline(false)
                .withIndentation(0));
        if (text.getSql().indexOf('\0') >= 0) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a text or name with a NUL character is not supported");
        }
        return text;
    }

    private static RelNode prepare(RelNode root) {
        RexBuilder rexBuilder = root.getCluster().getRexBuilder();
        RexShuttle expressions = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                if (!KNOWN_SUB_QUERIES.contains(subQuery.getKind())) {
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a sub-query of kind `" + subQuery.getOperator().getName() + "` is not supported");
                }
                return super.visitSubQuery(subQuery);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                // Written without parentheses, to DuckDB it would be the name of a column.
                if (call.getOperator().getSyntax() == SqlSyntax.FUNCTION_ID) {
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "`" + call.getOperator().getName() + "` is not supported");
                }
                RexCall visited = (RexCall) super.visitCall(call);
                boolean whole = visited.getKind() == SqlKind.DIVIDE
                        && visited.getOperands().stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()));
                return whole ? rexBuilder.makeCall(visited.getType(), WHOLE_DIVISION, visited.getOperands()) : visited;
            }
        };
        RelNode prepared = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (KNOWN.stream().noneMatch(known -> known.isInstance(other))) {
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "`" + other.getRelTypeName().replace("Logical", "") + "` is not supported");
                }
                RelNode visited = super.visit(other);
                if (visited instanceof Fence fence && !fence.isClosed()) {
                    return fence.getInput();
                }
                return withNamedInput(visited).accept(expressions);
            }
        });
        return SubQueries.rewrite(prepared, BackendText::prepare);
    }

    // Calcite loses the name by which a sub-query refers to a row of an aggregate; a derived table keeps it.
    private static RelNode withNamedInput(RelNode rel) {
        if (rel.getVariablesSet().isEmpty() || !(rel instanceof Project || rel instanceof Filter)) {
            return rel;
        }
        RelNode input = rel.getInput(0);
        boolean aggregated = input instanceof Aggregate
                || (input instanceof Filter filter && filter.getInput() instanceof Aggregate);
        return aggregated ? rel.copy(rel.getTraitSet(), List.of(Fence.closed(input))) : rel;
    }

    private static final class Writer extends RelToSqlConverter {
        Writer(SqlDialect dialect) {
            super(dialect);
        }

        @Override
        protected Result dispatch(RelNode e) {
            if (e instanceof Fence fence) {
                return fenced(fence);
            }
            return e instanceof Correlate correlate ? correlated(correlate) : super.dispatch(e);
        }

        // Calcite's own (1.42) names the right side's columns after what it reads, and makes every join an inner one.
        private Result correlated(Correlate e) {
            Result left = visitInput(e, 0)
                    .resetAlias(e.getCorrelVariable(), e.getLeft().getRowType());
            correlTableMap.put(e.getCorrelationId(), left.qualifiedContext());
            Result right = visitInput(e, 1).resetAlias();
            boolean outer = switch (e.getJoinType()) {
                case INNER -> false;
                case LEFT -> true;
                default ->
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a lateral join of kind `" + e.getJoinType() + "` is not supported");
            };
            SqlNode join = new SqlJoin(
                    SqlParserPos.ZERO,
                    left.asFrom(),
                    SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
                    (outer ? JoinType.LEFT : JoinType.CROSS).symbol(SqlParserPos.ZERO),
                    lateral((SqlCall) right.asFrom()),
                    (outer ? JoinConditionType.ON : JoinConditionType.NONE).symbol(SqlParserPos.ZERO),
                    outer ? SqlLiteral.createBoolean(true, SqlParserPos.ZERO) : null);
            return result(join, left, right);
        }

        /** From {@code query AS name} to {@code LATERAL query AS name}. */
        private static SqlNode lateral(SqlCall named) {
            List<SqlNode> operands = new ArrayList<>(named.getOperandList());
            operands.set(0, SqlStdOperatorTable.LATERAL.createCall(SqlParserPos.ZERO, operands.get(0)));
            return named.getOperator().createCall(SqlParserPos.ZERO, operands);
        }

        // No optimiser may move a condition below a limit, whatever its number: rows would be other ones.
        private Result fenced(Fence fence) {
            Result input = visitInput(fence, 0, Clause.FETCH);
            Builder builder = input.builder(fence);
            builder.setFetch(SqlLiteral.createExactNumeric(NO_LIMIT, SqlParserPos.ZERO));
            return builder.result();
        }
    }
}
