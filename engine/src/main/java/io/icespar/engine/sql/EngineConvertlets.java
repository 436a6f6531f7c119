package io.icespar.engine.sql;

import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * How calls become expressions: as Calcite has it, but for differences of timestamps and sums with parts of a second,
 * which Calcite computes by intervals of whole milliseconds. Those stay calls, with the unit as a flag; so do some
 * functions and aggregates, and comparisons of rows by {@code IS DISTINCT FROM}, of which Calcite (1.42) says that all of
 * their values must be distinct.
 */
final class EngineConvertlets implements SqlRexConvertletTable {
    static final EngineConvertlets INSTANCE = new EngineConvertlets();

    /**
     * A function that has the name of another of Calcite's, and aggregates that Calcite makes sums of squares of, in windows
     * only: a small variance of large numbers is lost in those, or negative, and some are no SQL.
     */
    private static final Set<SqlOperator> AS_THEY_ARE = Set.of(
            EngineFunctions.REGEXP_SUBSTR,
            SqlStdOperatorTable.STDDEV,
            SqlStdOperatorTable.STDDEV_POP,
            SqlStdOperatorTable.STDDEV_SAMP,
            SqlStdOperatorTable.VAR_POP,
            SqlStdOperatorTable.COVAR_POP,
            SqlStdOperatorTable.REGR_SXX,
            SqlStdOperatorTable.REGR_SYY);

    private EngineConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        SqlRexConvertlet standard = StandardConvertletTable.INSTANCE.get(call);
        if (AS_THEY_ARE.contains(call.getOperator())) {
            return (context, part) -> context.getRexBuilder()
                    .makeCall(
                            context.getValidator().getValidatedNodeType(part),
                            part.getOperator(),
                            part.getOperandList().stream()
                                    .map(context::convertExpression)
                                    .toList());
        }
        if (call.getOperator().equals(EngineFunctions.TIMESTAMP_DIFF)) {
            return (context, difference) -> {
                TimeUnit unit = unit(context, difference);
                return called(context, difference, EngineFunctions.TIMESTAMP_DIFF, unit);
            };
        }
        if (call.getOperator().equals(SqlStdOperatorTable.TIMESTAMP_ADD) && call.operandCount() == 3) {
            return (context, sum) -> {
                TimeUnit unit = unit(context, sum);
                return unit == TimeUnit.MICROSECOND || unit == TimeUnit.NANOSECOND || standard == null
                        ? called(context, sum, SqlStdOperatorTable.TIMESTAMP_ADD, unit)
                        : standard.convertCall(context, sum);
            };
        }
        if (standard != null && isDistinction(call)) {
            return (context, comparison) -> {
                List<RexNode> operands = comparison.getOperandList().stream()
                        .map(context::convertExpression)
                        .toList();
                return operands.get(0).getType().isStruct()
                        ? context.getRexBuilder().makeCall(comparison.getOperator(), operands)
                        : standard.convertCall(context, comparison);
            };
        }
        return standard;
    }

    private static boolean isDistinction(SqlCall call) {
        return call.getKind() == SqlKind.IS_DISTINCT_FROM || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    }

    private static TimeUnit unit(SqlRexContext context, SqlCall call) {
        SqlIntervalQualifier qualifier = call.operand(0);
        TimeUnit unit = context.getValidator().validateTimeFrame(qualifier).unit();
        return unit == null ? TimeUnit.EPOCH : unit;
    }

    private static RexNode called(SqlRexContext context, SqlCall call, SqlOperator operator, TimeUnit unit) {
        return context.getRexBuilder()
                .makeCall(
                        context.getValidator().getValidatedNodeType(call),
                        operator,
                        List.of(
                                context.getRexBuilder().makeFlag(TimeUnitRange.of(unit, null)),
                                context.convertExpression(call.operand(1)),
                                context.convertExpression(call.operand(2))));
    }
}
