package io.icespar.engine.plan;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * How large a plan may be that a backend gets. DuckDB (2.0) goes through it by recursion, and where the stack ends it
 * takes the whole process with it: in a thread with a stack of 1 MB at some 600 nodes one in another, at some 200
 * sub-queries in one list of columns, and at some 2,000 alternatives in one condition. Expressions it counts itself, up to
 * a number that its instance is opened with. While it plans it is not interrupted, and 60 sub-queries in one list, each
 * of which refers to a row outside, take it 40 s, 30 of them 3 s.
 */
final class NestingLimit {
    private static final int MAX_DEPTH = 250;
    private static final int MAX_ALTERNATIVES = 1_000;
    private static final int MAX_SUB_QUERIES = 120;
    private static final int MAX_CORRELATED = 40;

    /** One in another; to find out what in them can fail takes three times as long for each. */
    private static final int MAX_NESTED = 10;

    private static final int MAX_DISTINCT = 200;

    /** For how many nodes one in another a sub-query counts: it is joined to those beside it. */
    private static final int NODES_OF_A_SUB_QUERY = 2;

    /** The third powers of the numbers of sub-queries that refer to a row outside. */
    private long work;

    private NestingLimit() {}

    /**
     * Checks what a caller asks for, before there is any work with it.
     *
     * @throws IcesparException {@code LIMIT_REACHED} or {@code SYNTAX} if there is too much of something
     */
    static void checkAsked(RelNode plan) {
        new NestingLimit().asked(plan, 0);
    }

    private void asked(RelNode root, int nested) {
        if (nested > MAX_NESTED) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        long correlated = correlated(root, nested);
        work += correlated * correlated * correlated;
        if (work > MAX_CORRELATED * MAX_CORRELATED * MAX_CORRELATED) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "a query has more than " + MAX_CORRELATED
                            + " sub-queries that refer to a row outside, or several have nearly as many");
        }
    }

    /**
     * How many sub-queries of one query refer to a row outside: its lists and conditions are joined one over another.
     *
     * @param nested in how many such sub-queries the query is one
     */
    private long correlated(RelNode node, int nested) {
        if (FailingParts.isTable(node)) {
            // Restrictions are not the caller's.
            return 0;
        }
        if (node instanceof Aggregate aggregate) {
            distinct(aggregate);
        }
        long own = node instanceof Correlate ? 1 : 0;
        for (RexSubQuery subQuery : FailingParts.subQueries(node)) {
            int correlated = FailingParts.isCorrelated(subQuery) ? 1 : 0;
            own += correlated;
            asked(subQuery.rel, nested + correlated);
        }
        LongStream below = node.getInputs().stream().mapToLong(input -> correlated(input, nested));
        return own + (node instanceof SetOp ? below.max().orElse(0) : below.sum());
    }

    /**
     * Checks a plan as it is going to be written.
     *
     * @throws IcesparException {@code SYNTAX} if it is nested too deeply, {@code LIMIT_REACHED} if there is too much of
     *     something
     */
    static void check(RelNode plan) {
        check(plan, 1);
    }

    private static void check(RelNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        List<RexSubQuery> subQueries = FailingParts.subQueries(node);
        if (subQueries.size() > MAX_SUB_QUERIES) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED, "a list or condition has more than " + MAX_SUB_QUERIES + " sub-queries");
        }
        int below = depth + NODES_OF_A_SUB_QUERY * subQueries.size();
        subQueries.forEach(subQuery -> check(subQuery.rel, below + 1));
        node.accept(new Alternatives());
        for (int i = 0; i < node.getInputs().size(); i++) {
            // A UNION of many is written, and read, as a list.
            boolean isListed =
                    i == 0 && node instanceof SetOp && node.getInput(0).getClass() == node.getClass();
            check(node.getInput(i), isListed ? depth : below + 1);
        }
    }

    private static void distinct(Aggregate aggregate) {
        long distinct = aggregate.getAggCallList().stream()
                .filter(AggregateCall::isDistinct)
                .count();
        if (distinct > MAX_DISTINCT) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED, "a query has more than " + MAX_DISTINCT + " aggregates with DISTINCT");
        }
    }

    /** Counts the alternatives of each condition. */
    private static final class Alternatives extends RexShuttle {
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
    }
}
