package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
