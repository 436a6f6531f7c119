package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements that ask for too much, sent to a server that runs: each ends within the caller's limits with an error that has
 * a name, or is answered; meanwhile another user's queries are answered, and afterwards nothing of it is left.
 */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class ResourceAttackTest {
    /** Syntax; too large; no memory; not supported; the limits of time and rows; a value that is none. */
    private static final Set<String> ENDINGS =
            Set.of("42601", "53400", "53200", "0A000", "57I01", "53I01", "22000", "22003", "22023");

    private static final int LIMIT_SECONDS = 3;
    private static final int OTHERS_QUERIES = 5;

    /** As many rows as one likes, of one column {@code n}. */
    private static final String NUMBERS = "(SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n FROM #digits AS a (n),"
            + " #digits AS b (n), #digits AS c (n), #digits AS d (n))";

    private final JdbcShop shop;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ResourceAttackTest(@TempDir Path folder) throws IOException, SQLException {
        shop = new JdbcShop(folder);
        try (Connection admin = shop.connect(Way.REMOTE, "admin");
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER USER alice SET queries_time_limit = " + LIMIT_SECONDS);
            statement.execute("ALTER USER alice SET queries_result_limit = 100000");
            statement.execute("ALTER USER alice SET max_concurrent_queries = 1");
        }
    }

    @AfterAll
    void close() {
        threads.shutdownNow();
        shop.close();
    }

    private static String numbers() {
        return NUMBERS.replace("#digits", "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)");
    }

    private static String many(int count, String form, String separator) {
        return IntStream.range(0, count)
                .mapToObj(i -> form.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(separator));
    }

    private static Map<String, String> attacks() {
        String n = numbers();
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("a megabyte of operators", "SELECT 1" + " + 1".repeat(250_000) + " FROM \"Sales\"");
        attacks.put("a megabyte of words", "SELECT " + many(100_000, "\"Quantity\" x#", ", ") + " FROM \"Sales\"");
        attacks.put(
                "a megabyte in a list",
                "SELECT 1 FROM \"Sales\" WHERE \"Quantity\" IN (" + many(99_000, "1#0", ", ") + ")");
        attacks.put("a megabyte of text", "SELECT '" + "x".repeat(1_000_000) + "' FROM " + n);
        attacks.put(
                "10,000 parentheses", "SELECT " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + " FROM \"Sales\"");
        attacks.put(
                "10,000 functions", "SELECT " + "ABS(".repeat(10_000) + "1" + ")".repeat(10_000) + " FROM \"Sales\"");
        attacks.put("10,000 queries", "SELECT * FROM (".repeat(10_000) + "SELECT 1" + ")".repeat(10_000));
        attacks.put("10,000 cases", "SELECT " + "CASE WHEN 1 = 1 THEN ".repeat(10_000) + "1" + " END".repeat(10_000));
        attacks.put(
                "500 joins",
                "SELECT COUNT(*) FROM \"Sales\" s" + many(500, " JOIN \"Sales\" s# ON s#.\"Shop\" = s.\"Shop\"", ""));
        attacks.put("500 tables", "SELECT COUNT(*) FROM " + many(500, "\"Sales\" s#", ", "));
        attacks.put("140 joins", "SELECT COUNT(*) FROM " + many(140, "\"Sales\" s#", ", "));
        attacks.put(
                "a cube of 1,000 columns",
                "SELECT COUNT(*) FROM \"Sales\" GROUP BY CUBE (" + many(1_000, "\"Quantity\" + #", ", ") + ")");
        attacks.put(
                "thousands of patterns",
                "SELECT COUNT(*) FROM \"Sales\" WHERE "
                        + many(3_000, "CAST(\"Quantity\" AS VARCHAR) LIKE '#'", " OR "));
        attacks.put(
                "hundreds of sub-queries",
                "SELECT COUNT(*) FROM \"Sales\" WHERE " + many(400, "EXISTS (SELECT 1)", " OR "));
        attacks.put(
                "sub-queries of rows outside",
                "SELECT "
                        + many(
                                60,
                                "(SELECT MAX(\"City\") FROM \"Shops\" t WHERE s.\"Quantity\" > # AND \"City\" <> '#')",
                                ", ")
                        + " FROM \"Sales\" s");
        attacks.put("queries that double", doubled(40));
        attacks.put(
                "a pattern of patterns",
                "SELECT COUNT(*) FROM " + n
                        + " t WHERE REGEXP_LIKE(REPEAT('a', 60000) || CAST(n AS VARCHAR), '^(a+)+$')");
        attacks.put(
                "a pattern of repetitions",
                "SELECT COUNT(*) FROM " + n
                        + " t WHERE REGEXP_LIKE(REPEAT('a', 60000) || CAST(n AS VARCHAR), '(a|b|c|d|e|f)*(a|b|c|ab){0,900}z')");
        attacks.put(
                "a pattern of a thousand words",
                "SELECT COUNT(*) FROM " + n + " t WHERE REGEXP_LIKE(REPEAT('ab', 30000) || CAST(n AS VARCHAR), '"
                        + many(1_000, "(ab)*c#", "|") + "')");
        attacks.put(
                "LIKE with many signs",
                "SELECT COUNT(*) FROM " + n + " t WHERE REPEAT('a', 60000) || CAST(n AS VARCHAR) LIKE '"
                        + "%a_".repeat(200) + "b'");
        attacks.put(
                "LIKE with a pattern of each row",
                "SELECT COUNT(*) FROM " + n
                        + " t WHERE REPEAT('a', 30000) LIKE REPEAT('%a_', 200) || CAST(n AS VARCHAR)");
        attacks.put(
                "SIMILAR TO",
                "SELECT COUNT(*) FROM " + n
                        + " t WHERE REPEAT('a', 60000) || CAST(n AS VARCHAR) SIMILAR TO '((a|aa)*)*(b|_a)*'");
        attacks.put(
                "an endless recursion",
                "WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT MOD(x, 7) + 1 FROM r) SELECT COUNT(*) FROM r");
        attacks.put(
                "a recursion that widens",
                "WITH RECURSIVE r (x) AS (VALUES (1) UNION ALL SELECT a.x + 1 FROM r a, (VALUES 1, 2) AS b (y)) SELECT COUNT(*) FROM r");
        attacks.put(
                "a recursion that lengthens",
                "WITH RECURSIVE r (x) AS (SELECT CAST('x' AS VARCHAR) UNION ALL SELECT x || x FROM r) SELECT COUNT(*) FROM r");
        attacks.put("a repeated text", "SELECT REPEAT(REPEAT('x', 100000), 100000) FROM " + n);
        attacks.put("a text filled up", "SELECT LPAD(CAST(n AS VARCHAR), 1000000000) FROM " + n);
        attacks.put(
                "long texts in many columns",
                "SELECT " + many(500, "UPPER(REPEAT(CAST(n AS VARCHAR), 9000 + #)) AS c#", ", ") + " FROM " + n);
        attacks.put("a text of all rows", "SELECT STRING_AGG(CAST(a.n AS VARCHAR), ',') FROM " + n + " a, " + n + " b");
        attacks.put("a list of all rows", "SELECT ARRAY_AGG(a.n) FROM " + n + " a, " + n + " b");
        attacks.put(
                "a product of rows",
                "SELECT COUNT(*) FROM " + n + " a, " + n + " b, " + n + " c WHERE a.n + b.n * c.n = -1");
        attacks.put("all rows of a product", "SELECT a.n, b.n FROM " + n + " a, " + n + " b, " + n + " c");
        attacks.put("a sort of a product", "SELECT a.n FROM " + n + " a, " + n + " b ORDER BY b.n * a.n, b.n");
        attacks.put(
                "a window over a product",
                "SELECT MAX(x) FROM (SELECT SUM(a.n) OVER (PARTITION BY b.n ORDER BY a.n ROWS BETWEEN 9999 PRECEDING AND 9999 FOLLOWING) AS x FROM "
                        + n + " a, " + n + " b) AS t");
        attacks.put(
                "distinct values of a product",
                "SELECT COUNT(DISTINCT a.n * 10000 + b.n) FROM " + n + " a, " + n + " b");
        return attacks;
    }

    private static String doubled(int times) {
        String doubled = "SELECT CAST(\"Quantity\" AS VARCHAR) AS x FROM \"Sales\"";
        for (int i = 0; i < times; i++) {
            doubled = "SELECT x || x AS x FROM (" + doubled + ") AS t";
        }
        return doubled;
    }

    static Stream<Arguments> cases() {
        return attacks().entrySet().stream().map(attack -> Arguments.of(attack.getKey(), attack.getValue()));
    }

    private static long rows(Statement statement, String sql) throws SQLException {
        long number = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                number++;
            }
        }
        return number;
    }

    /** How it ended: an SQLSTATE, or nothing if there was an answer. */
    private String ending(String user, String sql) throws SQLException {
        try (Connection connection = shop.connect(Way.REMOTE, user);
                Statement statement = connection.createStatement()) {
            rows(statement, sql);
            return "";
        } catch (SQLException e) {
            assertTrue(ENDINGS.contains(e.getSQLState()), () -> e.getSQLState() + " " + e.getMessage());
            assertFalse(String.valueOf(e.getMessage()).contains("internal error"), e.getMessage());
            return e.getSQLState();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void itEndsAndOthersAreAnsweredMeanwhile(String name, String sql) throws Exception {
        Future<String> attack = threads.submit(() -> ending("alice", sql));
        try (Connection connection = shop.connect(Way.REMOTE, "bob");
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < OTHERS_QUERIES || !attack.isDone(); i++) {
                assertEquals(3, rows(statement, "SELECT \"Quantity\" + " + i + " FROM \"Sales\""));
            }
        }
        String ending = attack.get(40, TimeUnit.SECONDS);
        // Nothing of it is left: there may be one query at a time.
        assertEquals("", ending("alice", "SELECT \"City\" FROM \"Shops\""), () -> "after " + ending);
    }

    @Test
    void anAnswerCannotBeMadeToEndTheServerByItsColumns() throws SQLException {
        assertEquals(
                "53400",
                ending(
                        "bob",
                        "SELECT " + "x, ".repeat(1_500) + "x FROM (SELECT REPEAT(CAST(n AS VARCHAR), 20000) AS x FROM "
                                + numbers() + " AS t) AS u"));
    }
}
