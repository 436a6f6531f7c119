package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.secure.PlanFixture;
import io.icespar.engine.secure.SecuredQuery;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/** Where fences stay closed, and what may pass them. */
class BarrierTest {
    private static final PlanFixture FIXTURE = PlanFixture.of(
            "CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r",
            "CREATE MASK m ON Gifts (Price) USING (0) TO r");

    /** The plan once fences are placed. */
    private static String placed(String sql) {
        return RelOptUtil.toString(placed(FIXTURE.secured(sql))).replace("_UTF-8", "");
    }

    private static RelNode placed(SecuredQuery query) {
        return Barrier.place(query.tree(), query.rights());
    }

    private static void assertPlaced(String sql, String plan) {
        assertEquals(plan, placed(sql));
    }

    @Test
    void whereNothingCanFailFencesAreOpen() {
        assertPlaced("SELECT City FROM Shops WHERE Size > 7", """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>($2, 7)])
                    Fence(closed=[false])
                      LogicalFilter(condition=[=($1, 'Paris')])
                        SecuredScan(table=[[s, Shops]])
                """);
        assertPlaced("SELECT Id FROM Gifts WHERE Price = 0 AND Id IN (SELECT City FROM Shops)", """
                LogicalProject(Id=[$0])
                  LogicalFilter(condition=[AND(=($1, 0), IN($0, {
                LogicalProject(City=[$1])
                  Fence(closed=[false])
                    LogicalFilter(condition=[=($1, 'Paris')])
                      SecuredScan(table=[[s, Shops]])
                }))])
                    Fence(closed=[false])
                      Mask(Id=[$0], Price=[CAST(0):BIGINT])
                        SecuredScan(table=[[s, Gifts]])
                """);
    }

    @Test
    void whatIsMaskedAndRestrictedHasTwoFencesAndBothAreOpen() {
        PlanFixture both = PlanFixture.of(
                "CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r",
                "CREATE MASK m ON Shops (Size) USING (0) TO r");
        assertEquals(
                """
                LogicalProject(City=[$1])
                  Fence(closed=[false])
                    Mask(Shop=[$0], City=[$1], Size=[CAST(0):BIGINT], Region=[$3])
                      Fence(closed=[false])
                        LogicalFilter(condition=[=($1, 'Paris')])
                          SecuredScan(table=[[s, Shops]])
                """,
                RelOptUtil.toString(placed(both.secured("SELECT City FROM Shops")))
                        .replace("_UTF-8", ""));
        assertEquals(
                """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[AND(=($2, 0), >($2, 1))])
                        Mask(Shop=[$0], City=[$1], Size=[CAST(0):BIGINT], Region=[$3])
                          Fence(closed=[true])
                            LogicalFilter(condition=[=($1, 'Nice')])
                              LogicalFilter(condition=[=($1, 'Paris')])
                                SecuredScan(table=[[s, Shops]])
                """.replace(", =($1, $2)", ", >($2, 1)"),
                RelOptUtil.toString(placed(
                                both.secured("SELECT City FROM Shops WHERE City = 'Nice' AND Size = 0 AND Size > 1"
                                        + " AND 1 / Size > 0")))
                        .replace("_UTF-8", ""));
    }

    @Test
    void whatCannotFailPassesAndTheRestStays() {
        assertPlaced("SELECT City FROM Shops WHERE Size > 7 AND 1 / Size > 0 AND City IN (SELECT Id FROM Gifts)", """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[IN($1, {
                LogicalProject(Id=[$0])
                  Fence(closed=[true])
                    Mask(Id=[$0], Price=[CAST(0):BIGINT])
                      SecuredScan(table=[[s, Gifts]])
                })])
                        Fence(closed=[true])
                          LogicalFilter(condition=[>($2, 7)])
                            LogicalFilter(condition=[=($1, 'Paris')])
                              SecuredScan(table=[[s, Shops]])
                """);
        assertPlaced("SELECT 1 / Size FROM Shops WHERE Size > 7", """
                LogicalProject(EXPR$0=[/(1, $2)])
                  Fence(closed=[true])
                    LogicalFilter(condition=[>($2, 7)])
                      LogicalFilter(condition=[=($1, 'Paris')])
                        SecuredScan(table=[[s, Shops]])
                """);
        assertPlaced("SELECT City FROM Shops WHERE 1 / Size > 0", """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[=($1, 'Paris')])
                        SecuredScan(table=[[s, Shops]])
                """);
    }

