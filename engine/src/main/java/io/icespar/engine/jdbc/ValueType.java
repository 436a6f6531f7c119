package io.icespar.engine.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A type that values can have, in the words of {@link DatabaseMetaData}. Types of which there is nothing but NULL, as
 * those with a time zone, are none.
 */
enum ValueType {
    BOOLEAN("BOOLEAN", Types.BOOLEAN, 1, Form.PLAIN),
    TINYINT("TINYINT", Types.TINYINT, 3, Form.WHOLE),
    SMALLINT("SMALLINT", Types.SMALLINT, 5, Form.WHOLE),
    INTEGER("INTEGER", Types.INTEGER, 10, Form.WHOLE),
    BIGINT("BIGINT", Types.BIGINT, 19, Form.WHOLE),
    REAL("REAL", Types.REAL, 24, Form.FLOATING),
    DOUBLE("DOUBLE", Types.DOUBLE, 53, Form.FLOATING),
    DECIMAL("DECIMAL", Types.DECIMAL, Limits.DECIMAL_DIGITS, Form.DECIMAL),
    CHAR("CHAR", Types.CHAR, Limits.FIXED_LENGTH, Form.TEXT),
    VARCHAR("VARCHAR", Types.VARCHAR, Integer.MAX_VALUE, Form.TEXT),
    BINARY("BINARY", Types.BINARY, Limits.FIXED_LENGTH, Form.BYTES),
    VARBINARY("VARBINARY", Types.VARBINARY, Integer.MAX_VALUE, Form.BYTES),
    DATE("DATE", Types.DATE, 10, Form.DAY),
    TIME("TIME", Types.TIME, 15, Form.TIME),
    TIMESTAMP("TIMESTAMP", Types.TIMESTAMP, 26, Form.TIME),
    ARRAY("ARRAY", Types.ARRAY, Integer.MAX_VALUE, Form.PLAIN);

    private final String sqlName;
    private final int jdbcType;
    private final int size;
    private final Form form;

    private static final class Limits {
        static final int DECIMAL_DIGITS = 38;
        static final int FIXED_LENGTH = 65_536;
        static final int TIME_DIGITS = 6;
    }

    /** How values of a type are written, and what their type is declared with. */
    private enum Form {
        PLAIN(null, null, null),
        WHOLE(10, 0, null),
        FLOATING(2, null, null),
        DECIMAL(10, Limits.DECIMAL_DIGITS, "precision,scale"),
        TEXT(null, null, "length"),
        BYTES(null, null, "length"),
        DAY(null, null, null),
        TIME(null, Limits.TIME_DIGITS, "precision");

        private final @Nullable Integer radix;
        private final @Nullable Integer digits;
        private final @Nullable String parameters;

        Form(@Nullable Integer radix, @Nullable Integer digits, @Nullable String parameters) {
            this.radix = radix;
            this.digits = digits;
            this.parameters = parameters;
        }
    }

    ValueType(String sqlName, int jdbcType, int size, Form form) {
        this.sqlName = sqlName;
        this.jdbcType = jdbcType;
        this.size = size;
        this.form = form;
    }

    /** The type of that name; empty if values have no such type. */
    static Optional<ValueType> find(String sqlName) {
        return Arrays.stream(values())
                .filter(type -> type.sqlName.equals(sqlName))
                .findFirst();
    }

    /** As it is written in SQL. */
    String sqlName() {
        return sqlName;
    }

    /** The type in {@link Types} that a column of it is given out as. */
    int jdbcType() {
        return jdbcType;
    }

    /** The greatest number of digits, characters or bytes. */
    int size() {
        return size;
    }

    /** The base that {@link #size} counts digits in; null of what is no number. */
    @Nullable
    Integer radix() {
        return form.radix;
    }

    /** The greatest number of digits after the point; null of what has none. */
    @Nullable
    Integer digits() {
        return form.digits;
    }

    /** Whether values are texts. */
    boolean isText() {
        return form == Form.TEXT;
    }

    /** Whether a column's type is declared with a size, which may be less than {@link #size}. */
    boolean isSized() {
        return form == Form.TEXT || form == Form.BYTES || form == Form.DECIMAL;
    }

    /** All types, as the rows of {@link DatabaseMetaData#getTypeInfo}. */
    static List<Object[]> rows() {
        return Arrays.stream(values())
                .sorted(Comparator.comparingInt(ValueType::jdbcType))
                .map(ValueType::row)
                .toList();
    }

    private Object[] row() {
        var prefix = literalPrefix();
        return nullable(
                sqlName,
                jdbcType,
                size,
                prefix,
                prefix == null ? null : "'",
                form.parameters,
                (short) DatabaseMetaData.typeNullable,
                isText(),
                (short) (isText() ? DatabaseMetaData.typeSearchable : DatabaseMetaData.typePredBasic),
                form.radix == null,
                form == Form.DECIMAL,
                false,
                sqlName,
                form.digits == null ? null : (Short) (short) 0,
                form.digits == null ? null : (Short) form.digits.shortValue(),
                null,
                null,
                form.radix);
    }

    private @Nullable String literalPrefix() {
        return switch (form) {
            case PLAIN, WHOLE, FLOATING, DECIMAL -> null;
            case TEXT -> "'";
            case BYTES -> "X'";
            case DAY, TIME -> sqlName + " '";
        };
    }

    private static Object[] nullable(@Nullable Object... values) {
        return values;
    }
}
