package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether a query fails does not hang on which part of it a backend begins with, which hidden rows have a say in: where
 * there are others, or none, it comes out the same.
 */
@ExtendWith(Samples.class)
class FailingPartsTest {
    /** What can fail, of a number {@code n} and a text {@code m}; some do, some do not. */
    private static final List<String> PARTS = List.of(
            "(SELECT 1 / x AS n, 'shop_0' AS m FROM (VALUES (0), (1)) AS v (x))",
            "(SELECT CAST(\"Product\" AS INTEGER) AS n, \"Shop\" AS m FROM \"Sales\")",
            "(SELECT CAST(\"Price\" AS INTEGER) AS n, \"Shop\" AS m FROM (SELECT \"Shop\", CAST(\"Unit price\" AS VARCHAR) AS"
                    + " \"Price\" FROM \"Sales\") AS p)",
            "(SELECT SUM(CAST(\"Product\" AS INTEGER)) AS n, \"Shop\" AS m FROM \"Sales\" GROUP BY \"Shop\")");

    /** What no visible row fulfils, and what some do. */
    private static final List<String> CONDITIONS = List.of(
            "s.\"Date\" > DATE '2031-01-01'",
            "s.\"Product\" = 'CANARY 7'",
            "s.\"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"City\" = 'CANARY city')",
            "s.\"Quantity\" >= 1");

    /** Where a part can stand. */
    private static final List<String> QUERIES = List.of(
            "SELECT COUNT(*), MAX(f.n) FROM \"Sales\" AS s JOIN %s AS f ON f.m = s.\"Shop\" WHERE %s",
            "SELECT COUNT(*), MAX(f.n) FROM \"Sales\" AS s JOIN %s AS f ON f.n = s.\"Quantity\" WHERE %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s, %s AS f WHERE %s",
            "SELECT COUNT(*), MAX(f.n) FROM %s AS f LEFT JOIN \"Sales\" AS s ON f.m = s.\"Shop\" AND %s",
            "SELECT COUNT(*), MAX(f.n) FROM %s AS f RIGHT JOIN \"Sales\" AS s ON f.m = s.\"Shop\" WHERE %s",
            "SELECT COUNT(*), MAX(f.n) FROM %s AS f FULL JOIN (SELECT * FROM \"Sales\" AS s WHERE %s) AS t ON f.n = t.\"Quantity\"",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE s.\"Quantity\" IN (SELECT f.n FROM %s AS f) AND %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE s.\"Quantity\" NOT IN (SELECT f.n FROM %s AS f) AND %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE EXISTS (SELECT 1 FROM %s AS f WHERE f.n > 0) AND %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE EXISTS (SELECT 1 FROM %s AS f WHERE f.n = s.\"Quantity\") AND %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE NOT EXISTS (SELECT 1 FROM %s AS f WHERE f.m = s.\"Shop\" AND f.n > 1)"
                    + " AND %s",
            "SELECT (SELECT MAX(f.n) FROM %s AS f) AS c FROM \"Sales\" AS s WHERE %s ORDER BY 1 FETCH FIRST 1 ROW ONLY",
            "SELECT (SELECT f.n FROM %s AS f) AS c FROM \"Sales\" AS s WHERE %s ORDER BY 1 FETCH FIRST 1 ROW ONLY",
            "SELECT COUNT((SELECT f.n FROM %s AS f WHERE f.m = s.\"Sale ID\")) FROM \"Sales\" AS s WHERE %s",
            "SELECT MAX((SELECT MAX(f.n) FROM %s AS f WHERE f.m = s.\"Shop\")) FROM \"Sales\" AS s WHERE %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE s.\"Quantity\" > (SELECT MAX(f.n) FROM %s AS f WHERE f.m = s.\"Shop\")"
                    + " AND %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s WHERE s.\"Quantity\" IN (SELECT f.n FROM %s AS f WHERE f.m = s.\"Shop\") AND"
                    + " %s",
            "SELECT COUNT(*), MAX(f.n) FROM \"Sales\" AS s, LATERAL (SELECT g.n FROM %s AS g WHERE g.m = s.\"Shop\") AS f"
                    + " WHERE %s",
            "SELECT f.n FROM %s AS f INTERSECT SELECT CAST(s.\"Quantity\" AS INTEGER) FROM \"Sales\" AS s WHERE %s",
            "SELECT f.n FROM %s AS f EXCEPT SELECT CAST(s.\"Quantity\" AS INTEGER) FROM \"Sales\" AS s WHERE %s",
            "SELECT COUNT(*) FROM (SELECT * FROM %s AS f WHERE n > 0) AS f JOIN \"Sales\" AS s ON TRUE JOIN \"Shops\" AS t ON"
                    + " s.\"Shop\" = t.\"Shop ID\" WHERE %s",
            "SELECT COUNT(*) FROM \"Sales\" AS s JOIN \"Shops\" AS t ON s.\"Shop\" = t.\"Shop ID\" WHERE 1 /"
                    + " (s.\"Quantity\" - s.\"Quantity\") > 0 AND EXISTS (SELECT 1 FROM %s AS f) AND %s",
            "SELECT COUNT(*) FROM %s AS f JOIN \"Sales\" AS s ON CAST(s.\"Product\" AS INTEGER) = f.n AND %s");

    static Stream<Arguments> cases() {
        List<SampleUser> users = List.of(SampleUser.values());
        List<Arguments> cases = new ArrayList<>();
        for (String query : QUERIES) {
            for (String part : PARTS) {
                for (String condition : CONDITIONS) {
                    String sql = String.format(query, part, condition);
                    cases.add(Arguments.of(users.get(cases.size() % users.size()), sql));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void aQueryFailsOrNotWhateverIsHidden(SampleUser user, String sql, SampleLibrary samples) {
        Observation copy = samples.visibleTo(user).session(user).sql(sql).observation();
        assertEquals(copy, samples.original().session(user).sql(sql).observation());
        assertEquals(copy, samples.poisonedFor(user).session(user).sql(sql).observation());
    }
}
