package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether a query fails does not hang on hidden rows where nothing is joined either: neither by the
 * least and greatest values of a column, by which a backend sees that a condition is never or always true, nor by how many
 * rows it takes at once before it stops.
 */
@ExtendWith(Samples.class)
class FailingAloneTest {
    /** The number of a sale. */
    private static final String NUMBER = "CAST(SUBSTRING(\"Sale ID\" FROM 2) AS INTEGER)";

    /** Fails for the last sale in Paris. */
    private static final String FAILS_LATE = "1 / (" + NUMBER + " - 4994)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"Sale ID\" FROM \"Sales\" WHERE CAST(\"Product\" AS INTEGER) > 0 OR \"Quantity\" >= 1",
                "SELECT \"Sale ID\" FROM \"Sales\" WHERE CAST(\"Product\" AS INTEGER) > 0 OR \"Date\" IS NOT NULL",
                "SELECT \"Sale ID\" FROM \"Sales\" WHERE CAST(\"Product\" AS INTEGER) > 0 AND \"Unit price\" > 99999",
                "SELECT r FROM (SELECT \"Date\" AS d, SUM(CAST(\"Product\" AS INTEGER)) OVER (PARTITION BY \"Shop\") AS r FROM"
                        + " \"Sales\") AS s WHERE d > DATE '2031-01-01'",
                "SELECT r FROM (SELECT \"City\" AS c, SUM(CAST(\"Shop ID\" AS INTEGER)) OVER (PARTITION BY \"Shop size\") AS r"
                        + " FROM \"Shops\") AS s WHERE c > 'S'",
                "SELECT \"Shop\" FROM \"Sales\" GROUP BY \"Shop\" HAVING MAX(\"Date\") > DATE '2031-01-01' AND"
                        + " MAX(CAST(\"Product\" AS INTEGER)) > 0",
                "SELECT n FROM (SELECT CAST(\"Product\" AS INTEGER) AS n, \"Date\" AS d FROM \"Sales\" ORDER BY \"Sale ID\""
                        + " FETCH FIRST 5000 ROWS ONLY) AS s WHERE d > DATE '2031-01-01'",
                "SELECT COUNT(*) FROM (SELECT DISTINCT 1 / (\"Quantity\" - 1) AS n, \"Quantity\" AS q FROM \"Sales\") AS s"
                        + " WHERE q >= 1",
                "SELECT COUNT(*) FROM \"Sales\" AS s JOIN \"Sales\" AS u ON s.\"Shop\" = u.\"Shop\" AND"
                        + " CAST(s.\"Product\" AS INTEGER) + u.\"Quantity\" = 3 WHERE u.\"Unit price\" > 99999",
                "SELECT COUNT(*) FROM \"Sales\" AS s, UNNEST(ARRAY[CAST(s.\"Product\" AS INTEGER), 1]) AS x (y) WHERE"
                        + " s.\"Unit price\" > 99999",
                "SELECT COUNT(*) FROM \"Shops\" AS t WHERE t.\"City\" = 'x' OR EXISTS (SELECT 1 FROM (SELECT"
                        + " CAST(\"Product\" AS INTEGER) AS n, \"Shop\", \"Date\" AS d FROM \"Sales\") AS a WHERE a.\"Shop\" ="
                        + " t.\"Shop ID\" AND a.n > 0 AND a.d > DATE '2031-01-01')",
                "SELECT COUNT(*) FROM \"Sales\" AS s LEFT JOIN \"Shops\" AS t ON 1 / (s.\"Quantity\" -"
                        + " CHAR_LENGTH(t.\"City\") + 4) > 5 AND s.\"Date\" > DATE '2031-01-01'"
            })
    void theRangeOfHiddenValuesMakesNoDifference(String sql, SampleLibrary samples) {
        assertAlike(sql, samples);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(n) FROM (SELECT " + FAILS_LATE + " AS n FROM \"Sales\" WHERE " + FAILS_LATE
                        + " > -100000 FETCH FIRST 1 ROW ONLY) AS t",
                "SELECT COUNT(n) FROM (SELECT \"Quantity\" AS n FROM \"Sales\" UNION ALL SELECT " + FAILS_LATE
                        + " FROM \"Sales\" FETCH FIRST 1 ROW ONLY) AS t",
                "SELECT COUNT(n) FROM (SELECT DISTINCT " + FAILS_LATE
                        + " AS n FROM \"Sales\" FETCH FIRST 1 ROW ONLY) AS t",
                "SELECT \"Quantity\" FROM \"Sales\" WHERE \"Quantity\" = (SELECT \"Quantity\" FROM \"Sales\" WHERE "
                        + FAILS_LATE + " < 5 FETCH FIRST 1 ROW ONLY) FETCH FIRST 0 ROWS ONLY"
            })
    void howManyRowsAreHiddenDoesNotDecideWhatIsComputedBeforeALimit(String sql, SampleLibrary samples) {
        assertAlikeWithoutHidden(sql, samples);
    }

    private static void assertAlike(String sql, SampleLibrary samples) {
        SampleUser user = SampleUser.PARISIAN;
        Observation poisoned = samples.poisonedFor(user).session(user).sql(sql).observation();
        assertEquals(poisoned, samples.original().session(user).sql(sql).observation());
    }

    private static void assertAlikeWithoutHidden(String sql, SampleLibrary samples) {
        SampleUser user = SampleUser.PARISIAN;
        Observation copy = samples.visibleTo(user).session(user).sql(sql).observation();
        assertEquals(copy, samples.original().session(user).sql(sql).observation());
    }
}
