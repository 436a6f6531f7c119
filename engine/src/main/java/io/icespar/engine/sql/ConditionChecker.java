package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Refuses conditions that may not restrict: those with parameters, aggregates, windows or unstable functions. */
final class ConditionChecker extends SqlBasicVisitor<Void> {

    private ConditionChecker() {}

    static void check(SqlNode condition) {
        condition.accept(new ConditionChecker());
    }

    /** Refuses what only shows when names are resolved: {@code CURRENT_DATE} is written as a column is. */
    static void check(RexNode condition) {
        condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                String function = call.getOperator().getName();
                if (EngineOperators.isUnstable(function)) {
                    throw new IcesparException(ErrorCode.INVALID_RESTRICTION, unstable(function));
                }
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                check(subQuery.rel);
                return super.visitSubQuery(subQuery);
            }
        });
    }

    private static void check(RelNode root) {
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        check(call);
                        return call;
                    }

                    @Override
                    public RexNode visitSubQuery(RexSubQuery subQuery) {
                        check(subQuery);
                        return subQuery;
                    }
                });
            }
        });
    }

    private static String unstable(String function) {
        return "a restriction's condition cannot use `" + function + "`, which changes";
    }

    @Override
    @SuppressWarnings("NullAway") // a visitor of Void gives nothing
    public Void visit(SqlDynamicParam param) {
        throw refused("a restriction's condition has no parameters", param);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public Void visit(SqlCall call) {
        if (call.getKind() == SqlKind.OVER) {
            throw refused("a restriction's condition has no window functions", call);
        }
        if (call.getOperator() instanceof SqlFunction function && EngineOperators.isUnstable(function.getName())) {
            throw refused(unstable(function.getName()), call);
        }
        return super.visit(call);
    }

    private static IcesparException refused(String what, SqlNode where) {
        return new IcesparException(ErrorCode.INVALID_RESTRICTION, what + SqlErrors.place(where));
    }
}
