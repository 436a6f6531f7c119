package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.backend.TextPart;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.secure.PlanFixture;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parts of a text a backend may keep the rows of. */
class VisibleKeysTest {
    private static final String BOSS = "CREATE RESTRICTION boss ON Regions USING (Boss = ";

    private static PlannedQuery planned(PlanFixture fixture, String sql) {
        return new QueryPlanner(DuckDbDialect.INSTANCE).plan(fixture.secured(sql));
    }

    private static List<String> keys(PlannedText.Filled text) {
        return text.keys().stream().map(part -> part.of(text.sql())).toList();
    }

    private static PlannedText.Filled filled(PlannedQuery query, Object... contents) {
        return query.bind(List.of(7), List.of(contents), LocalDateTime.of(2026, 1, 2, 3, 4, 5))
                .rows();
    }

    private static String regions(String boss) {
        return "SELECT \"Regions\".\"Region\" FROM \"s\".\"Regions\" AS \"Regions\" WHERE \"Regions\".\"Boss\" = "
                + boss;
    }

    private static String shops(String boss) {
        return "SELECT \"Shops\".\"Shop\" FROM \"s\".\"Shops\" AS \"Shops\" WHERE \"Shops\".\"Region\" IN ("
                + regions(boss) + ")";
    }

    /** Without the parentheses around it, and on one line. */
    private static String plain(String keys) {
        return keys.replaceAll("\\s+", " ").replaceAll("^\\(|\\)$", "").replace("( ", "(");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "SELECT City FROM Shops, 1",
                "SELECT Quantity FROM Sales, 1",
                "SELECT Quantity FROM Sales WHERE Quantity = ?, 1",
                "`SELECT City FROM Shops JOIN Gifts ON Price = Size`, 1",
                "SELECT Quantity FROM Sales JOIN Gifts ON Price = Quantity, 1",
                "`SELECT City FROM Shops UNION SELECT Sale FROM Sales`, 2",
                "SELECT 1 / Size FROM Shops, 1",
                "SELECT City FROM Shops JOIN Regions ON Shops.Region = Regions.Region, 0",
                "SELECT Boss FROM Regions, 0",
                "SELECT Price FROM Gifts WHERE Price IN (SELECT Size FROM Shops), 1"
            })
    void whatRowsAreLookedUpInCanBeKept(String sql, int number) {
        PlanFixture fixture = PlanFixture.of(BOSS + "'Zoe') TO r");
        List<String> keys = keys(filled(planned(fixture, sql)));
        assertEquals(number, keys.size(), keys.toString());
        for (String each : keys) {
            String plain = plain(each);
            assertEquals(
                    plain.contains("Shops") ? shops("'Zoe'") : regions("'Zoe'"), plain.replaceAll(" GROUP BY .*", ""));
        }
    }

    @Test
    void whatIsFilledInIsPartOfThem() {
        PlanFixture fixture = PlanFixture.of(BOSS + "CURRENT_USER) TO r");
        PlannedQuery query =
                planned(fixture, "SELECT City FROM Shops WHERE City > CURRENT_USER AND City < CURRENT_USER");
        for (String user : List.of("u", "a longer name", "o'b")) {
            String literal = "'" + user.replace("'", "''") + "'";
            assertEquals(
                    List.of(regions("CAST(CAST(" + literal + " AS VARCHAR) AS VARCHAR)")),
                    keys(filled(query, user)).stream()
                            .map(VisibleKeysTest::plain)
                            .toList());
        }
    }

    @Test
    void aListInThemIsPartOfThem() {
        PlanFixture fixture = PlanFixture.of(
                "CREATE CONTEXT VALUE bosses VARCHAR ARRAY DEFAULT ARRAY['Zoe', 'Max']",
                "CREATE RESTRICTION boss ON Regions USING (Boss = ANY (CONTEXT_VALUE('bosses'))) TO r");
        PlannedText.Filled text = filled(planned(fixture, "SELECT Quantity FROM Sales WHERE Quantity > ?"));
        assertEquals(1, text.keys().size(), text.sql());
        TextPart part = text.keys().get(0);
        String separator = (String) text.parameters().get(part.lastParameter() - 1);
        assertEquals(
                List.of("Zoe" + separator + "Max", separator),
                text.parameters().subList(part.firstParameter(), part.lastParameter()));
        assertEquals(7, text.parameters().get(part.lastParameter()));
    }

    @Test
    void whatIsNoTablesIsNotKept() {
        PlanFixture list = PlanFixture.of(
                "CREATE CONTEXT VALUE bosses VARCHAR ARRAY DEFAULT ARRAY['Zoe', 'Max']",
                "CREATE RESTRICTION boss ON Regions USING (Boss = ANY (CONTEXT_VALUE('bosses'))) TO r");
        assertEquals(
                List.of(), filled(planned(list, "SELECT Region FROM Regions")).keys());
    }

    @Test
    void whatAStatementOrARowDecidesIsNotKept() {
        PlanFixture each = PlanFixture.of(
                "CREATE RESTRICTION own ON Gifts USING (Id IN (SELECT t FROM Types WHERE l = Price)) TO r");
        assertEquals(List.of(), filled(planned(each, "SELECT Price FROM Gifts")).keys());
        PlanFixture fixture = PlanFixture.of(BOSS + "'Zoe') TO r");
        assertEquals(
                List.of(),
                filled(planned(fixture, "SELECT Price FROM Gifts WHERE Id IN (SELECT Region FROM Regions)"))
                        .keys());
    }

    /** Of a statement with two parameters. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "-1, 0", "-2, 1"})
    void onlyThePlansOwnValuesAndSlotsMayStandInThem(int parameter, int number) {
        MarkedText text = new MarkedText(DuckDbDialect.INSTANCE, 2);
        SqlParserPos nowhere = SqlParserPos.ZERO;
        MarkedText.KEYS
                .createCall(nowhere, new SqlDynamicParam(parameter, nowhere))
                .unparse(text, 0, 0);
        assertEquals(number, text.keys().size());
    }
}
