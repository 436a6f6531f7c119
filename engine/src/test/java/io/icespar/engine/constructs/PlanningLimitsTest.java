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

    private static String numbers(int count, String before, String separator) {
        return IntStream.range(0, count).mapToObj(i -> before + i).collect(Collectors.joining(separator));
    }

    @Test
    void hundredsOfJoins() {
        assertRefused(
                "LIMIT_REACHED a statement joins more than 150 times",
                "SELECT COUNT(*) FROM " + numbers(500, "things t", ", "));
        assertRefused(
                "LIMIT_REACHED a statement joins more than 150 times",
                "SELECT COUNT(*) FROM things t" + numbers(500, " NATURAL JOIN things t", ""));
    }

    @Test
    void cubesOfManyColumns() {
        String columns = numbers(1_000, "id + ", ", ");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY CUBE (" + columns + ")");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY GROUPING SETS (CUBE (id, kind), CUBE (" + columns + "))");
        assertRefused(
                "LIMIT_REACHED a query groups in more than 1024 ways",
                "SELECT COUNT(*) FROM things GROUP BY " + numbers(30, "ROLLUP (id + ", "), ") + ")");
    }

    @Test
    void hundredsOfWindows() {
        assertRefused(
                "LIMIT_REACHED a statement has more than 500 windows",
                "SELECT "
                        + numbers(501, "SUM(id) OVER (ORDER BY id ROWS ", " PRECEDING), ")
                                .replace("ROWS 0", "ROWS 9") + " PRECEDING) FROM things");
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
                "SELECT " + numbers(10_000, "id + ", ", ") + " FROM things");
        assertRefused(
                "LIMIT_REACHED a list has more than 100000 values",
                "SELECT id FROM things WHERE id IN (" + numbers(100_001, "", ", ") + ")");
        assertRefused(
                "LIMIT_REACHED a list has more than 100000 values",
                "SELECT COUNT(*) FROM (VALUES " + numbers(100_001, "", ", ") + ") AS t (x)");
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
                        + " */ FROM things WHERE id IN (" + numbers(30_000, "", ", ") + ") AND id = 1",
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
