package io.icespar.engine.sql;

import com.google.common.collect.ImmutableSet;
import io.icespar.engine.cube.MeasureFunction;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * The operators and functions that statements may use: a list of what was tried and tested, and nothing else.
 *
 * <p>More have a meaning to Calcite; for those, an error can say that they are not supported.
 */
public final class EngineOperators {
    private static final SqlOperatorTable TABLE = SqlOperatorTables.chain(
            new ReducedOperators(
                    SqlOperatorTables.chain(
                            SqlStdOperatorTable.instance(),
                            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.POSTGRESQL)),
                    EngineFunctions.REPLACED),
            SqlOperatorTables.of(
                    EngineFunctions.MOD,
                    EngineFunctions.DATE_TRUNC,
                    EngineFunctions.TIMESTAMP_DIFF,
                    EngineFunctions.TO_TIMESTAMP,
                    EngineFunctions.REGEXP_SUBSTR,
                    EngineFunctions.REGEXP_COUNT,
                    EngineFunctions.REGEXP_INSTR,
                    EngineFunctions.PERCENTILE_CONT,
                    EngineFunctions.PERCENTILE_DISC,
                    EngineFunctions.LISTAGG,
                    EngineFunctions.STRING_AGG,
                    EngineFunctions.ARRAY_AGG,
                    EngineFunctions.VAR_SAMP,
                    EngineFunctions.VARIANCE,
                    EngineFunctions.COVAR_SAMP,
                    EngineFunctions.NTH_VALUE,
                    EngineFunctions.LAG,
                    EngineFunctions.LEAD,
                    EngineFunctions.CORR,
                    EngineFunctions.LPAD,
                    EngineFunctions.RPAD,
                    EngineFunctions.DAYNAME,
                    EngineFunctions.MONTHNAME,
                    EngineFunctions.CURRENT_SCHEMA,
                    EngineFunctions.CURRENT_CATALOG,
                    SqlLibraryOperators.REVERSE,
                    SqlLibraryOperators.NVL,
                    SqlLibraryOperators.IFNULL,
                    SqlLibraryOperators.DECODE),
            SqlOperatorTables.of(EngineFunctions.REGRESSION));

    /** Those that take values and give one; {@link #SESSION} and {@link #CHANGING} are apart. */
    private static final Set<SqlOperator> SCALAR = ImmutableSet.of(
            // Logic and comparison
            SqlStdOperatorTable.AND,
            SqlStdOperatorTable.OR,
            SqlStdOperatorTable.NOT,
            SqlStdOperatorTable.EQUALS,
            SqlStdOperatorTable.NOT_EQUALS,
            SqlStdOperatorTable.LESS_THAN,
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
            SqlStdOperatorTable.GREATER_THAN,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
            SqlStdOperatorTable.IS_DISTINCT_FROM,
            SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
            SqlStdOperatorTable.IS_NULL,
            SqlStdOperatorTable.IS_NOT_NULL,
            SqlStdOperatorTable.IS_TRUE,
            SqlStdOperatorTable.IS_NOT_TRUE,
            SqlStdOperatorTable.IS_FALSE,
            SqlStdOperatorTable.IS_NOT_FALSE,
            SqlStdOperatorTable.IS_UNKNOWN,
            SqlStdOperatorTable.IS_NOT_UNKNOWN,
            SqlStdOperatorTable.SEARCH,
            SqlStdOperatorTable.CASE,
            SqlStdOperatorTable.COALESCE,
            SqlStdOperatorTable.CAST,
            SqlStdOperatorTable.LIKE,
            SqlLibraryOperators.ILIKE,
            SqlStdOperatorTable.SIMILAR_TO,
            SqlLibraryOperators.REGEXP_LIKE,
            // Numbers
            SqlStdOperatorTable.PLUS,
            SqlStdOperatorTable.MINUS,
            SqlStdOperatorTable.MULTIPLY,
            SqlStdOperatorTable.DIVIDE,
            SqlStdOperatorTable.DIVIDE_INTEGER,
            EngineFunctions.MOD,
            SqlStdOperatorTable.PERCENT_REMAINDER,
            SqlStdOperatorTable.UNARY_MINUS,
            SqlStdOperatorTable.UNARY_PLUS,
            SqlStdOperatorTable.ABS,
            SqlStdOperatorTable.CEIL,
            SqlStdOperatorTable.FLOOR,
            SqlStdOperatorTable.ROUND,
            SqlStdOperatorTable.TRUNCATE,
            SqlStdOperatorTable.SIGN,
            SqlStdOperatorTable.POWER,
            SqlStdOperatorTable.SQRT,
            SqlStdOperatorTable.CBRT,
            SqlStdOperatorTable.EXP,
            SqlStdOperatorTable.LN,
            SqlStdOperatorTable.LOG10,
            SqlStdOperatorTable.SIN,
            SqlStdOperatorTable.COS,
            SqlStdOperatorTable.TAN,
            SqlStdOperatorTable.COT,
            SqlStdOperatorTable.ASIN,
            SqlStdOperatorTable.ACOS,
            SqlStdOperatorTable.ATAN,
            SqlStdOperatorTable.ATAN2,
            SqlStdOperatorTable.DEGREES,
            SqlStdOperatorTable.RADIANS,
            SqlStdOperatorTable.PI,
            SqlLibraryOperators.LOG_POSTGRES,
            SqlLibraryOperators.SINH,
            SqlLibraryOperators.COSH,
            SqlLibraryOperators.TANH,
            SqlLibraryOperators.ASINH,
            SqlStdOperatorTable.BITAND,
            SqlStdOperatorTable.BITAND_OPERATOR,
            SqlStdOperatorTable.BITOR,
            SqlStdOperatorTable.BITXOR,
            SqlStdOperatorTable.BITXOR_OPERATOR,
            SqlStdOperatorTable.BITNOT,
            // Text
            SqlStdOperatorTable.CONCAT,
            SqlLibraryOperators.CONCAT_FUNCTION_WITH_NULL,
            SqlLibraryOperators.CONCAT_WS_POSTGRESQL,
            SqlStdOperatorTable.UPPER,
            SqlStdOperatorTable.LOWER,
            SqlStdOperatorTable.TRIM,
            SqlStdOperatorTable.SUBSTRING,
            SqlStdOperatorTable.POSITION,
            SqlStdOperatorTable.CHAR_LENGTH,
            SqlStdOperatorTable.CHARACTER_LENGTH,
            SqlStdOperatorTable.OCTET_LENGTH,
            SqlStdOperatorTable.REPLACE,
            SqlStdOperatorTable.OVERLAY,
            SqlStdOperatorTable.ASCII,
            SqlLibraryOperators.CHR,
            SqlLibraryOperators.LENGTH,
            SqlLibraryOperators.LEFT,
            SqlLibraryOperators.RIGHT,
            SqlLibraryOperators.REPEAT,
            SqlLibraryOperators.TRANSLATE3,
            EngineFunctions.LPAD,
            EngineFunctions.RPAD,
            SqlLibraryOperators.SPLIT_PART,
            SqlLibraryOperators.STARTS_WITH,
            SqlLibraryOperators.MD5,
            SqlLibraryOperators.SHA1,
            SqlLibraryOperators.SHA256,
            SqlStdOperatorTable.INITCAP,
            SqlLibraryOperators.REVERSE,
            SqlLibraryOperators.SPACE,
            SqlLibraryOperators.CHAR,
            SqlLibraryOperators.REGEXP_REPLACE_PG_3,
            SqlLibraryOperators.REGEXP_REPLACE_PG_4,
            EngineFunctions.REGEXP_SUBSTR,
            EngineFunctions.REGEXP_COUNT,
            EngineFunctions.REGEXP_INSTR,
            // Dates and times
            SqlStdOperatorTable.DATETIME_PLUS,
            SqlStdOperatorTable.MINUS_DATE,
            SqlStdOperatorTable.REINTERPRET,
            SqlStdOperatorTable.EXTRACT,
            SqlLibraryOperators.DATE_PART,
            EngineFunctions.DAYNAME,
            EngineFunctions.MONTHNAME,
            SqlStdOperatorTable.LAST_DAY,
            EngineFunctions.DATE_TRUNC,
            EngineFunctions.TIMESTAMP_DIFF,
            SqlStdOperatorTable.TIMESTAMP_ADD,
            SqlLibraryOperators.TO_CHAR_PG,
            SqlLibraryOperators.TO_DATE_PG,
            EngineFunctions.TO_TIMESTAMP,
            // Others
            SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR);

    /** Those that may give another value the next time they are asked. */
    private static final Set<SqlOperator> CHANGING = Set.of(
            SqlStdOperatorTable.CURRENT_DATE,
            SqlStdOperatorTable.CURRENT_TIME,
            SqlStdOperatorTable.CURRENT_TIMESTAMP,
            SqlStdOperatorTable.LOCALTIME,
            SqlStdOperatorTable.LOCALTIMESTAMP,
            SqlStdOperatorTable.RAND,
            SqlLibraryOperators.RANDOM);

    /** Those that tell who asks. No backend gets to see them: it would answer for itself. */
    private static final Set<SqlOperator> SESSION = Set.of(
            SqlStdOperatorTable.CURRENT_USER,
            SqlStdOperatorTable.SESSION_USER,
            SqlStdOperatorTable.SYSTEM_USER,
            SqlStdOperatorTable.USER);

    /** Those that hang on the connection, and so mean nothing in a restriction, mask or measure. */
    private static final Set<SqlOperator> CONNECTION =
            Set.of(EngineFunctions.CURRENT_SCHEMA, EngineFunctions.CURRENT_CATALOG);

    private static final Set<SqlAggFunction> AGGREGATE = ImmutableSet.of(
            SqlStdOperatorTable.COUNT,
            SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.SUM0,
            SqlStdOperatorTable.MIN,
            SqlStdOperatorTable.MAX,
            SqlStdOperatorTable.AVG,
            SqlStdOperatorTable.ANY_VALUE,
            SqlStdOperatorTable.EVERY,
            SqlStdOperatorTable.SOME,
            SqlLibraryOperators.BOOL_AND,
            SqlLibraryOperators.BOOL_OR,
            SqlStdOperatorTable.BIT_AND,
            SqlStdOperatorTable.BIT_OR,
            SqlStdOperatorTable.BIT_XOR,
            SqlStdOperatorTable.STDDEV,
            SqlStdOperatorTable.STDDEV_POP,
            SqlStdOperatorTable.STDDEV_SAMP,
            EngineFunctions.VARIANCE,
            SqlStdOperatorTable.VAR_POP,
            EngineFunctions.VAR_SAMP,
            SqlStdOperatorTable.COVAR_POP,
            EngineFunctions.COVAR_SAMP,
            SqlStdOperatorTable.REGR_COUNT,
            SqlStdOperatorTable.REGR_SXX,
            SqlStdOperatorTable.REGR_SYY,
            EngineFunctions.CORR,
            SqlStdOperatorTable.MODE,
            SqlStdOperatorTable.APPROX_COUNT_DISTINCT,
            SqlStdOperatorTable.GROUPING,
            SqlStdOperatorTable.GROUPING_ID,
            SqlStdOperatorTable.GROUP_ID);

    /** Those whose result depends on an order of their own. */
    private static final Set<SqlAggFunction> ORDERED = Set.of(
            EngineFunctions.LISTAGG,
            EngineFunctions.STRING_AGG,
            EngineFunctions.ARRAY_AGG,
            EngineFunctions.PERCENTILE_CONT,
            EngineFunctions.PERCENTILE_DISC);

    private static final Set<SqlAggFunction> WINDOW = Set.of(
            SqlStdOperatorTable.ROW_NUMBER,
            SqlStdOperatorTable.RANK,
            SqlStdOperatorTable.DENSE_RANK,
            SqlStdOperatorTable.PERCENT_RANK,
            SqlStdOperatorTable.CUME_DIST,
            SqlStdOperatorTable.NTILE,
            EngineFunctions.LAG,
            EngineFunctions.LEAD,
            SqlStdOperatorTable.FIRST_VALUE,
            SqlStdOperatorTable.LAST_VALUE,
            EngineFunctions.NTH_VALUE);

    private EngineOperators() {}

    /** All that has a meaning, where {@code CONTEXT_VALUE} gives what the state of that moment has. */
    static SqlOperatorTable with(ContextValueFunction contextValue) {
        return SqlOperatorTables.chain(TABLE, SqlOperatorTables.of(contextValue, MeasureFunction.INSTANCE));
    }

    /** Whether a backend can be asked for it, outside of aggregates and windows. */
    public static boolean isScalar(SqlOperator operator) {
        return SCALAR.contains(operator) || CHANGING.contains(operator);
    }

    /** Whether it gives, for the same caller and the same values, the same value every time. */
    static boolean isDeterministic(SqlOperator operator) {
        return SCALAR.contains(operator) || SESSION.contains(operator);
    }

    /** Whether it tells who asks, and must be replaced by the caller's own value. */
    public static boolean isOfSession(SqlOperator operator) {
        return SESSION.contains(operator);
    }

    /** Whether that is the name of such a function, which is called without parentheses. */
    static boolean isOfSession(String name) {
        return SESSION.stream().anyMatch(operator -> operator.getName().equalsIgnoreCase(name));
    }

    /** Whether that is the name of a function that is called without parentheses. */
    static boolean isCalledBare(String name) {
        return isOfSession(name)
                || Stream.of(CHANGING, CONNECTION)
                        .flatMap(Set::stream)
                        .anyMatch(operator -> operator.getName().equalsIgnoreCase(name));
    }

    /** Whether it is an aggregate function, of a result that hangs on no order. */
    public static boolean isAggregate(SqlAggFunction function) {
        return AGGREGATE.contains(function) || EngineFunctions.REGRESSION.contains(function);
    }

    /** Whether it is an aggregate function, of a result that hangs on an order of its own. */
    public static boolean isOrderedAggregate(SqlAggFunction function) {
        return ORDERED.contains(function);
    }

    /** Whether it is a function of windows only. */
    public static boolean isWindow(SqlAggFunction function) {
        return WINDOW.contains(function);
    }

    /** Every one that statements may use, by whatever name or sign. */
    static Stream<SqlOperator> all() {
        return Stream.of(SCALAR, CHANGING, SESSION, CONNECTION, AGGREGATE, ORDERED, WINDOW)
                .flatMap(Set::stream);
    }
}
