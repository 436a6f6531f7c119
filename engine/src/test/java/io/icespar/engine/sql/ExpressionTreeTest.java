package io.icespar.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.IcesparException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTreeTest {
    private static final List<String> BEFORE = List.of("", "", "", "NOT ", "- ", "NOT NOT ");
    private static final List<String> OPERANDS =
            List.of("a", "1", "(b OR c AND d)", "CASE WHEN a OR b THEN c END", "f(a OR b)");
    private static final List<String> AFTER = List.of("", "", "", " IS NULL", " IS NOT TRUE", " IN (1, 2 OR 3)");
    private static final List<String> BETWEEN = List.of(
            " OR ",
            " OR ",
            " AND ",
            " AND ",
            " AND ",
            " BETWEEN ",
            " NOT BETWEEN SYMMETRIC ",
            " LIKE ",
            " ESCAPE ",
            " = ",
            " + ",
            " || ",
            " SIMILAR TO ",
            " MULTISET UNION ",
            " MEMBER OF ");

    /** As Calcite's own parser, or not at all as it. */
    private static void assertSame(String text) {
        SqlNode expected;
        try {
            expected = SqlParser.create(text, StatementText.PARSER.withParserFactory(SqlParserImpl.FACTORY))
                    .parseExpression();
        } catch (SqlParseException e) {
            assertThrows(IcesparException.class, () -> StatementText.expression(text), text);
            return;
        }
        SqlNode actual = StatementText.expression(text);
        assertTrue(actual.equalsDeep(expected, Litmus.IGNORE), text);
        assertEquals(expected.getParserPosition(), actual.getParserPosition(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a OR b AND c OR d",
                "NOT a OR NOT b AND NOT c",
                "a BETWEEN 1 AND 2 AND b",
                "a BETWEEN b OR c AND d OR e",
                "a BETWEEN b BETWEEN 1 AND 2 AND 3 AND c BETWEEN 4 AND 5 OR d",
                "a AND b BETWEEN 1",
                "a LIKE b OR c LIKE d ESCAPE e AND f",
                "a OR b MULTISET UNION c OR d",
                "a OR",
                "a AND AND b"
            })
    void aRowMeansWhatItMeansToCalcite(String text) {
        assertSame(text);
    }

    @Test
    void rowsThatAreMadeUpDoToo() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            String first = operand(random);
            assertSame(IntStream.range(0, random.nextInt(12))
                    .mapToObj(j -> any(BETWEEN, random) + operand(random))
                    .collect(Collectors.joining("", first, "")));
        }
    }

    private static String operand(Random random) {
        return any(BEFORE, random) + any(OPERANDS, random) + any(AFTER, random);
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void ofManyConditionsNoneIsLostAndNoneIsDeepInside() {
        SqlNode all = StatementText.expression(
                IntStream.range(0, 3_000).mapToObj(i -> "a = " + i).collect(Collectors.joining(" OR ")));
        assertEquals(3_000, count(all));
        assertTrue(depth(all) < 100);
        String inOrder = all.toString();
        assertTrue(inOrder.indexOf("= 1998") < inOrder.indexOf("= 1999"));
    }

    private static int count(SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().getName().equals("OR")
                ? count(call.operand(0)) + count(call.operand(1))
                : 1;
    }

    private static int depth(SqlNode node) {
        return node instanceof SqlCall call
                ? 1
                        + call.getOperandList().stream()
                                .mapToInt(ExpressionTreeTest::depth)
                                .max()
                                .orElse(0)
                : 0;
    }

    @Test
    void aRowThatWouldTakeMinutesIsRefused() {
        String row = String.join(" LIKE ", Collections.nCopies(2_000, "a"));
        assertEquals(
                "the statement is nested too deeply",
                assertThrows(IcesparException.class, () -> StatementText.expression(row))
                        .getMessage());
    }
}
