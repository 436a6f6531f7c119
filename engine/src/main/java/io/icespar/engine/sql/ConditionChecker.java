package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Refuses conditions that may not restrict, and expressions that may not mask: those with parameters, aggregates, windows
 * or unstable functions, and masks with sub-queries.
 */
final class ConditionChecker extends SqlBasicVisitor<Void> {

    private static final String CONDITION = "a restriction's condition";
    private static final String MASK = "a mask's expression";

    private final String what;

    private ConditionChecker(String what) {
        this.what = what;
    }

    static void check(SqlNode condition) {
        condition.accept(new ConditionChecker(CONDITION));
    }

    static void checkMask(SqlNode expression) {
        expression.accept(new ConditionChecker(MASK));
    }

    /** Refuses what only shows when names are resolved. */
    static void checkMask(RexNode expression) {
        check(expression, MASK);
        if (RexUtil.SubQueryFinder.find(expression) != null) {
            throw new IcesparException(ErrorCode.INVALID_RESTRICTION, MASK + " has no sub-queries");
        }
    }

    /** A mask that is not computed from one row. */
    static IcesparException refusedMask(SqlNode expression) {
        return refused(MASK + " is computed from one row, without aggregates", expression);
    }

    /** Refuses what only shows when names are resolved: {@code CURRENT_DATE} is written as a column is. */
    static void check(RexNode condition) {
        check(condition, CONDITION);
    }

    private static void check(RexNode condition, String what) {
        condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                String function = call.getOperator().getName();
                if (EngineOperators.isUnstable(function)) {
                    throw new IcesparException(ErrorCode.INVALID_RESTRICTION, unstable(what, function));
                }
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                check(subQuery.rel, what);
                return super.visitSubQuery(subQuery);
            }
        });
    }

    private static void check(RelNode root, String what) {
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        check(call, what);
                        return call;
                    }

                    @Override
                    public RexNode visitSubQuery(RexSubQuery subQuery) {
                        check(subQuery, what);
                        return subQuery;
                    }
                });
            }
        });
    }

    private static String unstable(String what, String function) {
        return what + " cannot use `" + function + "`, which changes";
    }

    @Override
    @SuppressWarnings("NullAway") // a visitor of Void gives nothing
    public Void visit(SqlDynamicParam param) {
        throw refused(what + " has no parameters", param);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public Void visit(SqlCall call) {
        if (call.getKind() == SqlKind.OVER) {
            throw refused(what + " has no window functions", call);
        }
        if (call.getOperator() instanceof SqlFunction function && EngineOperators.isUnstable(function.getName())) {
            throw refused(unstable(what, function.getName()), call);
        }
        return super.visit(call);
    }

    private static IcesparException refused(String what, SqlNode where) {
        return new IcesparException(ErrorCode.INVALID_RESTRICTION, what + SqlErrors.place(where));
    }
}
