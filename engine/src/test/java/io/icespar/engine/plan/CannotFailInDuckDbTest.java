package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.secure.PlanFixture;
import io.icespar.engine.sql.KnownOperators;
import io.icespar.security.error.IcesparException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What counts as unable to fail does not fail in DuckDB itself, of whatever values: all operators there are, of all types,
 * of all pairs of the least, greatest and oddest values of these. What {@link CannotFail} lets pass is sent in the words in
 * which Icespar sends it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CannotFailInDuckDbTest {
    private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("b BOOLEAN", List.of("true", "false"));
        VALUES.put("i INTEGER", List.of("-2147483648", "2147483647", "0", "-1"));
        VALUES.put("l BIGINT", List.of("-9223372036854775808", "9223372036854775807", "0", "-1"));
        VALUES.put(
                "f DOUBLE",
                List.of("'NaN'", "'Infinity'", "'-Infinity'", "1.7976931348623157e308", "-1.7e308", "5e-324", "-0.0"));
        VALUES.put("d DECIMAL(10, 2)", List.of("99999999.99", "-99999999.99", "0", "0.01"));
        VALUES.put("whole DECIMAL(38, 0)", List.of("9".repeat(38), "-" + "9".repeat(38), "0"));
        VALUES.put(
                "fraction DECIMAL(20, 20)",
                List.of("0." + "9".repeat(20), "-0." + "9".repeat(20), "0", "0." + "0".repeat(19) + "1"));
        VALUES.put(
                "t VARCHAR",
                List.of(
                        "''",
                        "'\\'",
                        "'%'",
                        "'_\\_'",
                        "'2021-02-30'",
                        "'" + "9".repeat(400) + "'",
                        "REPEAT('é😀', 2000)",
                        "chr(0)",
                        "chr(1114111)",
                        "'(['"));
        VALUES.put(
                "da DATE",
                List.of(
                        "'-infinity'",
                        "'infinity'",
                        "'5877642-06-25 (BC)'",
                        "'5881580-07-10'",
                        "'0001-01-01'",
                        "'2020-02-29'"));
        VALUES.put("ti TIME", List.of("'00:00:00'", "'24:00:00'", "'23:59:59.999999'"));
        VALUES.put(
                "ts TIMESTAMP",
                List.of(
                        "'-infinity'",
                        "'infinity'",
                        "'290309-12-22 (BC) 00:00:00'",
                        "'294247-01-10 04:00:54.775806'",
                        "'1969-12-31 23:59:59.999999'"));
    }

    private static final List<String> COLUMNS = VALUES.keySet().stream()
            .map(column -> column.substring(0, column.indexOf(' ')))
            .toList();

    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "REAL",
            "DOUBLE",
            "DECIMAL(5, 2)",
            "DECIMAL(12, 2)",
            "DECIMAL(19, 0)",
            "DECIMAL(38, 0)",
            "DECIMAL(38, 20)",
            "VARCHAR",
            "VARCHAR(3)",
            "CHAR(3)",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP(0)",
            "VARBINARY");

    private static final List<String> LITERALS = List.of(
            "NULL",
            "TRUE",
            "0",
            "2147483648",
            "9223372036854775807",
            "1.5",
            "1e308",
            "''",
            "'a%'",
            "'5'",
            "'-123456789012345678'",
            "'2021-02-04'",
            "DATE '2021-02-04'",
            "TIME '12:00:00'",
            "TIMESTAMP '2021-02-04 12:00:00'");

    private static final List<String> COMPARISONS = List.of(
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM",
            "LIKE",
            "NOT LIKE",
            "ILIKE",
            "SIMILAR TO",
            "||",
            "+",
            "-",
            "*",
            "/",
            "%",
            "AND",
            "OR");

    private final Connection duckDb;
    private final PlanFixture fixture = PlanFixture.of();
    private final QueryPlanner planner = new QueryPlanner(DuckDbDialect.INSTANCE);

    CannotFailInDuckDbTest() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** A row for each of the values of a type, beside each other's. */
    @BeforeAll
    void fill() throws SQLException {
        execute("SET ieee_floating_point_ops = false");
        execute("CREATE SCHEMA s");
        execute("CREATE TABLE s.\"Types\" (" + String.join(", ", VALUES.keySet()) + ")");
        int rows = VALUES.values().stream().mapToInt(List::size).max().orElseThrow() + 1;
        for (int row = 0; row < rows; row++) {
            int index = row;
            execute("INSERT INTO s.\"Types\" VALUES ("
                    + VALUES.values().stream()
                            .map(values -> index == 0 ? "NULL" : values.get((index - 1) % values.size()))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
    }

    @AfterAll
    void close() throws SQLException {
        duckDb.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> forms() {
        List<String> forms = new ArrayList<>(COMPARISONS);
        forms.addAll(List.of(
                "of one", "with a literal", "computed", "chosen", "converted", "in a sub-query", "of functions"));
        return forms;
    }

    private static Stream<String> expressions(String form) {
        return switch (form) {
            case "of one" ->
                each(List.of(
                        "x.# IS NULL",
                        "x.# IS NOT NULL",
                        "x.# IS TRUE",
                        "x.# IS NOT TRUE",
                        "x.# IS FALSE",
                        "x.# IS NOT FALSE",
                        "x.# IS UNKNOWN",
                        "x.# IS NOT UNKNOWN",
                        "NOT x.#",
                        "-x.#",
                        "x.#"));
            case "with a literal" ->
                COMPARISONS.stream()
                        .limit(11)
                        .flatMap(sign -> LITERALS.stream()
                                .flatMap(literal ->
                                        each(List.of("x.# " + sign + " " + literal, literal + " " + sign + " x.#"))));
            case "computed" ->
                pairs(List.of(
                        "x.# > 0.06 - 0.01",
                        "x.# <= 12345.67 * 99999.99",
                        "x.# = (1 - 0.06) * 1000 + y.@",
                        "x.# < 999999999999999.9 + 0.1",
                        "x.# * 0.5 = y.@",
                        "x.# * CAST(1000000 AS DECIMAL(7, 0)) > y.@",
                        "x.# > CAST(2000000000 AS DECIMAL(10, 0)) + CAST(2000000000 AS DECIMAL(10, 0))",
                        "x.# + 0.5 > y.@",
                        "CASE WHEN x.b THEN 1.5 + 0.1 ELSE 1.5 - 0.2 END > x.#",
                        "CAST(0.5 - 0.1 AS DECIMAL(12, 2)) = y.@"));
            case "chosen" ->
                pairs(List.of(
                        "CASE WHEN x.b THEN x.# ELSE y.@ END",
                        "COALESCE(x.#, y.@)",
                        "NULLIF(x.#, y.@)",
                        "GREATEST(x.#, y.@)",
                        "LEAST(x.#, y.@)",
                        "NVL(x.#, y.@)",
                        "x.# IN (y.@, y.#)",
                        "x.# BETWEEN y.@ AND y.#"));
            case "converted" ->
                TYPES.stream()
                        .flatMap(type -> each(List.of(
                                "CAST(x.# AS " + type + ")", "CAST(x.# AS " + type + ") = CAST(y.# AS " + type + ")")));
            case "in a sub-query" ->
                pairs(List.of(
                        "x.# IN (SELECT z.@ FROM Types z)",
                        "x.# NOT IN (SELECT z.@ FROM Types z WHERE z.# = y.#)",
                        "x.# > ANY (SELECT z.@ FROM Types z)",
                        "x.# <= ALL (SELECT z.@ FROM Types z)",
                        "EXISTS (SELECT 1 FROM Types z WHERE z.@ = x.#)",
                        "x.# IN (SELECT MAX(z.@) FROM Types z WHERE z.# = y.#)",
                        "x.# IN (SELECT SUM(z.@) FROM Types z)"));
            case "of functions" ->
                KnownOperators.all().stream()
                        .filter(KnownOperators::isSupported)
                        .filter(operator -> !operator.isAggregator())
                        .map(SqlOperator::getName)
                        .filter(name -> name.matches("[A-Z][A-Z0-9_]*"))
                        .distinct()
                        .flatMap(name -> each(
                                List.of(name + "(x.#)", name + "(x.#, y.#)", name + "(x.#, 2)", name + "(x.#, 2, 3)")));
            default -> pairs(List.of("x.# " + form + " y.@"));
        };
    }

    private static Stream<String> each(List<String> forms) {
        return forms.stream().flatMap(form -> COLUMNS.stream().map(column -> form.replace("#", column)));
    }

    private static Stream<String> pairs(List<String> forms) {
        return each(forms).flatMap(form -> COLUMNS.stream().map(column -> form.replace("@", column)));
    }

    /** Those that count as unable to fail, and the text that is sent for each. */
    private Map<String, String> harmless(String form) {
        Map<String, String> texts = new LinkedHashMap<>();
        expressions(form).forEach(expression -> {
            String sql = "SELECT " + expression + " FROM Types x, Types y";
            try {
                if (CannotFail.everywhere(fixture.validated(sql).root().rel)) {
                    texts.put(
                            expression,
                            planner.plan(fixture.secured(sql)).text().sql());
                }
            } catch (IcesparException e) {
                // It has no meaning of these types, or is not supported.
            }
        });
        return texts;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatCannotFailGivesAValueForAllValues(String form) {
        List<String> failed = new ArrayList<>();
        harmless(form).forEach((expression, text) -> {
            try {
                execute("CREATE OR REPLACE TEMP TABLE computed AS " + text);
            } catch (SQLException e) {
                failed.add(expression + ": " + e.getMessage());
            }
        });
        assertEquals(List.of(), failed);
    }

    // As long as nothing else is let pass, there is nothing else to try.
    @Test
    void theseAreLetPass() {
        assertEquals(
                List.of("COALESCE", "NOT", "SUBSTRING"),
                List.copyOf(harmless("of functions").keySet().stream()
                        .map(expression -> expression.substring(0, expression.indexOf('(')))
                        .collect(Collectors.toCollection(TreeSet::new))));
        assertTrue(harmless("=").size() > 20, "too few comparisons are tried");
        assertTrue(harmless("computed").size() > 20, "too few decimals are computed");
        assertTrue(harmless("converted").size() > 20, "too few conversions are tried");
    }
}
