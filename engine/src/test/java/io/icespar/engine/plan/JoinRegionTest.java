package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.secure.PlanFixture;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a join of the query's own says already what a restriction demands over a reference, and where it only seems to. */
class JoinRegionTest {
    private static final Pattern SEMI_JOIN = Pattern.compile("\\bIN\\(");

    /** {@code Sales} refers to {@code Shops} and that to {@code Regions}; all sales and shops are restricted by references. */
    private static final PlanFixture FIXTURE =
            PlanFixture.of("CREATE RESTRICTION boss ON Regions USING (Boss = 'Zoe') TO r");

    private static String placed(String sql) {
        SecuredQuery query = FIXTURE.secured(sql);
        RelNode plan = Barrier.place(query.tree(), query.rights());
        RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights());
        return RelOptUtil.toString(plan).replace("_UTF-8", "");
    }

    private static long semiJoins(String sql) {
        return SEMI_JOIN.matcher(placed(sql)).results().count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop = b.Shop JOIN Regions c ON b.Region = c.Region",
                "SELECT 1 / Quantity FROM Regions, Shops, Sales WHERE Shops.Region = Regions.Region AND Shops.Shop = Sales.Shop",
                "SELECT * FROM Sales JOIN Shops USING (Shop) JOIN Regions USING (Region)",
                "SELECT * FROM Sales NATURAL JOIN Shops NATURAL JOIN Regions",
                "SELECT q FROM (SELECT Shop AS s, Quantity AS q FROM Sales) a, (SELECT Shop, Region AS r FROM Shops) b,"
                        + " Regions c WHERE s = b.Shop AND r = c.Region",
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop = b.Shop AND b.City = 'Paris' JOIN Regions c"
                        + " ON b.Region = c.Region WHERE b.Size > 2 AND 1 / a.Quantity > 2",
                "SELECT Quantity FROM Sales a, Shops b, Regions c WHERE b.Region = c.Region"
                        + " AND (a.Shop = b.Shop AND 1 / a.Quantity = 1 OR a.Shop = b.Shop AND 1 / b.Size = 1)"
            })
    void aJoinWithTheRowThatIsReferredToStandsForTheSemiJoin(String sql) {
        assertEquals(0, semiJoins(sql), placed(sql));
    }

    @Test
    void equalColumnsOfOthersDoAsWell() {
        assertEquals(
                0,
                semiJoins("SELECT * FROM Sales a, Sales b, Shops c, Regions d"
                        + " WHERE a.Shop = b.Shop AND b.Shop = c.Shop AND c.Region = d.Region"));
    }

    @Test
    void whatIsNotJoinedIsDemanded() {
        assertEquals(2, semiJoins("SELECT * FROM Sales"));
        // The shops that the sales are joined with refer to regions that nothing is joined with.
        assertEquals(1, semiJoins("SELECT * FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop"));
        // Another shop than that of the sale.
        assertEquals(3, semiJoins("SELECT * FROM Sales JOIN Shops ON Sales.Sale = Shops.Shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT Quantity FROM Sales a LEFT JOIN Shops b ON a.Shop = b.Shop",
                "SELECT Quantity FROM Sales a RIGHT JOIN Shops b ON a.Shop = b.Shop",
                "SELECT Quantity FROM Sales a FULL JOIN Shops b ON a.Shop = b.Shop",
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop = b.Shop OR a.Quantity = 1",
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop >= b.Shop AND a.Shop <= b.Shop",
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop IS NOT DISTINCT FROM b.Shop",
                "SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop || 'x' = b.Shop || 'x'",
                "SELECT Quantity FROM Sales a JOIN Shops b ON NOT a.Shop <> b.Shop AND a.Sale = b.City",
                "SELECT Quantity FROM (SELECT * FROM Sales ORDER BY Quantity LIMIT 3) a JOIN Shops b ON a.Shop = b.Shop",
                "SELECT Quantity FROM (SELECT Shop, SUM(Quantity) AS Quantity FROM Sales GROUP BY Shop) a JOIN Shops b"
                        + " ON a.Shop = b.Shop",
                "SELECT Quantity FROM (SELECT Shop, Quantity, ROW_NUMBER() OVER (ORDER BY Sale) AS n FROM Sales) a"
                        + " JOIN Shops b ON a.Shop = b.Shop",
                "SELECT q FROM (SELECT Shop, 2 * Quantity AS q FROM Sales) a JOIN Shops b ON a.Shop = b.Shop",
                "SELECT Quantity FROM (SELECT Shop, Quantity FROM Sales EXCEPT SELECT 'a', 1) a JOIN Shops b"
                        + " ON a.Shop = b.Shop",
                "SELECT Quantity FROM Sales a JOIN (SELECT DISTINCT Shop FROM Shops) b ON a.Shop = b.Shop"
            })
    void whatDoesNotJoinEachRowWithTheOneThatItRefersToDoesNot(String sql) {
        assertEquals(3, semiJoins(sql), placed(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(SELECT 1 / (i - 2) AS n, i AS m FROM (VALUES (1), (2)) AS v (i))",
                "(SELECT 1 / Size AS n, Size AS m FROM Shops)",
                "(SELECT SUM(Quantity) AS n, Quantity AS m FROM Sales GROUP BY Quantity)",
                "(SELECT i AS n, i AS m FROM (VALUES (1), (2)) AS v (i) WHERE 1 / i = 1)",
                "(SELECT i AS n, (SELECT Price FROM Gifts) AS m FROM (VALUES (1), (2)) AS v (i))",
                "(WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i AS n, i AS m FROM r)"
            })
    void whatCanFailIsAmongWhatIsComputedBefore(String source) {
        SecuredQuery query = FIXTURE.secured("SELECT COUNT(*), MIN(x.n) FROM Sales a JOIN Shops b ON a.Shop = b.Shop"
                + " JOIN Regions c ON b.Region = c.Region JOIN " + source + " x ON x.m = a.Quantity");
        RelNode plan = Barrier.place(query.tree(), query.rights());
        List<RelNode> parts = FailingParts.of(plan);
        assertDoesNotThrow(() -> RestrictionVerifier.verify(plan, parts, query.rights()));
        assertEquals(
                "the guard refused a plan: what is joined within a fence can fail",
                assertThrows(IcesparException.class, () -> RestrictionVerifier.verify(plan, List.of(), query.rights()))
                        .getMessage());
    }

    @Test
    void aSubQueryIsNotAJoin() {
        assertEquals(3, semiJoins("SELECT * FROM Sales a WHERE EXISTS (SELECT 1 FROM Shops b WHERE a.Shop = b.Shop)"));
        // The query's own IN is one of them.
        assertEquals(4, semiJoins("SELECT * FROM Sales WHERE Shop IN (SELECT Shop FROM Shops)"));
    }

    @Test
    void allIsBehindOneFenceWhichStaysClosedWhereSomethingCanFail() {
        assertEquals(
                """
                LogicalProject(EXPR$0=[/(1, $2)])
                  LogicalFilter(condition=[=(/(1, $5), 1)])
                    Fence(closed=[true])
                      LogicalJoin(condition=[=($1, $3)], joinType=[inner])
                        Fence(closed=[false])
                          LogicalFilter(condition=[>($2, 7)])
                            SecuredScan(table=[[s, Sales]])
                        Fence(closed=[false])
                          LogicalFilter(condition=[IN($3, {
                LogicalProject(Region=[$0])
                  LogicalFilter(condition=[=($1, 'Zoe')])
                    SecuredScan(table=[[s, Regions]])
                })])
                            SecuredScan(table=[[s, Shops]])
                """,
                placed("SELECT 1 / Quantity FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop"
                        + " WHERE Quantity > 7 AND 1 / Size = 1"));
    }

    @Test
    void anOwnConditionStays() {
        PlanFixture own = PlanFixture.of(
                "CREATE RESTRICTION boss ON Regions USING (Boss = 'Zoe') TO r",
                "CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r",
                "CREATE RESTRICTION known ON Sales USING (Shop IN (SELECT Shop FROM Shops)) TO r");
        SecuredQuery query = own.secured("SELECT Quantity FROM Sales a JOIN Shops b ON a.Shop = b.Shop"
                + " JOIN Regions c ON b.Region = c.Region");
        assertEquals(
                """
                LogicalProject(Quantity=[$2])
                  Fence(closed=[false])
                    LogicalJoin(condition=[=($6, $7)], joinType=[inner])
                      LogicalJoin(condition=[=($1, $3)], joinType=[inner])
                        Fence(closed=[false])
                          LogicalFilter(condition=[IN($1, {
                LogicalProject(Shop=[$0])
                  SecuredScan(table=[[s, Shops]])
                })])
                            SecuredScan(table=[[s, Sales]])
                        Fence(closed=[false])
                          LogicalFilter(condition=[=($1, 'Paris')])
                            SecuredScan(table=[[s, Shops]])
                      Fence(closed=[false])
                        LogicalFilter(condition=[=($1, 'Zoe')])
                          SecuredScan(table=[[s, Regions]])
                """,
                RelOptUtil.toString(Barrier.place(query.tree(), query.rights())).replace("_UTF-8", ""));
    }
}
