package io.icespar.engine.sql;

import io.icespar.engine.tree.SubQueries;
import io.icespar.security.identity.Name;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Fills in what a query asks about its connection, as PostgreSQL does: of a view it is the connection of who reads it.
 *
 * @param schema where names without a schema are looked up
 */
record ConnectionSchema(Optional<Name> schema) {
    /** Fills in a tree and its sub-queries. */
    RelNode fill(RelNode root) {
        return SubQueries.rewriteExpressions(root, shuttle(root.getCluster().getRexBuilder()));
    }

    private RexShuttle shuttle(RexBuilder rexBuilder) {
        return new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (call.getOperator().equals(EngineFunctions.CURRENT_SCHEMA)) {
                    return schema.<RexNode>map(name -> rexBuilder.makeAbstractCast(
                                    call.getType(), rexBuilder.makeLiteral(name.spelling()), false))
                            .orElseGet(() -> rexBuilder.makeNullLiteral(call.getType()));
                }
                return call.getOperator().equals(EngineFunctions.CURRENT_CATALOG)
                        ? rexBuilder.makeNullLiteral(call.getType())
                        : super.visitCall(call);
            }
        };
    }
}
