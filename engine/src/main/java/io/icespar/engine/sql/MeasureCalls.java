package io.icespar.engine.sql;

import io.icespar.engine.cube.MeasureFunction;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the parser makes of {@code AT (ALL level, …)} after an expression. */
final class MeasureCalls {
    private static final Pattern WORD = Pattern.compile("[\\p{L}_\"]");

    private MeasureCalls() {}

    /**
     * Lifts the call that ends a list of operands and operators.
     *
     * @param levels over which; none for all
     * @param position of what stands after the call
     */
    static void lift(List<Object> list, List<SqlNode> levels, SqlParserPos position) {
        int last = list.size() - 1;
        if (!(list.get(last) instanceof SqlNode operand)) {
            throw misplaced(position);
        }
        List<SqlNode> operands = levels.isEmpty() ? List.of(SqlLiteral.createBoolean(true, position)) : levels;
        list.set(last, lifted(operand, operands, position));
    }

    private static SqlNode lifted(SqlNode node, List<SqlNode> levels, SqlParserPos position) {
        if (node instanceof SqlCall call && call.getKind() == SqlKind.FILTER) {
            return call.getOperator()
                    .createCall(
                            call.getParserPosition().plus(position),
                            lifted(call.operand(0), levels, position),
                            call.operand(1));
        }
        if (node instanceof SqlCall call
                && call.getOperator().getName().equalsIgnoreCase(MeasureFunction.INSTANCE.getName())) {
            List<SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.addAll(levels);
            return call.getOperator()
                    .createCall(
                            call.getFunctionQuantifier(),
                            call.getParserPosition().plus(position),
                            operands);
        }
        throw misplaced(position);
    }

    /** Checks what stands first in the parentheses after {@code AT}. */
    static void checkAll(Token token) {
        if (token.kind != StatementParserConstants.ALL && token.kind != StatementParserConstants.EOF) {
            throw unexpected(token, "`AT` takes `(ALL)` or `(ALL level, …)`");
        }
    }

    /** Checks what stands where a level may; what is a word is left to be read as one. */
    static void checkLevel(Token token, boolean mayEnd) {
        boolean ends =
                token.kind == StatementParserConstants.EOF || (mayEnd && token.kind == StatementParserConstants.RPAREN);
        if (!ends && !WORD.matcher(token.image).lookingAt()) {
            throw unexpected(token, "`AT (ALL …)` names levels of the cube");
        }
    }

    private static IcesparException unexpected(Token token, String expected) {
        return new IcesparException(
                ErrorCode.SYNTAX,
                "`" + token.image + "` is not expected here, " + expected + " (line " + token.beginLine + ", column "
                        + token.beginColumn + ")");
    }

    private static IcesparException misplaced(SqlParserPos position) {
        return new IcesparException(
                ErrorCode.SYNTAX,
                "`AT (ALL …)` stands after `AGGREGATE(measure)` (line " + position.getLineNum() + ", column "
                        + position.getColumnNum() + ")");
    }
}
