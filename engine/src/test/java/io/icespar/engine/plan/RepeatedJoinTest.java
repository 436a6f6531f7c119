package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.secure.PlanFixture;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which joins behind fences are written once, and how often they are read by their name. */
class RepeatedJoinTest {
    private static final String SOLD =
            "(SELECT Quantity + Size AS n, City FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop WHERE %s) AS x%d";
    private static final String SHOPS =
            "(SELECT Size + 1 AS n FROM Shops JOIN Regions ON Shops.Region = Regions.Region) AS y%d";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`SELECT n FROM SOLD`, 0, 0",
                "`SELECT n FROM SOLD UNION ALL SELECT n FROM SOLD`, 1, 2",
                "`SELECT MAX(n) FROM SOLD HAVING MAX(n) > (SELECT MIN(n) FROM SOLD)`, 1, 2",
                "`SELECT Id FROM Gifts WHERE Price IN (SELECT n FROM SOLD) OR Price > (SELECT MAX(n) FROM SOLD)`, 1, 2",
                "`SELECT n FROM SOLD UNION ALL SELECT n FROM SOLD UNION ALL SELECT n FROM SOLD`, 1, 3",
                "`SELECT n FROM SOLD UNION ALL SELECT n FROM SOLD WHERE City = 'Rome'`, 1, 2",
                "`SELECT n FROM SOLD UNION ALL SELECT Quantity + Size FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop`, 0, 0",
                "`SELECT n FROM SOLD UNION ALL SELECT n FROM SHOPS`, 0, 0",
                "`SELECT n FROM SOLD UNION SELECT n FROM SHOPS UNION SELECT n FROM SHOPS UNION SELECT n FROM SOLD`, 2, 4",
                "`SELECT City FROM SOLD UNION ALL SELECT City FROM SOLD`, 0, 0"
            })
    void whatIsAskedForTwiceIsWrittenOnce(String query, int written, int read) {
        String text = text(query, "Quantity > 0");
        assertEquals(written, count(text, " AS MATERIALIZED ("), text);
        assertEquals(read, count(text, "FROM \"0 common\"") + count(text, "FROM \"1 common\""), text);
        assertEquals(written > 0, text.startsWith("WITH \"0 common\" ("), text);
    }

    /** Each question mark has a value of its own. */
    @ParameterizedTest
    @CsvSource({"Quantity > ?, 0", "City > CURRENT_USER, 1", "Quantity > 7, 1", "RAND() < 0.5, 0"})
    void whatIsFilledInMustBeTheSame(String condition, int written) {
        String text = text("SELECT n FROM SOLD UNION ALL SELECT n FROM SOLD", condition);
        assertEquals(written, count(text, " AS MATERIALIZED ("), text);
    }

    private static String text(String query, String condition) {
        String sql = query;
        for (int i = 1; sql.contains("SOLD") || sql.contains("SHOPS"); i++) {
            sql = sql.replaceFirst("SOLD", SOLD.formatted(condition, i)).replaceFirst("SHOPS", SHOPS.formatted(i));
        }
        var fixture = PlanFixture.of("CREATE RESTRICTION boss ON Regions USING (Boss = CURRENT_USER) TO r");
        PlannedQuery planned = new QueryPlanner(DuckDbDialect.INSTANCE).plan(fixture.secured(sql));
        List<Object> slots = Collections.nCopies(planned.slots().size(), "u");
        String text = planned.bind(List.of(7, 8), slots, LocalDateTime.of(2026, 1, 2, 3, 4, 5))
                .rows()
                .sql();
        assertTrue(text.contains("'u'"), text);
        return text;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
