package io.icespar.engine.duckdb;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** DuckDB's SQL where Calcite's own dialect of it says it otherwise than DuckDB 2.0 reads it. */
public final class DuckDbDialect extends DuckDBSqlDialect {
    /** The dialect; it has no state. */
    public static final DuckDbDialect INSTANCE = new DuckDbDialect();

    private DuckDbDialect() {
        super(DEFAULT_CONTEXT);
    }

    @Override
    public boolean supportsNestedAggregations() {
        return false;
    }

    // With it, two scans of one table would go by one name, and a sub-query could take its own row for the outer one.
    @Override
    public boolean hasImplicitTableAlias() {
        return false;
    }

    // Without it, each row is a SELECT of its own, and many rows are nested too deeply.
    @Override
    public boolean supportsAliasedValues() {
        return true;
    }

    // With it, a cast of a text that is compared would be left out; DuckDB then converts nothing, or something else.
    @Override
    public boolean supportsImplicitTypeCoercion(RexCall call) {
        return false;
    }

    @Override
    public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        unparseFetchUsingLimit(writer, offset, fetch);
    }

    // DuckDB reads UTF-8 and has neither character set prefixes nor U& literals; a quote is doubled, nothing else.
    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charsetName, String text) {
        buffer.append('\'').append(text.replace("'", "''")).append('\'');
    }

    @Override
    public void unparseSqlIntervalLiteral(SqlWriter writer, SqlIntervalLiteral literal, int leftPrec, int rightPrec) {
        SqlIntervalLiteral.IntervalValue interval = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        writer.keyword("INTERVAL");
        writer.literal("'" + (interval.getSign() < 0 ? "-" : "") + interval.getIntervalLiteral() + "'");
        unparseSqlIntervalQualifier(writer, interval.getIntervalQualifier(), RelDataTypeSystem.DEFAULT);
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        switch (call.getKind()) {
            case WITHIN_GROUP -> {
                SqlCall function = call.operand(0);
                if (function.getKind() == SqlKind.FILTER) {
                    SqlNode ordered = SqlStdOperatorTable.WITHIN_GROUP.createCall(
                            call.getParserPosition(), function.operand(0), call.operand(1));
                    SqlStdOperatorTable.FILTER
                            .createCall(call.getParserPosition(), ordered, function.operand(1))
                            .unparse(writer, leftPrec, rightPrec);
                } else if (function.getKind() == SqlKind.PERCENTILE_CONT) {
                    super.unparseCall(writer, DuckDbAggregates.ofDoubles(call), leftPrec, rightPrec);
                } else if (function.getKind() == SqlKind.PERCENTILE_DISC) {
                    super.unparseCall(writer, call, leftPrec, rightPrec);
                } else {
                    unparseFunction(writer, function, call.operand(1), "");
                }
            }
            case IGNORE_NULLS -> unparseFunction(writer, call.operand(0), SqlNodeList.EMPTY, "IGNORE NULLS");
            case EXISTS -> {
                // Calcite leaves out the parentheses where it is all that HAVING holds.
                writer.keyword("EXISTS");
                SqlWriter.Frame frame = writer.startList("(", ")");
                call.operand(0).unparse(writer, 0, 0);
                writer.endList(frame);
            }
            case RESPECT_NULLS -> call.operand(0).unparse(writer, leftPrec, rightPrec);
            case COUNT, REGR_COUNT ->
                super.unparseCall(writer, DuckDbAggregates.ofOneColumn(call), leftPrec, rightPrec);
            default -> {
                if (DuckDbAggregates.mayBeNaN(call)) {
                    unparseNaNAsNull(writer, DuckDbAggregates.plain(call));
                } else if (call.getOperator().equals(SqlStdOperatorTable.EVERY)) {
                    super.unparseCall(writer, renamed(call, SqlLibraryOperators.BOOL_AND), leftPrec, rightPrec);
                } else if (call.getOperator().equals(SqlStdOperatorTable.SOME)) {
                    super.unparseCall(writer, renamed(call, SqlLibraryOperators.BOOL_OR), leftPrec, rightPrec);
                } else {
                    super.unparseCall(writer, call, leftPrec, rightPrec);
                }
            }
        }
    }

    private void unparseNaNAsNull(SqlWriter writer, SqlCall call) {
        writer.keyword("NULLIF");
        SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
        super.unparseCall(writer, call, 0, 0);
        writer.sep(",");
        writer.literal("CAST('NaN' AS DOUBLE)");
        writer.endList(frame);
    }

    private static SqlCall renamed(SqlCall call, SqlOperator operator) {
        return operator.createCall(call.getFunctionQuantifier(), call.getParserPosition(), call.getOperandList());
    }

    // An order, or what to do with NULL, stands within the parentheses.
    private static void unparseFunction(SqlWriter writer, SqlCall function, SqlNodeList order, String nulls) {
        writer.keyword(function.getOperator().getName());
        SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.FUN_CALL, "(", ")");
        SqlLiteral quantifier = function.getFunctionQuantifier();
        if (quantifier != null) {
            quantifier.unparse(writer, 0, 0);
        }
        for (SqlNode operand : function.getOperandList()) {
            writer.sep(",");
            operand.unparse(writer, 0, 0);
        }
        if (!order.isEmpty()) {
            writer.keyword("ORDER BY");
            SqlWriter.Frame list = writer.startList(SqlWriter.FrameTypeEnum.ORDER_BY_LIST);
            order.unparse(writer, 0, 0);
            writer.endList(list);
        }
        if (!nulls.isEmpty()) {
            writer.keyword(nulls);
        }
        writer.endList(frame);
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
        String name = castName(type);
        if (name == null) {
            return super.getCastSpec(type);
        }
        return new SqlDataTypeSpec(
                new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO), SqlParserPos.ZERO);
    }

    private static @Nullable String castName(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> "VARCHAR";
            // The type of a column that is NULL in all rows.
            case NULL -> "INTEGER";
            case FLOAT, DOUBLE -> "DOUBLE";
            case REAL -> "FLOAT";
            case BINARY, VARBINARY -> "BLOB";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ";
            case ARRAY -> arrayName(Objects.requireNonNull(type.getComponentType()));
            default -> null;
        };
    }

    private static String arrayName(RelDataType element) {
        String name = castName(element);
        if (name == null) {
            name = element.getSqlTypeName().getName();
        }
        String digits = element.getSqlTypeName() == SqlTypeName.DECIMAL
                ? "(" + element.getPrecision() + ", " + element.getScale() + ")"
                : "";
        return name + digits + "[]";
    }
}
