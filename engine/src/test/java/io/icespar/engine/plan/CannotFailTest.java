package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.secure.PlanFixture;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which expressions are known to give a value for every row. */
class CannotFailTest {
    private final RexBuilder rexBuilder = new RexBuilder(new JavaTypeFactoryImpl());

    private RelDataType type(SqlTypeName name) {
        return rexBuilder.getTypeFactory().createSqlType(name);
    }

    private RexNode comparisonWithParameter(RelDataType type) {
        return rexBuilder.makeCall(
                SqlStdOperatorTable.GREATER_THAN,
                rexBuilder.makeInputRef(type, 0),
                rexBuilder.makeDynamicParam(type, 0));
    }

    @Test
    void comparingWithAParameterOfTheColumnsTypeCannotFail() {
        assertTrue(CannotFail.expression(comparisonWithParameter(type(SqlTypeName.BIGINT))));
        assertTrue(CannotFail.expression(comparisonWithParameter(type(SqlTypeName.VARCHAR))));
        assertTrue(CannotFail.expression(comparisonWithParameter(type(SqlTypeName.DATE))));
    }

    // A value of 36 decimals would make DuckDB convert the column to as many, which fails for what a hidden row holds.
    @Test
    void comparingWithADecimalParameterCanFail() {
        RelDataType decimal = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 10, 2);
        assertFalse(CannotFail.expression(comparisonWithParameter(decimal)));
    }

    @Test
    void aCastToANumberCanFail() {
        RexNode text = rexBuilder.makeInputRef(type(SqlTypeName.VARCHAR), 0);
        assertFalse(CannotFail.expression(rexBuilder.makeAbstractCast(type(SqlTypeName.INTEGER), text, false)));
    }

    private RexNode choice(RelDataType one, RelDataType other) {
        RexNode condition = rexBuilder.makeInputRef(type(SqlTypeName.BOOLEAN), 2);
        RelDataType type = rexBuilder.getTypeFactory().leastRestrictive(List.of(one, other));
        return rexBuilder.makeCall(
                Objects.requireNonNull(type),
                SqlStdOperatorTable.CASE,
                List.of(condition, rexBuilder.makeInputRef(one, 0), rexBuilder.makeInputRef(other, 1)));
    }

    // DuckDB converts both into a decimal with the digits of the second, for which the first may be too great.
    @Test
    void choosingBetweenValuesOfTwoTypesCanFail() {
        RelDataType fraction = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 19);
        assertFalse(CannotFail.expression(choice(type(SqlTypeName.BIGINT), fraction)));
        assertTrue(CannotFail.expression(choice(type(SqlTypeName.BIGINT), type(SqlTypeName.BIGINT))));
    }

    private static boolean cannotFail(String sql) {
        return CannotFail.everywhere(PlanFixture.of().validated(sql).root().rel);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b",
                "NOT b",
                "b IS TRUE OR b IS NOT TRUE",
                "b IS FALSE AND b IS NOT FALSE",
                "b IS UNKNOWN",
                "b = (i > 1)",
                "i IS NULL OR l IS NOT NULL",
                "i = 1",
                "i <> l",
                "l < i",
                "i <= 5 AND l >= 5",
                "i IS DISTINCT FROM l",
                "i IS NOT DISTINCT FROM l",
                "i IN (1, 2, 3)",
                "i BETWEEN 1 AND 5",
                "i = NULL",
                "f > i",
                "d = 1.5",
                "whole = 1",
                "t = 'a'",
                "t IN ('a', 'b')",
                "t LIKE 'a%'",
                "da = DATE '2021-02-04'",
                "da > '2021-02-04'",
                "ti > TIME '12:00:00'",
                "ts > TIMESTAMP '2021-02-04 12:00:00'",
                "i = '5'",
                "l = '-123456789012345678'",
                "l = ?",
                "t = ?",
                "CAST(i AS BIGINT) = 1",
                "CAST(i AS INTEGER) = 1",
                "CAST(l AS DOUBLE) > 1",
                "CAST(d AS DECIMAL(12, 2)) > 1",
                "d > 0.06 - 0.01",
                "d > (1 - 0.06) * 2.5 + 0.5",
                "d BETWEEN 0.06 - 0.01 AND 12345.67 * 0.5",
                "CAST(d AS DOUBLE) > 1",
                "CAST(l AS DECIMAL(21, 2)) > 1",
                "d > 99999",
                "CAST(t AS VARCHAR) = 'a'",
                "SUBSTRING(t, 1, 2) = 'a'",
                "SUBSTRING(t, 2) IN ('a', 'b')",
                "CASE WHEN b THEN i ELSE i END = 1",
                "CASE WHEN b THEN i WHEN i = 1 THEN i END = 1",
                "CASE WHEN b THEN t ELSE 'x' END = 'a'",
                "EXISTS (SELECT 1 FROM Types x WHERE x.i = Types.i)",
                "i IN (SELECT l FROM Types)",
                "i NOT IN (SELECT i FROM Types)",
                "i > ANY (SELECT l FROM Types)",
                "i > ALL (SELECT l FROM Types)",
                "(i, t) IN (SELECT l, t FROM Types)",
                "i IN (SELECT SUM(x.i) FROM Types x)",
                "i IN (SELECT MAX(x.i) FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT MIN(x.i) FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT SUM(x.i) FROM Types x WHERE x.l = Types.l)",
                "i NOT IN (SELECT AVG(x.i) FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT MAX(x.i) OVER () FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT ROW_NUMBER() OVER (ORDER BY x.i) FROM Types x WHERE x.l = Types.l)",
                "i > (SELECT MAX(x.i) FROM Types x WHERE x.l = Types.l)",
                "i > (SELECT AVG(x.i) FROM Types x)",
                "f > RAND()"
            })
    void whatGivesAValueForEveryRowCannotFail(String condition) {
        assertTrue(cannotFail("SELECT i FROM Types WHERE " + condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSTRING(t, 0, 2) = 'a'",
                "SUBSTRING(t, i, 2) = 'a'",
                "SUBSTRING(t, 1, -1) = 'a'",
                "CAST(d AS DECIMAL(10, 3)) > 1",
                "CAST(d AS DECIMAL(12, 1)) > 1",
                "CAST(l AS DECIMAL(20, 2)) > 1",
                "1 / i > 0",
                "i + 1 > 0",
                "l + 1.5 > 0",
                "d > 1 + 1",
                "d > CAST(2000000000 AS DECIMAL(10, 0)) + CAST(2000000000 AS DECIMAL(10, 0))",
                "i * CAST(1000000 AS DECIMAL(7, 0)) > d",
                "d > 0.06 * i",
                "d > 123456789.12 * 123456789.12",
                "d > 1.5 - NULL",
                "1 - d > 0",
                "d + i > 0",
                "d * 12.5 > 0",
                "d * i > 0",
                "d * d > 0",
                "d + f > 0",
                "1 / d > 0",
                "CAST(t AS DECIMAL(5, 2)) + 1 > 0",
                "whole + 0.5 > 0",
                "-d > 0",
                "-i > 0",
                "NOT 1 / i > 0",
                "b AND 1 / i > 0",
                "(1 / i) IS NULL",
                "1 / i IN (1, 2)",
                "1 / i IS DISTINCT FROM 1",
                "t || t = 'aa'",
                "UPPER(t) = 'A'",
                "t LIKE t",
                "UPPER(t) LIKE 'A'",
                "t LIKE 'a#%' ESCAPE '#'",
                "t SIMILAR TO 'a'",
                "t = 1",
                "i = t",
                "da = t",
                "ts > da",
                "whole = d",
                "whole > 0.5",
                "whole IN (0.5, 1.5)",
                "fraction > l",
                "whole = t",
                "da > '2021-02-30'",
                "da > '0000-01-01'",
                "da > '2021-2-4'",
                "da > '+12021-02-04'",
                "i = '1234567890'",
                "i = '1.5'",
                "i = ' 1'",
                "l = '1234567890123456789'",
                "d = '1.5'",
                "b = 'true'",
                "f = '1'",
                "d = ?",
                "CAST(t AS INTEGER) = 1",
                "CAST(t AS DATE) = DATE '2021-02-04'",
                "CAST(l AS INTEGER) = 1",
                "CAST(f AS INTEGER) = 1",
                "CAST(f AS BIGINT) = 1",
                "CAST(d AS BIGINT) = 1",
                "CAST(i AS DECIMAL(3, 0)) = 1",
                "CAST(da AS TIMESTAMP) > TIMESTAMP '2021-02-04 12:00:00'",
                "CAST(i + 1 AS BIGINT) = 1",
                "CASE WHEN 1 / i > 0 THEN i ELSE i END = 1",
                "CASE WHEN b THEN 1 / i ELSE i END = 1",
                "CASE WHEN b THEN i ELSE 1 / i END = 1",
                "i = (SELECT i FROM Types)",
                "EXISTS (SELECT 1 FROM Types x WHERE 1 / x.i = 1)",
                "EXISTS (SELECT 1 FROM Types x WHERE EXISTS (SELECT 1 FROM Types y WHERE 1 / y.i = 1))",
                "1 / i IN (SELECT i FROM Types)",
                "i IN (SELECT 1 / i FROM Types)",
                "i IN (SELECT 1 / i FROM Types x WHERE x.l = 1)",
                "whole IN (SELECT d FROM Types)",
                "(i, whole) IN (SELECT l, d FROM Types)",
                "i IN (SELECT SUM(x.l) FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT SUM(x.i) OVER () FROM Types x WHERE x.l = Types.l)",
                "i IN (SELECT MAX(x.i) OVER (ORDER BY x.l RANGE x.i PRECEDING) FROM Types x WHERE x.l = Types.l)",
                "i = (SELECT SUM(x.l) FROM Types x WHERE x.l = Types.l)",
                "i = (SELECT MAX(x.i) FROM Types x GROUP BY x.l)",
                "i = (SELECT MAX(1 / x.i) FROM Types x)",
                "i NOT IN (SELECT AVG(x.l) FROM Types x WHERE x.l = Types.l)"
            })
    void whatMayFailForSomeRowCanFail(String condition) {
        assertFalse(cannotFail("SELECT i FROM Types WHERE " + condition));
    }

    @Test
    void whereverItStandsItIsFound() {
        for (String sql : List.of(
                "SELECT 1 / i FROM Types",
                "SELECT INTERVAL '1' DAY FROM Types",
                "SELECT a.i FROM Types a JOIN Types b ON 1 / a.i = b.i",
                "SELECT COUNT(*) FROM Types GROUP BY 1 / i",
                "SELECT i FROM Types ORDER BY 1 / i",
                "SELECT SUM(1 / i) OVER () FROM Types",
                "SELECT i FROM Types UNION SELECT 1 / i FROM Types",
                "SELECT x.i, y.m FROM Types x, LATERAL (SELECT SUM(l) AS m FROM Types z WHERE z.i = x.i) y",
                "SELECT x.i, y.m FROM Types x, LATERAL (SELECT MAX(1 / l) AS m FROM Types z WHERE z.i = x.i) y",
                "SELECT x.i, y.m FROM (SELECT 1 / i AS i FROM Types) x,"
                        + " LATERAL (SELECT MAX(l) AS m FROM Types z WHERE z.i = x.i) y")) {
            assertFalse(cannotFail(sql), sql);
        }
        for (String sql : List.of(
                "SELECT i, t, 'a', 1.5, DATE '2021-02-04' FROM Types",
                "SELECT SUM(i), AVG(l) FROM Types",
                "SELECT COUNT(*) OVER (), MAX(i) OVER () FROM Types",
                "SELECT a.i FROM Types a JOIN Types b ON a.i = b.l",
                "SELECT x.i, y.m FROM Types x, LATERAL (SELECT MAX(l) AS m FROM Types z WHERE z.i = x.i) y")) {
            assertTrue(cannotFail(sql), sql);
        }
    }
}