    @Test
    void whatASubQueryAsksOfTheRowOutsideStaysWhereItIs() {
        assertPlaced(
                "SELECT 1 / Price FROM Gifts WHERE EXISTS (SELECT 1 FROM Shops WHERE City = Gifts.Id AND Size > 7)",
                """
                LogicalProject(EXPR$0=[/(1, $1)])
                  Fence(closed=[true])
                    LogicalFilter(condition=[EXISTS({
                LogicalFilter(condition=[=($1, $cor0.Id)])
                  Fence(closed=[true])
                    LogicalFilter(condition=[>($2, 7)])
                      LogicalFilter(condition=[=($1, 'Paris')])
                        SecuredScan(table=[[s, Shops]])
                })], variablesSet=[[$cor0]])
                      Fence(closed=[true])
                        Mask(Id=[$0], Price=[CAST(0):BIGINT])
                          SecuredScan(table=[[s, Gifts]])
                """);
    }

    private static void assertJoined(String join, String above, String left, String right) {
        assertPlaced(
                "SELECT City FROM Shops s " + join + " JOIN Gifts g ON s.City = g.Id"
                        + " WHERE s.Size > 7 AND g.Price > 1 AND s.Size < g.Price AND 1 / s.Size > 0",
                """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[%s])
                        LogicalJoin(condition=[=($1, $4)], joinType=[%s])
                          Fence(closed=[true])
                %s
                          Fence(closed=[true])
                %s
                """.formatted(
                                above,
                                join,
                                left.indent(12).stripTrailing(),
                                right.indent(12).stripTrailing()));
    }

    @Test
    void aConditionPassesAJoinOnTheSidesThatItKeepsWhole() {
        String shops = """
                LogicalFilter(condition=[=($1, 'Paris')])
                  SecuredScan(table=[[s, Shops]])
                """;
        String large = "LogicalFilter(condition=[>($2, 7)])\n" + shops.indent(2);
        String gifts = """
                Mask(Id=[$0], Price=[CAST(0):BIGINT])
                  SecuredScan(table=[[s, Gifts]])
                """;
        String dear = "LogicalFilter(condition=[>($1, 1)])\n" + gifts.indent(2);
        assertPlaced(
                "SELECT City FROM Shops s JOIN Gifts g ON s.City = g.Id"
                        + " WHERE s.Size > 7 AND g.Price > 1 AND s.Size < g.Price AND 1 / s.Size > 0",
                """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[<($2, $5)])
                        LogicalJoin(condition=[=($1, $4)], joinType=[inner])
                          Fence(closed=[false])
                %s
                          Fence(closed=[true])
                %s
                """.formatted(large.indent(12).stripTrailing(), dear.indent(12).stripTrailing()));
        assertJoined("left", "AND(>($5, 1), <($2, $5))", large, gifts);
        assertJoined("right", "AND(>($2, 7), <($2, $5))", shops, dear);
        assertJoined("full", "AND(>($2, 7), >($5, 1), <($2, $5))", shops, gifts);
    }

    @Test
    void aConditionOfNoColumnStaysAboveAJoin() {
        assertPlaced("SELECT City FROM Shops s JOIN Gifts g ON s.City = g.Id WHERE ? = 'a' AND 1 / s.Size > 0", """
                LogicalProject(City=[$1])
                  LogicalFilter(condition=[>(/(1, $2), 0)])
                    Fence(closed=[true])
                      LogicalFilter(condition=[=(?0, 'a')])
                        LogicalJoin(condition=[=($1, $4)], joinType=[inner])
                          Fence(closed=[false])
                            LogicalFilter(condition=[=($1, 'Paris')])
                              SecuredScan(table=[[s, Shops]])
                          Fence(closed=[true])
                            Mask(Id=[$0], Price=[CAST(0):BIGINT])
                              SecuredScan(table=[[s, Gifts]])
                """);
    }
}
