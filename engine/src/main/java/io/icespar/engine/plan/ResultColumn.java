package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;

/**
 * A column of an answer, or a parameter of a statement.
 *
 * @param label its name in the answer; for a parameter, {@code ?} and its number
 * @param schema the schema of the column it comes from unchanged, empty if it is computed
 * @param table the table it comes from unchanged, empty if it is computed
 * @param typeName the SQL name of the type, without its digits, such as {@code VARCHAR}
 * @param jdbcType the type as one of {@link java.sql.Types}
 * @param precision digits or characters at most, 0 where that means nothing
 * @param scale digits after the point, 0 where that means nothing
 * @param nullable whether a value may be absent
 * @param form the Java type of its values
 */
public record ResultColumn(
        String label,
        String schema,
        String table,
        String typeName,
        int jdbcType,
        int precision,
        int scale,
        boolean nullable,
        ColumnForm form) {}
