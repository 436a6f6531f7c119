package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * How much of each thing a statement may hold. Planning is no part of what a query's limits count, and Calcite takes
 * minutes for some statements of a few lines; these bounds keep it to seconds.
 */
final class StatementSize {
    private static final int MAX_JOINS = 150;
    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_LIST = 100_000;
    private static final long MAX_GROUPING_SETS = 1_024;
    private static final int MAX_WINDOWS = 500;

    private int joins;
    private int windows;

    /**
     * Counts one call of a statement, but not its operands.
     *
     * @throws IcesparException {@code LIMIT_REACHED} if there is too much of something
     */
    void count(SqlCall call) {
        if (call instanceof SqlJoin && ++joins > MAX_JOINS) {
            throw tooMany("a statement joins more than " + MAX_JOINS + " times", call);
        }
        if (call.getKind() == SqlKind.OVER && ++windows > MAX_WINDOWS) {
            throw tooMany("a statement has more than " + MAX_WINDOWS + " windows", call);
        }
        if (call instanceof SqlSelect select) {
            if (select.getSelectList().size() > MAX_COLUMNS) {
                throw tooMany("a query gives more than " + MAX_COLUMNS + " columns", call);
            }
            if (groupingSets(select.getGroup()) > MAX_GROUPING_SETS) {
                throw tooMany("a query groups in more than " + MAX_GROUPING_SETS + " ways", call);
            }
        }
        boolean rows = call.getKind() == SqlKind.VALUES && call.operandCount() > MAX_LIST;
        boolean list = call.getOperandList().stream()
                .anyMatch(operand -> operand instanceof SqlNodeList nodes && nodes.size() > MAX_LIST);
        if (rows || list) {
            throw tooMany("a list has more than " + MAX_LIST + " values", call);
        }
    }

    private static long groupingSets(@Nullable SqlNodeList group) {
        long product = 1;
        if (group != null) {
            for (SqlNode element : group) {
                product = Math.min(product * groupingSets(element), Integer.MAX_VALUE);
            }
        }
        return product;
    }

    private static long groupingSets(SqlNode element) {
        return switch (element.getKind()) {
            case ROLLUP -> ((SqlCall) element).operandCount() + 1L;
            case CUBE -> 1L << Math.min(((SqlCall) element).operandCount(), Integer.SIZE - 1);
            case GROUPING_SETS ->
                ((SqlCall) element)
                        .getOperandList().stream()
                                .mapToLong(StatementSize::groupingSets)
                                .sum();
            default -> 1;
        };
    }

    private static IcesparException tooMany(String what, SqlNode where) {
        return new IcesparException(ErrorCode.LIMIT_REACHED, what + SqlErrors.place(where));
    }
}
