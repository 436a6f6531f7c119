package io.icespar.engine.sql;

import io.icespar.engine.tree.SubQueries;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Decimal parameters that are compared with something. They are bound with the digits that they have, and Calcite would
 * round them to those of what they stand beside: {@code price IN (?, 2)} would find 19.99 for 19.994.
 */
final class DecimalParameters {
    private DecimalParameters() {}

    /** The tree, in which a parameter has the type that it is compared as, instead of a conversion to it. */
    static RelNode compared(RelNode root) {
        RexBuilder builder = root.getCluster().getRexBuilder();
        RexShuttle expressions = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexCall visited = (RexCall) super.visitCall(call);
                return visited.isA(SqlKind.COMPARISON)
                        ? visited.clone(
                                visited.getType(),
                                visited.getOperands().stream()
                                        .map(operand -> unconverted(operand, builder))
                                        .toList())
                        : visited;
            }
        };
        return SubQueries.rewriteExpressions(root, expressions);
    }

    private static RexNode unconverted(RexNode operand, RexBuilder builder) {
        // Of a CAST that is written around it, the parameter has the type.
        return operand.getKind() == SqlKind.CAST
                        && operand.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                        && ((RexCall) operand).getOperands().get(0) instanceof RexDynamicParam parameter
                        && parameter.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                        && !SqlTypeUtil.equalSansNullability(parameter.getType(), operand.getType())
                ? builder.makeDynamicParam(operand.getType(), parameter.getIndex())
                : operand;
    }
}
