package io.icespar.engine.check;

import com.google.common.collect.Sets;
import io.icespar.engine.sql.ContextValueFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Proves things of conditions over the rows of one table, whatever is in them. That nothing is proven means nothing.
 *
 * <p>Only comparisons and logic are understood. All other terms, as functions, context values and sub-queries, may be
 * anything: each is taken for a column of its own.
 */
final class Proof {
    /** Constants are for the backend to compute; what it makes of them is not known here. */
    private static final RexExecutor NOTHING_COMPUTED = (rexBuilder, constants, results) -> results.addAll(constants);

    private static final Set<SqlKind> UNDERSTOOD = Sets.immutableEnumSet(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.CASE,
            SqlKind.SEARCH,
            SqlKind.LIKE,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE);

    private final RexBuilder rexBuilder;
    private final RexSimplify simplify;
    private final int columns;
    private final List<RexNode> unknown = new ArrayList<>();

    /** Proves for a table of {@code columns} columns. */
    Proof(RexBuilder rexBuilder, int columns) {
        this.rexBuilder = rexBuilder;
        this.simplify = new RexSimplify(rexBuilder, RelOptPredicateList.EMPTY, NOTHING_COMPUTED);
        this.columns = columns;
    }

    /** Whether no row there can be lets it be true. */
    boolean isNever(RexNode condition) {
        return simplified(condition).isAlwaysFalse();
    }

    /** Whether it is true for every row there can be. */
    boolean isAlways(RexNode condition) {
        return simplified(condition).isAlwaysTrue();
    }

    /** Whether both are true for the same rows. */
    boolean areSame(RexNode one, RexNode other) {
        RexNode left = simplified(one);
        RexNode right = simplified(other);
        return left.equals(right) || (implies(left, right) && implies(right, left));
    }

    // Only TRUE passes, so a condition that is not true is as good as false.
    private boolean implies(RexNode left, RexNode right) {
        RexNode notTrue = rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, right);
        return isNever(rexBuilder.makeCall(SqlStdOperatorTable.AND, left, notTrue));
    }

    private RexNode simplified(RexNode condition) {
        RexNode known = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                return column(subQuery);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                return isUnderstood(call) ? super.visitCall(call) : column(call);
            }
        });
        try {
            return simplify.simplifyUnknownAs(known, RexUnknownAs.FALSE);
        } catch (RuntimeException | AssertionError e) {
            // Calcite did not think of such an expression, and nothing is proven of it.
            return known;
        }
    }

    // By its type a quotient of what is never absent is never absent, and yet it is where the divisor is 0. So of what
    // is computed nothing is taken for known but that it is the same for the same row.
    private static boolean isUnderstood(RexCall call) {
        return !ContextValueFunction.isQuantified(call)
                && (UNDERSTOOD.contains(call.getKind())
                        || (call.getKind() == SqlKind.CAST && call.getOperands().get(0) instanceof RexLiteral));
    }

    private RexNode column(RexNode term) {
        int place = unknown.indexOf(term);
        if (place < 0) {
            place = unknown.size();
            unknown.add(term);
        }
        return rexBuilder.makeInputRef(
                rexBuilder.getTypeFactory().createTypeWithNullability(term.getType(), true), columns + place);
    }
}
