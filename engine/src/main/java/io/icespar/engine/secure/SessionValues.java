package io.icespar.engine.secure;

import io.icespar.engine.sql.EngineOperators;
import io.icespar.security.identity.Caller;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Fills in what a query asks about its caller: to a backend, {@code CURRENT_USER} would be the backend's own user. */
final class SessionValues {
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
                return EngineOperators.isOfSession(call.getOperator())
                        ? rexBuilder.makeLiteral(caller.name().spelling(), call.getType(), true)
                        : super.visitCall(call);
            }
        };
    }
}
