package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.secure.PlanFixture;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is computed before a query, and what need not be. */
class ChecksTest {
    private static final PlanFixture FIXTURE =
            PlanFixture.of("CREATE RESTRICTION boss ON Regions USING (Boss = 'Zoe') TO r");

    private static PlannedQuery planned(String sql) {
        return new QueryPlanner(DuckDbDialect.INSTANCE).plan(FIXTURE.secured(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 / Quantity FROM Sales WHERE 1 / Quantity > 2",
                "SELECT SUM(1 / Quantity) FROM Sales GROUP BY Shop HAVING SUM(1 / Quantity) > 2",
                "SELECT 1 / Quantity FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop AND 1 / Quantity > Size",
                "SELECT 1 / Quantity FROM Sales UNION ALL SELECT 1 / Size FROM Shops",
                "SELECT * FROM Shops JOIN (SELECT Shop, COUNT(Size) AS n, MAX(City) AS c FROM Shops GROUP BY Shop) x"
                        + " ON x.Shop = Shops.Shop",
                "SELECT * FROM Shops JOIN (SELECT Shop, ROW_NUMBER() OVER (ORDER BY City) AS n FROM Shops) x"
                        + " ON x.Shop = Shops.Shop",
                "SELECT Shop, SUM(Quantity) FROM Sales GROUP BY Shop ORDER BY 2 DESC FETCH FIRST 3 ROWS ONLY",
                "SELECT 1 / Quantity FROM Sales ORDER BY Shop FETCH FIRST 3 ROWS ONLY",
                "SELECT i FROM (VALUES (1)) AS v (i) WHERE i IN (SELECT 1 / x FROM (VALUES (1)) AS w (x))"
            })
    void whatIsComputedAnyhowIsNotComputedBefore(String sql) {
        assertEquals(List.of(), planned(sql).checks());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM Shops JOIN (SELECT 1 / Quantity AS n FROM Sales) x ON x.n = Size",
                "SELECT * FROM Shops LEFT JOIN Sales ON 1 / Size = Quantity",
                "SELECT * FROM Shops WHERE Size IN (SELECT 1 / Quantity FROM Sales)",
                "SELECT (SELECT 1 / MAX(Quantity) FROM Sales) FROM Shops",
                "SELECT (SELECT Quantity FROM Sales) FROM Shops",
                "SELECT (SELECT MAX(1 / Quantity) FROM Sales WHERE Sales.Shop = Shops.Shop) FROM Shops",
                "SELECT (SELECT 1 / Quantity FROM Sales WHERE Sales.Shop = Shops.Shop) FROM Shops",
                "SELECT Quantity FROM Sales WHERE 1 / Quantity > 0 FETCH FIRST 3 ROWS ONLY",
                "SELECT Shop FROM Sales GROUP BY Shop HAVING 1 / SUM(Quantity) > 0 FETCH FIRST 3 ROWS ONLY",
                "SELECT 1 / Size FROM Shops EXCEPT SELECT Quantity FROM Sales"
            })
    void whatMayBeLeftOutIsComputedBefore(String sql) {
        assertEquals(1, planned(sql).checks().size());
    }

    private static PlannedQuery.Bound bound(PlannedQuery planned, List<Object> contents) {
        return planned.bind(List.of(), contents, LocalDateTime.of(2026, 1, 2, 3, 4, 5));
    }

    @Test
    void whatWasComputedBeforeKeepsNothingApart() {
        PlannedQuery planned = planned("SELECT Shop FROM Sales WHERE Quantity < 6 / 2 AND Shop > 'a'");
        assertFalse(planned.text().sql().contains("LIMIT"), planned.text().sql());
        assertEquals(1, planned.checks().size());
        assertTrue(
                planned.checks().get(0).sql().contains("2"),
                planned.checks().get(0).sql());
        // A backend finds the digits of decimals by itself, and converts the column to as many.
        PlannedQuery decimal = planned("SELECT Shop FROM Sales WHERE Quantity < 6.5 / 2 AND Shop > 'a'");
        assertTrue(decimal.text().sql().contains("LIMIT"), decimal.text().sql());
        assertEquals(1, decimal.checks().size());
    }

    @Test
    void thatAPartDidNotFailIsKnownFromThenOn() {
        PlannedQuery planned = planned("SELECT * FROM Shops WHERE Size IN (SELECT 1 / Quantity FROM Sales)");
        PlannedQuery.Bound first = bound(planned, List.of());
        assertEquals(1, first.checks().size());
        first.whenChecked().run();
        assertEquals(List.of(), bound(planned, List.of()).checks());
    }

    @Test
    void thatAPartDidNotFailIsKnownOfWhatWasFilledInOnly() {
        PlannedQuery planned =
                planned("SELECT * FROM Shops WHERE Size IN (SELECT 1 / Quantity FROM Sales WHERE Shop < CURRENT_USER)");
        PlannedQuery.Bound anns = bound(planned, List.of("ann"));
        assertTrue(
                anns.checks().get(0).sql().contains("'ann'"),
                anns.checks().get(0).sql());
        anns.whenChecked().run();
        assertEquals(List.of(), bound(planned, List.of("ann")).checks());
        List<PlannedText.Filled> bobs = bound(planned, List.of("bo'b")).checks();
        assertEquals(1, bobs.size());
        assertTrue(bobs.get(0).sql().contains("'bo''b'"), bobs.get(0).sql());
    }

    @Test
    void theTimeIsTheSameInAllThatIsComputed() {
        PlannedQuery planned = planned("SELECT COUNT(*) FROM Shops WHERE Size IN"
                + " (SELECT 1 / Quantity FROM Sales WHERE EXTRACT(SECOND FROM CURRENT_TIMESTAMP) > 5)");
        bound(planned, List.of()).whenChecked().run();
        PlannedQuery.Bound bound = bound(planned, List.of());
        List<Object> moment = List.of(LocalDateTime.of(2026, 1, 2, 3, 4, 5));
        assertEquals(moment, bound.rows().parameters());
        assertEquals(
                Set.of(moment),
                bound.checks().stream().map(PlannedText.Filled::parameters).collect(Collectors.toSet()));
    }

    @Test
    void whatMayFailTheNextTimeIsRefused() {
        IcesparException e = assertThrows(
                IcesparException.class,
                () -> planned("SELECT * FROM Shops JOIN (SELECT 1 / FLOOR(2 * RAND()) AS n FROM Sales) x ON TRUE"));
        assertEquals(ErrorCode.FEATURE_NOT_SUPPORTED, e.code());
        assertEquals("`RANDOM` is not supported in what is joined with tables and can fail", e.getMessage());
        assertEquals(
                List.of(),
                planned("SELECT * FROM Shops JOIN (SELECT RAND() AS n FROM Sales) x ON TRUE")
                        .checks());
    }
}
