package io.icespar.engine.duckdb;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
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
    public @Nullable SqlNode getCastSpec(RelDataType type) {
        String name = switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> "VARCHAR";
            case FLOAT, DOUBLE -> "DOUBLE";
            case REAL -> "FLOAT";
            case BINARY, VARBINARY -> "BLOB";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> "TIMESTAMPTZ";
            default -> null;
        };
        if (name == null) {
            return super.getCastSpec(type);
        }
        return new SqlDataTypeSpec(
                new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO), SqlParserPos.ZERO);
    }
}
