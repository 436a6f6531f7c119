package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NI for each expression that can fail, in each place of a query, under each sort of restriction: none is evaluated on a
 * hidden row. Each fails on the poison that hidden rows hold, and on no row that is seen.
 */
@Tag("security")
@ExtendWith(Samples.class)
class BarrierMatrixTest {
    /** Restricted on the table itself or over a reference, by a sub-query, by alternatives, and by values of the caller. */
    private static final List<SampleUser> USERS =
            List.of(SampleUser.PARISIAN, SampleUser.MAPPED, SampleUser.CAREFUL, SampleUser.VALUED);

    private static final Map<String, String> OF_SALES = new LinkedHashMap<>();
    private static final Map<String, String> OF_SHOPS = new LinkedHashMap<>();
    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    static {
        OF_SALES.put("a cast to a number", "CAST(SUBSTRING(t.\"Sale ID\" FROM 2) AS INTEGER)");
        OF_SALES.put("a cast to a smaller number", "CAST(t.\"Quantity\" AS SMALLINT)");
        OF_SALES.put("a cast to fewer digits", "CAST(t.\"Unit price\" AS DECIMAL(6, 2))");
        OF_SALES.put("a cast to a day", "CAST('2021-01-' || CAST(t.\"Quantity\" + 10 AS VARCHAR) AS DATE)");
        OF_SALES.put("a division", "12 / t.\"Quantity\"");
        OF_SALES.put("a division of decimals", "t.\"Unit price\" / t.\"Quantity\"");
        OF_SALES.put("a remainder", "MOD(12, t.\"Quantity\")");
        OF_SALES.put("a remainder of doubles", "MOD(12, CAST(t.\"Quantity\" AS DOUBLE))");
        OF_SALES.put(
                "a text read as a day", "TO_DATE('2021-01-' || CAST(t.\"Quantity\" + 10 AS VARCHAR), 'YYYY-MM-DD')");
        OF_SALES.put("a sum", "t.\"Quantity\" + 9000000000000000000");
        OF_SALES.put("a difference", "-9000000000000000000 - t.\"Quantity\"");
        OF_SALES.put("a product", "t.\"Quantity\" * 100000000000");
        OF_SALES.put("a logarithm", "LN(t.\"Quantity\")");
        OF_SALES.put("a decadic logarithm", "LOG10(t.\"Quantity\")");
        OF_SALES.put("a square root", "SQRT(t.\"Quantity\" - 1)");
        OF_SALES.put("an arc cosine", "ACOS(t.\"Quantity\" / 100)");
        OF_SALES.put("an exponential", "EXP(t.\"Quantity\")");
        OF_SALES.put("days later", "t.\"Date\" + INTERVAL '3' MONTH");
        OF_SALES.put("days later by a column", "t.\"Date\" + t.\"Quantity\" * INTERVAL '1' DAY");
        OF_SALES.put("a text that often", "REPEAT('x', CAST(t.\"Quantity\" AS INTEGER))");
        OF_SHOPS.put("a cast to a number", "CAST(SUBSTRING(t.\"Shop ID\" FROM 6) AS INTEGER)");
        OF_SHOPS.put(
                "a cast to a day", "CAST('2021-0' || CAST(CHAR_LENGTH(t.\"Country\") AS VARCHAR) || '-01' AS DATE)");
        OF_SHOPS.put("a division", "1 / (3 - CHAR_LENGTH(t.\"Country\") / 4)");

        PLACES.put("the list", "SELECT #, t.\"#key\" FROM \"#table\" t");
        PLACES.put("a condition", "SELECT COUNT(*) FROM \"#table\" t WHERE CAST(# AS VARCHAR) <> 'x'");
        PLACES.put(
                "a condition behind a guard",
                "SELECT COUNT(*) FROM \"#table\" t WHERE CASE WHEN t.\"#key\" LIKE '%' THEN CAST(# AS VARCHAR) <> 'x' END");
        PLACES.put(
                "a condition beside one that cannot fail",
                "SELECT COUNT(*) FROM \"#table\" t WHERE t.\"#key\" <> '' AND CAST(# AS VARCHAR) <> 'x'");
        PLACES.put(
                "the condition of a join",
                "SELECT COUNT(*) FROM \"#table\" t JOIN \"#table\" u ON t.\"#key\" = u.\"#key\" AND CAST(# AS VARCHAR) <> 'x'");
        PLACES.put(
                "the condition of an outer join",
                "SELECT COUNT(*) FROM \"#table\" u LEFT JOIN \"#table\" t ON t.\"#key\" = u.\"#key\" AND CAST(# AS VARCHAR) <> 'x'");
        PLACES.put(
                "what a join compares",
                "SELECT COUNT(*), MIN(t.\"#key\") FROM \"#table\" t LEFT JOIN (VALUES ('1'), ('2')) AS v (k) ON CAST(# AS VARCHAR) = v.k");
        PLACES.put(
                "the condition of groups",
                "SELECT t.\"#key\" FROM \"#table\" t GROUP BY t.\"#key\" HAVING MAX(#) IS NOT NULL");
        PLACES.put("an order", "SELECT t.\"#key\" FROM \"#table\" t ORDER BY #, t.\"#key\"");
        PLACES.put("an order with a limit", "SELECT t.\"#key\" FROM \"#table\" t ORDER BY #, t.\"#key\" LIMIT 3");
        PLACES.put("a group", "SELECT COUNT(*), MIN(t.\"#key\") FROM \"#table\" t GROUP BY #");
        PLACES.put("a grouping set", "SELECT COUNT(*), MIN(t.\"#key\") FROM \"#table\" t GROUP BY ROLLUP(#)");
        PLACES.put("a distinct", "SELECT DISTINCT # FROM \"#table\" t");
        PLACES.put("an aggregate", "SELECT MAX(#), MIN(t.\"#key\") FROM \"#table\" t");
        PLACES.put("a distinct aggregate", "SELECT COUNT(DISTINCT #), MIN(t.\"#key\") FROM \"#table\" t");
        PLACES.put(
                "a filter",
                "SELECT COUNT(*) FILTER (WHERE CAST(# AS VARCHAR) <> 'x'), MIN(t.\"#key\") FROM \"#table\" t");
        PLACES.put("a window", "SELECT t.\"#key\", MAX(#) OVER (PARTITION BY t.\"#key\") FROM \"#table\" t");
        PLACES.put("the parts of a window", "SELECT t.\"#key\", COUNT(*) OVER (PARTITION BY #) FROM \"#table\" t");
        PLACES.put("the order of a window", "SELECT t.\"#key\", RANK() OVER (ORDER BY #) FROM \"#table\" t");
        PLACES.put(
                "a sub-query of a condition",
                "SELECT COUNT(*) FROM \"#table\" u WHERE u.\"#key\" IN (SELECT t.\"#key\" FROM \"#table\" t WHERE CAST(# AS VARCHAR) <> 'x')");
        PLACES.put(
                "a correlated sub-query",
                "SELECT COUNT(*) FROM \"#table\" u WHERE EXISTS (SELECT 1 FROM \"#table\" t WHERE t.\"#key\" = u.\"#key\" AND CAST(# AS VARCHAR) <> 'x')");
        PLACES.put(
                "a part of a union",
                "SELECT t.\"#key\" AS k, CAST(# AS VARCHAR) AS v FROM \"#table\" t UNION SELECT 'a', 'b'");
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        add(cases, OF_SALES, "Sales", "Sale ID");
        add(cases, OF_SHOPS, "Shops", "Shop ID");
        return cases.stream();
    }

    // Two users for each, in turn: every two of them meet every expression and every place.
    private static void add(List<Arguments> cases, Map<String, String> expressions, String table, String key) {
        expressions.forEach((what, expression) -> PLACES.forEach((where, query) -> {
            String sql = query.replace("#table", table).replace("#key", key).replace("#", expression);
            int turn = cases.size() / 2 + cases.size() / (2 * PLACES.size());
            for (int i = 0; i < 2; i++) {
                cases.add(Arguments.of(what, where, table, USERS.get((turn + i) % USERS.size()), sql));
            }
        }));
    }

    @ParameterizedTest(name = "{0} in {1}, of {2}: {3}")
    @MethodSource("cases")
    void whatCanFailIsNotEvaluatedOnAHiddenRow(
            String what, String where, String table, SampleUser user, String sql, SampleLibrary samples) {
        Observation seen = samples.original().session(user).sql(sql).observation();
        assertEquals("", seen.failure(), "it fails on what is seen");
        assertEquals(seen, samples.poisonedFor(user).session(user).sql(sql).observation());
    }
}
