package io.icespar.engine.sql;

import io.icespar.engine.tree.FlatConditions;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Says comparisons of rows as those of their values, one after the other, which is what the standard means by them and
 * backends mean something else by where a value is absent; and comparisons with any or all elements of an array.
 */
final class RowComparisons extends RexShuttle {
    private final RexBuilder rexBuilder;

    private RowComparisons(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /**
     * The tree without comparisons of rows, and with those of arrays that are not written in it only.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if rows in rows are compared, {@code DATATYPE_MISMATCH} if
     *     values of different types are
     */
    static RelNode expanded(RelNode root) {
        RexShuttle expressions = new RowComparisons(root.getCluster().getRexBuilder());
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return CorrelatedRows.in(super.visit(other).accept(expressions));
            }
        });
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
        return visited.clone(expanded(visited.rel));
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall visited = (RexCall) super.visitCall(call);
        if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
            return FlatConditions.joined(rexBuilder, call.getOperator(), visited.getOperands());
        }
        if (ArrayComparisons.is(visited)) {
            return ArrayComparisons.expanded(visited, rexBuilder);
        }
        List<RexNode> operands = visited.getOperands();
        if (operands.size() != 2 || !operands.stream().allMatch(RowComparisons::isRow)) {
            return visited;
        }
        List<RexNode> left = values(operands.get(0));
        List<RexNode> right = values(operands.get(1));
        return switch (call.getKind()) {
            case EQUALS -> all(SqlStdOperatorTable.EQUALS, left, right);
            case NOT_EQUALS -> any(SqlStdOperatorTable.NOT_EQUALS, left, right);
            case IS_NOT_DISTINCT_FROM -> all(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, left, right);
            case IS_DISTINCT_FROM -> any(SqlStdOperatorTable.IS_DISTINCT_FROM, left, right);
            case LESS_THAN, LESS_THAN_OR_EQUAL -> ordered(SqlStdOperatorTable.LESS_THAN, call, left, right);
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> ordered(SqlStdOperatorTable.GREATER_THAN, call, left, right);
            default -> visited;
        };
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
        RexNode visited = super.visitFieldAccess(access);
        return visited instanceof RexFieldAccess field && isRow(field.getReferenceExpr())
                ? values(field.getReferenceExpr()).get(field.getField().getIndex())
                : visited;
    }

    private static boolean isRow(RexNode node) {
        return node.isA(SqlKind.ROW)
                || (node.isA(SqlKind.CAST)
                        && isRow(((RexCall) node).getOperands().get(0)));
    }

    private List<RexNode> values(RexNode row) {
        List<RexNode> operands = ((RexCall) row).getOperands();
        if (row.isA(SqlKind.ROW)) {
            return operands;
        }
        List<RexNode> values = values(operands.get(0));
        List<RexNode> converted = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            RelDataType type = row.getType().getFieldList().get(i).getType();
            converted.add(
                    SqlTypeUtil.equalSansNullability(type, values.get(i).getType())
                            ? values.get(i)
                            : rexBuilder.makeAbstractCast(type, values.get(i), false));
        }
        return converted;
    }

    private RexNode all(SqlOperator operator, List<RexNode> left, List<RexNode> right) {
        return RexUtil.composeConjunction(rexBuilder, each(operator, left, right));
    }

    private RexNode any(SqlOperator operator, List<RexNode> left, List<RexNode> right) {
        return RexUtil.composeDisjunction(rexBuilder, each(operator, left, right));
    }

    private List<RexNode> each(SqlOperator operator, List<RexNode> left, List<RexNode> right) {
        List<RexNode> comparisons = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            comparisons.add(compared(operator, left.get(i), right.get(i)));
        }
        return comparisons;
    }

    /** By the first values that differ; {@code comparison} says what is so if none do. */
    private RexNode ordered(SqlOperator strictly, RexCall comparison, List<RexNode> left, List<RexNode> right) {
        int last = left.size() - 1;
        RexNode decided = compared(comparison.getOperator(), left.get(last), right.get(last));
        for (int i = last - 1; i >= 0; i--) {
            decided = rexBuilder.makeCall(
                    SqlStdOperatorTable.OR,
                    compared(strictly, left.get(i), right.get(i)),
                    rexBuilder.makeCall(
                            SqlStdOperatorTable.AND,
                            compared(SqlStdOperatorTable.EQUALS, left.get(i), right.get(i)),
                            decided));
        }
        return decided;
    }

    private RexNode compared(SqlOperator operator, RexNode left, RexNode right) {
        if (left.getType().isStruct() || right.getType().isStruct()) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a comparison of rows that hold rows is not supported");
        }
        if (!areAlike(left.getType(), right.getType())) {
            throw new IcesparException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "rows are compared whose values are of different types, `" + typeName(left) + "` and `"
                            + typeName(right) + "`: write a CAST");
        }
        return rexBuilder.makeCall(operator, left, right);
    }

    private static boolean areAlike(RelDataType left, RelDataType right) {
        return SqlTypeUtil.isNull(left)
                || SqlTypeUtil.isNull(right)
                || (SqlTypeUtil.inCharFamily(left) && SqlTypeUtil.inCharFamily(right))
                || (SqlTypeUtil.isNumeric(left) && SqlTypeUtil.isNumeric(right))
                || left.getSqlTypeName() == right.getSqlTypeName();
    }

    private static String typeName(RexNode node) {
        return node.getType().getSqlTypeName().getName();
    }
}
