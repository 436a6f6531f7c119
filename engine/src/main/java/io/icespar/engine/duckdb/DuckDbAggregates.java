package io.icespar.engine.duckdb;

import io.icespar.engine.sql.EngineFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calls of aggregate functions in the words of DuckDB. */
final class DuckDbAggregates {
    /** In DuckDB these are no number where a column is the same in all rows, in PostgreSQL NULL. */
    private static final Set<String> NOT_A_NUMBER = Set.of(EngineFunctions.CORR.getName(), "REGR_SLOPE");

    private DuckDbAggregates() {}

    /** Whether it is such a function, with or without the rows that it is of. */
    static boolean mayBeNaN(SqlCall call) {
        boolean wrapped = call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.OVER;
        if (wrapped) {
            return call.operand(0) instanceof SqlCall inner && mayBeNaN(inner);
        }
        return call.getOperator().isAggregator()
                && NOT_A_NUMBER.contains(call.getOperator().getName());
    }

    /** The same call, of a function that is not known. */
    static SqlCall plain(SqlCall call) {
        if (call.getKind() == SqlKind.FILTER || call.getKind() == SqlKind.OVER) {
            List<SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.set(0, plain(call.operand(0)));
            return call.getOperator().createCall(call.getParserPosition(), operands);
        }
        SqlIdentifier name = new SqlIdentifier(call.getOperator().getName(), SqlParserPos.ZERO);
        return new SqlUnresolvedFunction(name, null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(call.getFunctionQuantifier(), call.getParserPosition(), call.getOperandList());
    }

    /** A count of several columns, or of pairs, as one of those rows in which none of them is NULL. */
    static SqlCall ofOneColumn(SqlCall count) {
        SqlParserPos none = SqlParserPos.ZERO;
        // Of a pair, Calcite leaves out what is never NULL.
        if (count.operandCount() < 2) {
            SqlNode counted = count.operandCount() == 0 ? SqlIdentifier.star(none) : count.operand(0);
            return SqlStdOperatorTable.COUNT.createCall(count.getFunctionQuantifier(), none, counted);
        }
        List<SqlNode> present = count.getOperandList().stream()
                .<SqlNode>map(column -> SqlStdOperatorTable.IS_NOT_NULL.createCall(none, column))
                .toList();
        SqlNode all = present.stream()
                .reduce((left, right) -> SqlStdOperatorTable.AND.createCall(none, left, right))
                .orElseThrow();
        SqlNode row = SqlStdOperatorTable.ROW.createCall(none, count.getOperandList());
        SqlNode counted =
                new SqlCase(none, null, SqlNodeList.of(all), SqlNodeList.of(row), SqlLiteral.createNull(none));
        return SqlStdOperatorTable.COUNT.createCall(count.getFunctionQuantifier(), none, counted);
    }

    /** A percentile of what it orders by, taken as doubles. */
    static SqlCall ofDoubles(SqlCall percentile) {
        SqlNodeList order = percentile.operand(1);
        SqlNodeList doubles = new SqlNodeList(
                order.getList().stream().map(DuckDbAggregates::asDouble).toList(), order.getParserPosition());
        return percentile.getOperator().createCall(percentile.getParserPosition(), percentile.operand(0), doubles);
    }

    private static SqlNode asDouble(SqlNode key) {
        boolean direction = key.getKind() == SqlKind.DESCENDING
                || key.getKind() == SqlKind.NULLS_FIRST
                || key.getKind() == SqlKind.NULLS_LAST;
        if (direction && key instanceof SqlCall call) {
            return call.getOperator().createCall(call.getParserPosition(), asDouble(call.operand(0)));
        }
        SqlParserPos none = SqlParserPos.ZERO;
        SqlDataTypeSpec type = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, none), none);
        return SqlStdOperatorTable.CAST.createCall(none, key, type);
    }
}
