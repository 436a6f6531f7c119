package io.icespar.engine.catalog;

/**
 * The type of a table's column.
 *
 * @param kind which type
 * @param precision digits in all, for DECIMAL; 0 for all others
 * @param scale digits after the point, for DECIMAL; 0 for all others
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** The types that a table's column can have. */
    public enum Kind {
        /** True or false. */
        BOOLEAN,
        /** A 32 bit whole number. */
        INTEGER,
        /** A 64 bit whole number. */
        BIGINT,
        /** A 64 bit binary floating point number. */
        DOUBLE,
        /** An exact decimal number of at most 38 digits. */
        DECIMAL,
        /** Text of any length. */
        VARCHAR,
        /** A day. */
        DATE,
        /** A time of day, to the microsecond. */
        TIME,
        /** A day and a time without a zone, to the microsecond. */
        TIMESTAMP
    }

    /** The type of that kind, without digits. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** A decimal number of {@code precision} digits, {@code scale} of them after the point. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /** As it is written in SQL, for DuckDB and for people. */
    @Override
    public String toString() {
        return kind == Kind.DECIMAL ? "DECIMAL(" + precision + ", " + scale + ")" : kind.name();
    }
}
