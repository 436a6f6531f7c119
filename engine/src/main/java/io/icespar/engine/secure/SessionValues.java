package io.icespar.engine.secure;

import io.icespar.security.identity.Caller;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Fills in what a query asks about its caller: to a backend, {@code CURRENT_USER} would be the backend's own user. */
final class SessionValues {
    private static final Set<SqlOperator> USER = Set.of(
            SqlStdOperatorTable.CURRENT_USER,
            SqlStdOperatorTable.SESSION_USER,
            SqlStdOperatorTable.SYSTEM_USER,
            SqlStdOperatorTable.USER);

    private SessionValues() {}

    static RelNode fill(RelNode root, Caller caller) {
        RexShuttle expressions = shuttle(caller, root.getCluster().getRexBuilder());
        RelNode filled = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
        return SubQueries.rewrite(filled, subQuery -> fill(subQuery, caller));
    }

    /** Fills in one expression, but for the sub-queries in it. */
    static RexShuttle shuttle(Caller caller, RexBuilder rexBuilder) {
        return new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return USER.contains(call.getOperator())
                        ? rexBuilder.makeLiteral(caller.name().spelling(), call.getType(), true)
                        : super.visitCall(call);
            }
        };
    }
}
