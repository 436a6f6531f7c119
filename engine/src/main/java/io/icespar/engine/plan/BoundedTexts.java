package io.icespar.engine.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Says the functions that make long texts of short ones so that they fail before a text becomes too long. */
final class BoundedTexts {
    private static final SqlOperator STRLEN = BackendWords.function("STRLEN");

    /** How much more than is allowed a replacement may make at the worst, before it is looked at. */
    private static final int LOOSE = 4;

    private final RexBuilder rexBuilder;
    private final int most;

    /** Bounds texts by {@code most} octets. */
    BoundedTexts(RexBuilder rexBuilder, int most) {
        this.rexBuilder = rexBuilder;
        this.most = most;
    }

    /** Whether it puts two texts together. */
    static boolean isConcatenation(RexNode node) {
        return node instanceof RexCall call
                && call.getOperator().equals(SqlStdOperatorTable.CONCAT)
                && SqlTypeUtil.inCharFamily(call.getType());
    }

    /** The texts that are put together, from left to right. */
    static List<RexNode> parts(RexCall concatenation) {
        List<RexNode> parts = new ArrayList<>();
        RexNode left = concatenation;
        while (isConcatenation(left)) {
            List<RexNode> operands = ((RexCall) left).getOperands();
            parts.add(0, operands.get(1));
            left = operands.get(0);
        }
        parts.add(0, left);
        return parts;
    }

    /** The texts put together; they are said already. */
    RexNode concatenated(RelDataType type, List<RexNode> parts) {
        if (TextBounds.isShort(parts, most)) {
            return joined(type, parts, false);
        }
        if (parts.stream().allMatch(BoundedTexts::isAtHand)) {
            RexNode sum = parts.stream()
                    .map(part -> call(bigint(type), STRLEN, part))
                    .reduce((left, right) -> call(bigint(type), SqlStdOperatorTable.PLUS, left, right))
                    .orElseThrow();
            return call(type, BackendWords.BOUNDED_SUM, sum, number(most), joined(type, parts, false));
        }
        return joined(type, parts, true);
    }

    private RexNode joined(RelDataType type, List<RexNode> parts, boolean bounded) {
        RexNode joined = parts.get(0);
        for (RexNode part : parts.subList(1, parts.size())) {
            RexNode next = call(type, SqlStdOperatorTable.CONCAT, joined, part);
            joined = bounded ? bounded(next) : next;
        }
        return joined;
    }

    /** Whether to write it twice costs nothing. */
    private static boolean isAtHand(RexNode node) {
        return node instanceof RexInputRef || node instanceof RexLiteral || node instanceof RexFieldAccess;
    }

    /** The same within the bound, if it is a function that makes long texts; its operands are said already. */
    RexNode within(RexNode said) {
        if (!(said instanceof RexCall call)) {
            return said;
        }
        SqlOperator operator = call.getOperator();
        List<RexNode> operands = call.getOperands();
        if (operator.equals(SqlLibraryOperators.REPEAT)) {
            return times(operands.get(0), operands.get(1)) <= most
                    ? call
                    : call(call.getType(), BackendWords.REPEAT, operands.get(0), operands.get(1), number(most));
        }
        if (operator.equals(SqlStdOperatorTable.REPLACE)) {
            return grows(operands.get(1), operands.get(2))
                    ? call(
                            call.getType(),
                            BackendWords.REPLACE,
                            operands.get(0),
                            operands.get(1),
                            operands.get(2),
                            number(most))
                    : call;
        }
        if (operator.equals(SqlLibraryOperators.CONCAT_FUNCTION_WITH_NULL)
                || operator.equals(SqlLibraryOperators.CONCAT_WS_POSTGRESQL)) {
            boolean once = operator.equals(SqlLibraryOperators.CONCAT_FUNCTION_WITH_NULL);
            return once && TextBounds.isShort(operands, most) ? call : bounded(call);
        }
        return operator.equals(SqlStdOperatorTable.OVERLAY) ? bounded(call) : call;
    }

    /** The number of characters to fill a text up to, within the bound. */
    RexNode length(RexNode length) {
        return times(rexBuilder.makeLiteral(" "), length) <= most
                ? length
                : call(length.getType(), BackendWords.LENGTH, length, number(most));
    }

    /** A pattern's replacements in a text, of which each has {@code octets} beside what is taken from the text. */
    RexNode replaced(RexCall call, int octets) {
        if (octets == 0) {
            return call;
        }
        // Every place of the text may match, and be replaced by the text and more.
        RexNode admitted = call(
                call.getOperands().get(0).getType(),
                BackendWords.BOUNDED,
                call.getOperands().get(0),
                number(Math.max(LOOSE * most / (octets + 1), 1)));
        List<RexNode> operands = new ArrayList<>(call.getOperands());
        operands.set(0, admitted);
        return bounded(call.clone(call.getType(), operands));
    }

    private RexNode bounded(RexNode text) {
        return call(text.getType(), BackendWords.BOUNDED, text, number(most));
    }

    private long times(RexNode text, RexNode number) {
        int octets = TextBounds.most(text, most);
        Optional<BigDecimal> times = number instanceof RexLiteral literal && !literal.isNull()
                ? Optional.ofNullable(literal.getValueAs(BigDecimal.class))
                : Optional.empty();
        return times.map(value -> BigDecimal.valueOf(octets)
                        .multiply(value)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue())
                .orElse(Long.MAX_VALUE);
    }

    // What is left out, or put in place of as much, makes no text longer.
    private boolean grows(RexNode part, RexNode replacement) {
        int most = TextBounds.most(replacement, this.most);
        return most > 0 && !(part instanceof RexLiteral && most <= TextBounds.most(part, this.most));
    }

    private RelDataType bigint(RelDataType as) {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), as.isNullable());
    }

    private RexNode number(int number) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(number));
    }

    private RexNode call(RelDataType type, SqlOperator operator, RexNode... operands) {
        return rexBuilder.makeCall(type, operator, List.of(operands));
    }
}
