package io.icespar.engine.plan;

import io.icespar.engine.backend.BackendQuery;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * Functions of DuckDB 2.0, and texts of it in which each operand stands once. What a lambda is given has a name that no
 * column has: to DuckDB a column of the same name goes before it.
 */
final class BackendWords {
    /** A text with a capital letter at the start of each word, which is what is made of letters and digits. */
    static final SqlOperator INITCAP = text(
            "INITCAP",
            "ARRAY_TO_STRING(LIST_TRANSFORM(REGEXP_EXTRACT_ALL(LOWER(",
            "), '[\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+'), lambda \"its w\" : UPPER(\"its w\"[1]) || SUBSTRING(\"its w\", 2)), '')");

    // In parentheses: the signs bind less than those of sums there, and more to Calcite.
    /** Whole number with the bits that both have. */
    static final SqlOperator BIT_AND = text("BIT_AND", "((", ") & (", "))");

    /** Whole number with the bits that one of them has. */
    static final SqlOperator BIT_OR = text("BIT_OR", "((", ") | (", "))");

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
            "}], lambda \"its p\" : DATE_DIFF('month', \"its p\".a, \"its p\".b) - CASE"
                    + " WHEN \"its p\".b >= \"its p\".a AND \"its p\".b - DATE_TRUNC('month', \"its p\".b) < \"its p\".a - DATE_TRUNC('month', \"its p\".a) THEN 1"
                    + " WHEN \"its p\".b < \"its p\".a AND \"its p\".b - DATE_TRUNC('month', \"its p\".b) > \"its p\".a - DATE_TRUNC('month', \"its p\".a) THEN -1"
                    + " ELSE 0 END)[1])");

    /** The first moment of a timestamp's century: there is no year 0, so they begin with years such as 2001. */
    static final SqlOperator CENTURY =
            text("CENTURY", "(DATE_TRUNC('century', CAST(", " AS TIMESTAMP) - INTERVAL 1 YEAR) + INTERVAL 1 YEAR)");

    /** The first moment of a timestamp's millennium. */
    static final SqlOperator MILLENNIUM = text(
            "MILLENNIUM", "(DATE_TRUNC('millennium', CAST(", " AS TIMESTAMP) - INTERVAL 1 YEAR) + INTERVAL 1 YEAR)");

    // DuckDB's own function for errors counts as one that changes, which neither masks nor its optimiser take.
    private static final String FAILING = "CAST('" + BackendQuery.TOO_LONG + "' AS INTEGER)";

    private static final String FAILURE = " THEN CAST(" + FAILING + " AS VARCHAR) ELSE ";

    /** A text, or an error if it has more octets than a number. */
    static final SqlOperator BOUNDED = bounded(
            "BOUNDED",
            "(LIST_TRANSFORM([",
            "], lambda \"its t\" : CASE WHEN STRLEN(\"its t\") > ",
            FAILURE + "\"its t\" END)[1])");

    /** Texts put together, if the sum of their octets, which comes first, is no more than a number; else an error. */
    static final SqlOperator BOUNDED_SUM = bounded("BOUNDED_SUM", "(CASE WHEN ", " > ", FAILURE, " END)");

    /** A text that often, or an error if it has more octets than a number; where it is made, it is short enough. */
    static final SqlOperator REPEAT = bounded(
            "REPEAT",
            "(LIST_TRANSFORM([{'t': ",
            ", 'n': ",
            "}], lambda \"its p\" : CASE WHEN \"its p\".n > ",
            " // GREATEST(STRLEN(\"its p\".t), 1)" + FAILURE + "REPEAT(\"its p\".t, \"its p\".n) END)[1])");

    /** A text with other parts in place of some, or an error if it has more octets than a number. */
    static final SqlOperator REPLACE = bounded(
            "REPLACE",
            "(LIST_TRANSFORM([{'t': ",
            ", 'a': ",
            ", 'b': ",
            "}], lambda \"its p\" : CASE WHEN STRLEN(\"its p\".b) > STRLEN(\"its p\".a)"
                    + " AND (STRLEN(\"its p\".t) - STRLEN(REPLACE(\"its p\".t, \"its p\".a, ''))) // GREATEST(STRLEN(\"its p\".a), 1)"
                    + " * (STRLEN(\"its p\".b) - STRLEN(\"its p\".a)) + STRLEN(\"its p\".t) > ",
            FAILURE + "REPLACE(\"its p\".t, \"its p\".a, \"its p\".b) END)[1])");

    /** A number of characters, or an error if it is greater than another. */
    static final SqlOperator LENGTH = text(
            "LENGTH",
            "(LIST_TRANSFORM([",
            "], lambda \"its n\" : CASE WHEN \"its n\" > ",
            " THEN " + FAILING + " ELSE \"its n\" END)[1])");

    /** A list, or an error if it has more elements than a number. */
    static final SqlOperator LIST = text(
            "LIST",
            "(LIST_TRANSFORM([",
            "], lambda \"its l\" : CASE WHEN LEN(\"its l\") > ",
            " THEN LIST_SLICE(\"its l\", " + FAILING + ", 1) ELSE \"its l\" END)[1])");

    /** A list, or an error if a number that comes first is greater than another. */
    static final SqlOperator LIST_IN_ROW =
            text("LIST_IN_ROW", "(CASE WHEN ", " > ", " THEN LIST_SLICE(", ", " + FAILING + ", 1) ELSE ", " END)");

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

    private static SqlOperator bounded(String name, String... pieces) {
        return new Bounded(name, List.of(pieces));
    }

    /** A text that is no longer than its bound. */
    static final class Bounded extends Text {
        private Bounded(String name, List<String> pieces) {
            super(name, pieces);
        }
    }

    /** A text with its operands between the pieces. */
    private static class Text extends SqlFunction {
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
