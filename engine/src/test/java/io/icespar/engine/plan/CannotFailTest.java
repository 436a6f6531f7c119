package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

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
}
