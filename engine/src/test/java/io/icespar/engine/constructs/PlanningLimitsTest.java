package io.icespar.engine.constructs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What would take minutes to plan is refused before it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanningLimitsTest {
    private final Engine engine;

    PlanningLimitsTest(@TempDir Path folder) throws IOException {
        engine = ConstructsTest.open(folder);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private void assertRefused(String error, String sql) {
        List<String> lines = ConstructsTest.lines(engine.session(Name.of("reader")), sql, List.of());
        assertEquals("--! " + error, lines.get(0).replaceAll(" \\(line.*", ""));
    }

    private static String many(int count, String form, String separator) {
        return IntStream.range(0, count)
                .mapToObj(i -> form.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(separator));
    }

    @Test
    void hundredsOfJoins() {
        assertRefused(
                "LIMIT_REACHED a statement joins more than 150 times",
                "SELECT COUNT(*) FROM " + many(500, "things t#", ", "));
        assertRefused(
                "LIMIT_REACHED a statement joins more than 150 times",
                "SELECT COUNT(*) FROM things t" + many(500, " NATURAL JOIN things t#", ""));
    }

    @Test
    void cubesOfManyColumns() {
        String columns = many(1_000, "id + #", ", ");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY CUBE (" + columns + ")");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY GROUPING SETS (CUBE (id, kind), CUBE (" + columns + "))");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY " + many(30, "ROLLUP (id + #", "), ") + ")");
    }

    @Test
    void hundredsOfWindows() {
        assertRefused(
                "LIMIT_REACHED a statement has more than 500 windows",
                "SELECT "
                        + many(501, "SUM(id) OVER (ORDER BY id ROWS #", " PRECEDING), ")
                                .replace("ROWS 0", "ROWS 9") + " PRECEDING) FROM things");
    }

    // DuckDB is not interrupted while it plans, and ends the process where its stack does.
    @Test
    void dozensOfSubQueries() {
        String lookedUp = "(SELECT MAX(label) FROM kinds WHERE kind <> things.kind AND label <> name || '#')";
        assertRefused(
                "LIMIT_REACHED a query has more than 40 sub-queries that refer to a row outside, or several have nearly as"
                        + " many",
                "SELECT " + many(41, lookedUp, ", ") + " FROM things");
        assertRefused(
                "LIMIT_REACHED a query has more than 40 sub-queries that refer to a row outside, or several have nearly as"
                        + " many",
                "SELECT " + many(35, lookedUp, ", ") + " FROM things WHERE " + many(35, "EXISTS " + lookedUp, " OR "));
        assertRefused(
                "LIMIT_REACHED a query has more than 40 sub-queries that refer to a row outside, or several have nearly as"
                        + " many",
                "SELECT COUNT(*) FROM things" + many(41, ", LATERAL " + lookedUp + " AS l#", ""));
        assertRefused(
                "LIMIT_REACHED a list or condition has more than 120 sub-queries",
                "SELECT COUNT(*) FROM things WHERE " + many(121, "EXISTS (SELECT 1)", " OR "));
        assertRefused(
                "LIMIT_REACHED a query has more than 200 aggregates with DISTINCT",
                "SELECT " + many(201, "COUNT(DISTINCT id + #)", ", ") + " FROM things");
    }

    @Test
    void subQueriesOneInAnother() {
        String nested = "t11.id = 1";
        for (int i = 11; i > 0; i--) {
            nested = "EXISTS (SELECT 1 FROM things t" + i + " WHERE t" + i + ".id = t" + (i - 1) + ".id AND " + nested
                    + ")";
        }
        assertRefused("SYNTAX the statement is nested too deeply", "SELECT COUNT(*) FROM things t0 WHERE " + nested);
    }

    // In Calcite's hands what a sub-query computes doubled with each, where it can fail.
    @Test
    void aDozenSubQueriesAreAnswered() {
        String sql = "SELECT " + many(12, "(SELECT MAX(label) FROM kinds WHERE label <> name || '#')", ", ")
                + " FROM things" + many(8, ", LATERAL (SELECT MAX(label || name) FROM kinds) AS l#", "")
                + " WHERE id = 1";
        assertEquals(
                "--> " + many(12, "last", " | "),
                ConstructsTest.lines(engine.session(Name.of("reader")), sql, List.of())
                        .get(1));
    }

    @Test
    void hundredsOfConditionsAreAnswered() {
        for (String junction : List.of(" OR ", " AND ")) {
            String sql = "SELECT id FROM things WHERE name LIKE 'A%' AND (" + many(900, "name NOT LIKE 'b#'", junction)
                    + ")";
            assertEquals(
                    List.of("--: BIGINT!", "--> 1"),
                    ConstructsTest.lines(engine.session(Name.of("reader")), sql, List.of()));
        }
        assertRefused(
                "SYNTAX the statement is nested too deeply",
                "SELECT id FROM things WHERE " + many(3_000, "name", " LIKE "));
    }

    // Each writes one of its operands several times.
    @Test
    void whatDoublesItselfIsRefused() {
        for (String around : List.of(
                "CEIL(# TO MONTH)",
                "born + CHAR_LENGTH(SUBSTRING(name FROM EXTRACT(DAY FROM #) FOR 3)) * INTERVAL '1' DAY",
                "CASE WHEN (#, id) BETWEEN SYMMETRIC (born, 3) AND (born, 2) THEN born ELSE moment END",
                "CASE WHEN (#, id) < (born, 3) THEN born ELSE moment END",
                "CASE WHEN # IS DISTINCT FROM born THEN born ELSE moment END",
                "GREATEST(#, born, moment)")) {
            String nested = "moment";
            for (int i = 0; i < 30; i++) {
                nested = around.replace("#", nested);
            }
            assertRefused("SYNTAX the statement is nested too deeply", "SELECT " + nested + " FROM things");
        }
    }

    @Test
    void thousandsOfColumnsAndValues() {
        assertRefused(
                "LIMIT_REACHED a query gives more than 2000 columns",
                "SELECT " + many(10_000, "id + #", ", ") + " FROM things");
        assertRefused(
                "LIMIT_REACHED a list has more than 100000 values",
                "SELECT id FROM things WHERE id IN (" + many(100_001, "#", ", ") + ")");
        assertRefused(
                "LIMIT_REACHED a list has more than 100000 values",
                "SELECT COUNT(*) FROM (VALUES " + many(100_001, "#", ", ") + ") AS t (x)");
    }

    @Test
    void operatorsInARowWithoutEnd() {
        assertRefused(
                "SYNTAX the statement is nested too deeply", "SELECT id" + " + 1".repeat(200_000) + " FROM things");
        assertRefused(
                "SYNTAX the statement is nested too deeply",
                "SELECT id FROM things WHERE " + "NOT ".repeat(200_000) + "flag");
        assertRefused(
                "SYNTAX the statement is nested too deeply", "SELECT (id)" + " + (1)".repeat(200_000) + " FROM things");
    }

    @Test
    void aLongTextIsNoLongRow() {
        List<String> lines = ConstructsTest.lines(
                engine.session(Name.of("reader")),
                "SELECT id, '" + "a + ".repeat(50_000) + "' = name /* " + "b + ".repeat(50_000)
                        + " */ FROM things WHERE id IN (" + many(30_000, "#", ", ") + ") AND id = 1",
                List.of());
        assertEquals(List.of("--: BIGINT! | BOOLEAN", "--> 1 | false"), lines);
    }

    @Test
    void queriesThatDoubleEachOther() {
        String with = IntStream.range(1, 25)
                .mapToObj(i -> "a" + i + " AS (SELECT x.id FROM a" + (i - 1) + " x, a" + (i - 1) + " y)")
                .collect(Collectors.joining(", "));
        assertRefused(
                "SYNTAX the statement is nested too deeply",
                "WITH a0 AS (SELECT id FROM things), " + with + " SELECT COUNT(*) FROM a24");
    }

    @Test
    void anEndlessRecursionEndsByTheLimitsOfTheCaller() {
        Session session = engine.session(Name.of("reader"));
        session.execute(session.prepare("SET queries_time_limit = 1"), List.of(), 0);
        List<String> lines = ConstructsTest.lines(
                session,
                "WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT MOD(x, 7) + 1 FROM r) SELECT COUNT(*) FROM r",
                List.of());
        assertTrue(lines.get(0).startsWith("--! TIME_LIMIT_REACHED "), lines.get(0));
    }
}
