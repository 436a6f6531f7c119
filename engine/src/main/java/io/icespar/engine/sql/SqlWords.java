package io.icespar.engine.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.parser.SqlParser;

/** The words of Icespar's SQL, as tools ask for them. */
public final class SqlWords {
    /** The longest name that a statement may hold, in characters. */
    public static final int MAX_NAME_LENGTH = StatementText.MAX_NAME_LENGTH;

    /** The words that SQL:2003 reserves and SQL-92 does not. */
    private static final Set<String> SQL_2003 = Set.of("""
            ABS ARRAY ASENSITIVE ASYMMETRIC ATOMIC BIGINT BINARY BLOB BOOLEAN CALL CALLED CARDINALITY CEIL CEILING CLOB COLLECT
            CONDITION CORR COVAR_POP COVAR_SAMP CUBE CUME_DIST CURRENT_DEFAULT_TRANSFORM_GROUP CURRENT_PATH CURRENT_ROLE
            CURRENT_TRANSFORM_GROUP_FOR_TYPE CYCLE DENSE_RANK DEREF DETERMINISTIC DYNAMIC EACH ELEMENT EVERY EXP FILTER FLOOR FREE
            FUNCTION FUSION GROUPING HOLD INOUT INTERSECTION LARGE LATERAL LN LOCALTIME LOCALTIMESTAMP MEMBER MERGE METHOD MOD
            MODIFIES MULTISET NCLOB NEW NORMALIZE OLD OUT OVER OVERLAY PARAMETER PARTITION PERCENTILE_CONT PERCENTILE_DISC
            PERCENT_RANK POWER RANGE RANK READS RECURSIVE REF REFERENCING REGR_AVGX REGR_AVGY REGR_COUNT REGR_INTERCEPT REGR_R2
            REGR_SLOPE REGR_SXX REGR_SXY REGR_SYY RELEASE RESULT RETURN RETURNS ROLLUP ROW ROW_NUMBER SAVEPOINT SCOPE SEARCH
            SENSITIVE SIMILAR SPECIFIC SPECIFICTYPE SQLEXCEPTION SQLWARNING SQRT START STATIC STDDEV_POP STDDEV_SAMP SUBMULTISET
            SYMMETRIC SYSTEM TABLESAMPLE TREAT TRIGGER UESCAPE UNNEST VAR_POP VAR_SAMP WIDTH_BUCKET WINDOW WITHIN WITHOUT""".split("\\s+", -1));

    private SqlWords() {}

    /** The reserved words that are none in SQL:2003, in the order of the alphabet. */
    public static List<String> keywords() {
        var words = SqlParser.create("", StatementText.PARSER).getMetadata().getJdbcKeywords();
        return Arrays.stream(words.split(",", -1))
                .filter(word -> !SQL_2003.contains(word))
                .sorted()
                .toList();
    }

    /** The names of all functions, in the order of the alphabet. */
    public static List<String> functions() {
        var names = new TreeSet<String>();
        EngineOperators.all()
                .filter(SqlFunction.class::isInstance)
                .map(operator -> operator.getName())
                .filter(name -> name.matches("[A-Z][A-Z0-9_]*"))
                .forEach(names::add);
        return List.copyOf(names);
    }
}
