package io.icespar.engine.constructs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Engine;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No function makes so much of a row that the memory ends; what is of a usual length is not touched by that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextBoundsTest {
    private static final String TOO_LONG = "--! LIMIT_REACHED the query makes too long a text or list:"
            + " use a smaller number of repetitions, or fewer rows";

    private final Engine engine;

    TextBoundsTest(@TempDir Path folder) throws IOException {
        engine = ConstructsTest.open(folder);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private List<String> lines(String sql) {
        return ConstructsTest.lines(engine.session(Name.of("reader")), sql, List.of());
    }

    private static String numbers(int count, String before, String separator) {
        return IntStream.range(0, count).mapToObj(i -> before + i).collect(Collectors.joining(separator));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REPEAT(name, 1000000000)",
                "REPEAT(name, 100000 + id)",
                "REPEAT('x', 2147483647)",
                "REPEAT(REPEAT(REPEAT(REPEAT(name, 1000), 1000), 1000), 1000)",
                "LPAD(name, 1000000000)",
                "LPAD(name, 1000000000 + id, 'xy')",
                "RPAD(name, 1000000000, name)",
                "{fn SPACE(1000000000)}",
                "REPLACE(REPEAT('x', 10000), 'x', REPEAT('y', 10000))",
                "REPLACE(REPEAT('x', 10000 + id), 'x', 'a long text in place of each letter')",
                "REGEXP_REPLACE(REPEAT('x', 60000), '', '\\&\\&\\&\\&\\&\\&\\&\\&\\&\\&', 'g')",
                "REPEAT(name, 10000) || REPEAT(name, 10000) || REPEAT(name, 10000)",
                "CONCAT(REPEAT('x', 50000), REPEAT('y', 50000), REPEAT('z', 50000))",
                "CONCAT_WS(REPEAT('x', 30000), name, name, name, name, name, name, name, name)",
                "OVERLAY(REPEAT('x', 60000) PLACING REPEAT('y', 60000) FROM 60001)",
                "REPEAT('x', 10000), REPEAT('y', 100000), REPEAT('z', 100000)",
            })
    void whatMakesATooLongTextFails(String expressions) {
        assertEquals(TOO_LONG, last(lines("SELECT " + expressions + " FROM things")));
    }

    private static String last(List<String> lines) {
        return lines.get(lines.size() - 1);
    }

    @Test
    void itFailsHoweverManyAreMadeAtOnce() {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "UPPER(REPEAT(name, 10000 + " + i + "))")
                .collect(Collectors.joining(", "));
        assertEquals(TOO_LONG, last(lines("SELECT " + many + " FROM things")));
        String same = "x, ".repeat(1_000);
        assertEquals(TOO_LONG, last(lines("SELECT " + same + "x FROM (SELECT REPEAT(name, 1000) AS x FROM things)")));
        String literal = "'" + "x".repeat(200_000) + "'";
        assertEquals(TOO_LONG, last(lines("SELECT " + literal + " FROM things")));
        assertEquals(TOO_LONG, last(lines("SELECT x, x FROM (VALUES (" + literal + ")) AS t (x), things")));
    }

    @Test
    void aTextThatDoublesFromQueryToQueryEnds() {
        String doubled = "SELECT name AS x FROM things";
        for (int i = 0; i < 40; i++) {
            doubled = "SELECT x || x AS x FROM (" + doubled + ")";
        }
        assertEquals(TOO_LONG, last(lines(doubled)));
        assertEquals(
                TOO_LONG,
                last(lines("WITH RECURSIVE r (x) AS (SELECT CAST('x' AS VARCHAR) UNION ALL SELECT x || x FROM r)"
                        + " SELECT COUNT(x) FROM r")));
    }

    @Test
    void whatIsPutTogetherFromManyRowsEnds() {
        String digits = "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)";
        String million = IntStream.range(0, 6)
                .mapToObj(i -> digits + " AS t" + i + " (x" + i + ")")
                .collect(Collectors.joining(", "));
        assertEquals(TOO_LONG, last(lines("SELECT STRING_AGG('a text', ',') FROM " + million)));
        assertEquals(TOO_LONG, last(lines("SELECT LISTAGG('a text', ',') WITHIN GROUP (ORDER BY x0) FROM " + million)));
        assertEquals(TOO_LONG, last(lines("SELECT ARRAY_AGG(x0) FROM " + million)));
        assertEquals(TOO_LONG, last(lines("SELECT ARRAY_AGG(x0 ORDER BY x1) FILTER (WHERE x0 < 9) FROM " + million)));
    }

    @Test
    void aPatternThatRepeatsTooMuchIsRefused() {
        for (String pattern : List.of("((a|b|c|ab){0,900}){3}z", "(((a{9}){9}){9}){9}", "x".repeat(2_001))) {
            assertEquals(
                    List.of("--! FEATURE_NOT_SUPPORTED `REGEXP_LIKE with so large a pattern` is not supported"),
                    lines("SELECT id FROM things WHERE REGEXP_LIKE(name, '" + pattern + "')"));
        }
        assertEquals(
                List.of("--: BIGINT!", "--> 1"),
                lines("SELECT id FROM things WHERE REGEXP_LIKE(name, '^(A|a)[a-z]{1,100}\\w?$')"));
    }

    @Test
    void whatIsOfAUsualLengthIsAsItWas() {
        assertEquals(
                List.of("--> Anna-Anna-! | aaab | x-x | *Anna | Ann-a | 4 | Anna,Anna"),
                lines("SELECT REPEAT(name || '-', 2) || '!', REPLACE('aab', 'aa', 'aaa'), CONCAT('x', '-', 'x'),"
                                + " LPAD(name, 5, '*'), OVERLAY(name PLACING '-a' FROM 4),"
                                + " CHAR_LENGTH(REPEAT(CAST(id AS VARCHAR), 4)), CONCAT_WS(',', name, name)"
                                + " FROM (VALUES (1, 'Anna')) AS t (id, name)")
                        .subList(1, 2));
        assertEquals("--> 100000", last(lines("SELECT CHAR_LENGTH(REPEAT('x', 100000)) FROM (VALUES 1) AS t (x)")));
        assertEquals(
                "--> true",
                last(lines("SELECT " + numbers(300, "name || ' ' || name || '", "' = 'x' OR ") + "' <> '' FROM things"
                        + " WHERE name IS NOT NULL LIMIT 1")));
    }
}
