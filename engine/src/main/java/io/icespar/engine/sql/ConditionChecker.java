package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
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
            throw refused("a restriction's condition cannot use `" + function.getName() + "`, which changes", call);
        }
        return super.visit(call);
    }

    private static IcesparException refused(String what, SqlNode where) {
        return new IcesparException(ErrorCode.INVALID_RESTRICTION, what + SqlErrors.place(where));
    }
}
