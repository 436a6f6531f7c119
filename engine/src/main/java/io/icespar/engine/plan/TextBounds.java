package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.SecuredScan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * How long the texts may be that a query's functions make.
 *
 * <p>DuckDB (2.0) computes 2,048 rows at a time, keeps what functions make of them outside of the memory that it counts,
 * and is not interrupted meanwhile: without a bound, one call of {@code REPEAT} ends the process. So what is made of one
 * row has a bound, which all functions of a query share evenly.
 */
final class TextBounds {
    /** The octets that functions make of one row, together. */
    static final int OF_A_ROW = 131_072;

    private static final int AT_LEAST = 256;
    private static final int OCTETS_OF_A_CHARACTER = 4;

    /** As many octets as the text of a number, date or truth has at most. */
    private static final int OF_A_VALUE = 64;

    /** What a text may be longer than another one without being looked at. */
    private static final int LITTLE = 256;

    private TextBounds() {}

    /** The octets that one function of a plan may make. */
    static int ofEach(RelNode plan) {
        Calls calls = new Calls();
        calls.in(plan);
        return Math.max(OF_A_ROW / Math.max(calls.number, 1), AT_LEAST);
    }

    /** How many octets the text has at most; {@link Integer#MAX_VALUE} if that is not known. */
    static int most(RexNode node, int ofEach) {
        if (node instanceof RexLiteral literal) {
            return literal.isNull() || !SqlTypeUtil.inCharFamily(literal.getType())
                    ? 0
                    : Objects.requireNonNull(literal.getValueAs(String.class)).getBytes(StandardCharsets.UTF_8).length;
        }
        if (!(node instanceof RexCall call) || node instanceof RexSubQuery) {
            return Integer.MAX_VALUE;
        }
        List<RexNode> operands = call.getOperands();
        if (call.getOperator() instanceof BackendWords.Bounded) {
            return ofEach;
        }
        if (call.getOperator().equals(SqlLibraryOperators.LEFT)
                || (call.getOperator().equals(SqlStdOperatorTable.SUBSTRING) && operands.size() == 3)) {
            return characters(operands.get(operands.size() - 1));
        }
        return switch (call.getKind()) {
            case CAST ->
                SqlTypeUtil.inCharFamily(operands.get(0).getType())
                        ? most(operands.get(0), ofEach)
                        : SqlTypeUtil.isAtomic(operands.get(0).getType()) ? OF_A_VALUE : Integer.MAX_VALUE;
            case CASE ->
                IntStream.range(0, operands.size())
                        .filter(i -> i % 2 == 1 || i == operands.size() - 1)
                        .map(i -> most(operands.get(i), ofEach))
                        .max()
                        .orElse(0);
            default -> Integer.MAX_VALUE;
        };
    }

    private static int characters(RexNode number) {
        if (!(number instanceof RexLiteral literal) || literal.isNull()) {
            return Integer.MAX_VALUE;
        }
        BigDecimal most = Objects.requireNonNull(literal.getValueAs(BigDecimal.class));
        return most.signum() >= 0 && most.compareTo(BigDecimal.valueOf(OF_A_ROW)) <= 0
                ? OCTETS_OF_A_CHARACTER * most.intValue()
                : Integer.MAX_VALUE;
    }

    /** Whether texts put together are within the bound, or hardly longer than one of them. */
    static boolean isShort(List<RexNode> texts, int ofEach) {
        long sum = 0;
        int unknown = 0;
        for (RexNode text : texts) {
            int most = most(text, ofEach);
            if (most == Integer.MAX_VALUE) {
                unknown++;
            } else {
                sum += most;
            }
        }
        return unknown == 0 ? sum <= ofEach : unknown == 1 && sum <= LITTLE;
    }

    /** Whether the aggregate function puts values together. */
    static boolean makesMore(SqlAggFunction function) {
        return switch (function.getKind()) {
            case LISTAGG, STRING_AGG, ARRAY_AGG -> true;
            default -> false;
        };
    }

    /** Counts what makes texts, but for what restrictions compute: how long that may be is not for callers to change. */
    private static final class Calls extends RexShuttle {
        private int number;

        void in(RelNode root) {
            root.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    boolean ofTable = other instanceof Fence fence && fence.isOfTable();
                    if (ofTable || other instanceof SecuredScan) {
                        return other;
                    }
                    if (!(other instanceof Mask)) {
                        other.accept(Calls.this);
                    }
                    if (other instanceof Aggregate aggregate) {
                        number += (int) aggregate.getAggCallList().stream()
                                .filter(call -> makesMore(call.getAggregation()))
                                .count();
                    }
                    return super.visit(other);
                }
            });
        }

        @Override
        public RexNode visitOver(RexOver over) {
            number += makesMore(over.getAggOperator()) ? 1 : 0;
            return super.visitOver(over);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean chooses = call.getKind() == SqlKind.CASE
                    || (call.getKind() == SqlKind.CAST
                            && !SqlTypeUtil.inCharFamily(
                                    call.getOperands().get(0).getType()));
            if (SqlTypeUtil.inCharFamily(call.getType()) && !chooses) {
                number += Math.max(call.getOperands().size() - 1, 1);
            }
            return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            in(subQuery.rel);
            return super.visitSubQuery(subQuery);
        }
    }
}
