package io.icespar.engine.plan;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * How large a plan may be that a backend gets. DuckDB (2.0) goes through it by recursion, and where the stack ends it
 * takes the whole process with it: in a thread with a stack of 1 MB at some 600 nodes one in another, and at some 2,000
 * alternatives in one condition. Expressions it counts itself, up to a number that its instance is opened with.
 */
final class NestingLimit {
    private static final int MAX_DEPTH = 250;
    private static final int MAX_ALTERNATIVES = 1_000;

    private NestingLimit() {}

    /**
     * Checks a plan as it is going to be written.
     *
     * @throws IcesparException {@code SYNTAX} if it is nested too deeply, {@code LIMIT_REACHED} if a condition is too long
     */
    static void check(RelNode plan) {
        check(plan, 1);
    }

    private static void check(RelNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        node.accept(new Alternatives(depth));
        for (int i = 0; i < node.getInputs().size(); i++) {
            // A UNION of many is written, and read, as a list.
            boolean isListed =
                    i == 0 && node instanceof SetOp && node.getInput(0).getClass() == node.getClass();
            check(node.getInput(i), isListed ? depth : depth + 1);
        }
    }

    /** Counts the alternatives of each condition, and looks into sub-queries. */
    private static final class Alternatives extends RexShuttle {
        private final int depth;

        Alternatives(int depth) {
            this.depth = depth;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            if (call.getKind() == SqlKind.OR && count(call, 0) > MAX_ALTERNATIVES) {
                throw new IcesparException(
                        ErrorCode.LIMIT_REACHED,
                        "a condition has more than " + MAX_ALTERNATIVES
                                + " alternatives: list values with IN, or with a" + " context value");
            }
            return super.visitCall(call);
        }

        private static int count(RexNode node, int before) {
            if (node.getKind() != SqlKind.OR) {
                return before + 1;
            }
            int sum = before;
            for (RexNode operand : ((RexCall) node).getOperands()) {
                sum = sum > MAX_ALTERNATIVES ? sum : count(operand, sum);
            }
            return sum;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            check(subQuery.rel, depth + 1);
            return super.visitSubQuery(subQuery);
        }
    }
}
