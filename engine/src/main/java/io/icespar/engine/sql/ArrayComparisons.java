package io.icespar.engine.sql;

import io.icespar.engine.tree.FlatConditions;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** {@code x = ANY (ARRAY[…])} and its like, said as comparisons with the elements that are written there. */
final class ArrayComparisons {
    private static final int MAX_COMPARISONS = 1_000;

    private ArrayComparisons() {}

    /** Whether it compares with the elements of an array that is written there, and gives the same said several times. */
    static boolean is(RexCall call) {
        return call.getOperator() instanceof SqlQuantifyOperator
                && ContextValueFunction.withoutCast(call.getOperands().get(1)).isA(SqlKind.ARRAY_VALUE_CONSTRUCTOR)
                && RexUtil.isDeterministic(call.getOperands().get(0));
    }

    /**
     * The comparisons, joined by {@code OR} or {@code AND}.
     *
     * @throws IcesparException {@code LIMIT_REACHED} if they are many, and are not those of a list of values
     */
    static RexNode expanded(RexCall call, RexBuilder rexBuilder) {
        SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
        RexNode array = call.getOperands().get(1);
        RelDataType type = Objects.requireNonNull(array.getType().getComponentType());
        List<RexNode> elements = ((RexCall) ContextValueFunction.withoutCast(array))
                .getOperands().stream()
                        .map(element -> converted(element, type, rexBuilder))
                        .toList();
        boolean any = operator.kind == SqlKind.SOME;
        // What is none of a list is said so, which a backend reads at once however long the list is.
        boolean noneOfList = !any && operator.comparisonKind == SqlKind.NOT_EQUALS;
        boolean list = noneOfList || (any && operator.comparisonKind == SqlKind.EQUALS);
        if (elements.size() > MAX_COMPARISONS && !(list && elements.stream().allMatch(RexLiteral.class::isInstance))) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "an array in `" + operator.getName() + "` has more than " + MAX_COMPARISONS + " elements");
        }
        SqlOperator comparison = noneOfList ? SqlStdOperatorTable.EQUALS : comparison(operator);
        List<RexNode> comparisons = elements.stream()
                .map(element ->
                        rexBuilder.makeCall(comparison, call.getOperands().get(0), element))
                .toList();
        if (noneOfList) {
            return rexBuilder.makeCall(
                    SqlStdOperatorTable.NOT, FlatConditions.joined(rexBuilder, SqlStdOperatorTable.OR, comparisons));
        }
        return FlatConditions.joined(rexBuilder, any ? SqlStdOperatorTable.OR : SqlStdOperatorTable.AND, comparisons);
    }

    private static RexNode converted(RexNode element, RelDataType type, RexBuilder rexBuilder) {
        boolean same = element.getType().getSqlTypeName() == type.getSqlTypeName()
                || SqlTypeUtil.inSameFamily(element.getType(), type);
        return same ? element : rexBuilder.makeCast(type, element);
    }

    private static SqlOperator comparison(SqlQuantifyOperator operator) {
        return switch (operator.comparisonKind) {
            case EQUALS -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUALS -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS_THAN -> SqlStdOperatorTable.LESS_THAN;
            case LESS_THAN_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER_THAN -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_THAN_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
            default -> throw new IllegalStateException("no comparison: " + operator.comparisonKind);
        };
    }
}
