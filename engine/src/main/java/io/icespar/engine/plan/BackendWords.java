package io.icespar.engine.plan;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** Functions of DuckDB 2.0, and texts of it in which each operand stands once. */
final class BackendWords {
    /** A text with a capital letter at the start of each word, which is what is made of letters and digits. */
    static final SqlOperator INITCAP = text(
            "INITCAP",
            "ARRAY_TO_STRING(LIST_TRANSFORM(REGEXP_EXTRACT_ALL(LOWER(",
            "), '[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+'), lambda w : UPPER(w[1]) || SUBSTRING(w, 2)), '')");

    /** Whole number with each bit turned round. */
    static final SqlOperator BIT_NOT = text("BIT_NOT", "(~(", "))");

    /**
     * How many whole months lie between two timestamps. DuckDB's own function takes the last day of a month for a whole
     * month after any later day of another.
     */
    static final SqlOperator MONTHS_BETWEEN = text(
            "MONTHS_BETWEEN",
            "(LIST_TRANSFORM([{'a': ",
            ", 'b': ",
            "}], lambda p : DATE_DIFF('month', p.a, p.b) - CASE"
                    + " WHEN p.b >= p.a AND p.b - DATE_TRUNC('month', p.b) < p.a - DATE_TRUNC('month', p.a) THEN 1"
                    + " WHEN p.b < p.a AND p.b - DATE_TRUNC('month', p.b) > p.a - DATE_TRUNC('month', p.a) THEN -1"
                    + " ELSE 0 END)[1])");

    /** The first moment of a timestamp's century: there is no year 0, so they begin with years such as 2001. */
    static final SqlOperator CENTURY =
            text("CENTURY", "(DATE_TRUNC('century', CAST(", " AS TIMESTAMP) - INTERVAL 1 YEAR) + INTERVAL 1 YEAR)");

    /** The first moment of a timestamp's millennium. */
    static final SqlOperator MILLENNIUM = text(
            "MILLENNIUM", "(DATE_TRUNC('millennium', CAST(", " AS TIMESTAMP) - INTERVAL 1 YEAR) + INTERVAL 1 YEAR)");

    private BackendWords() {}

    /** A function of DuckDB. */
    static SqlFunction function(String name) {
        return new SqlFunction(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.ARG0,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    private static SqlOperator text(String name, String... pieces) {
        return new Text(name, List.of(pieces));
    }

    /** A text with its operands between the pieces. */
    private static final class Text extends SqlFunction {
        private final List<String> pieces;

        Text(String name, List<String> pieces) {
            super(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.ARG0,
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION);
            this.pieces = pieces;
        }

        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
            for (int i = 0; i < call.operandCount(); i++) {
                writer.print(pieces.get(i));
                call.operand(i).unparse(writer, 0, 0);
            }
            writer.print(pieces.get(call.operandCount()));
            writer.setNeedWhitespace(true);
        }
    }
}
