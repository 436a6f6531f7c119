package io.icespar.engine.catalog;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.ContextType.Base;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a table's column.
 *
 * @param kind which type
 * @param precision digits in all, for DECIMAL; 0 for all others
 * @param scale digits after the point, for DECIMAL; 0 for all others
 */
public record ColumnType(Kind kind, int precision, int scale) {

    private static final int MAX_PRECISION = 38;
    private static final Pattern DECIMAL =
            Pattern.compile("DECIMAL\\s*\\(\\s*(\\d{1,2})\\s*,\\s*(\\d{1,2})\\s*\\)", Pattern.CASE_INSENSITIVE);

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

    /** Whether its values are numbers. */
    public boolean isNumber() {
        return switch (kind) {
            case INTEGER, BIGINT, DOUBLE, DECIMAL -> true;
            case BOOLEAN, VARCHAR, DATE, TIME, TIMESTAMP -> false;
        };
    }

    /** The type of context values, and of members of hierarchies, that are such values; empty if there is none. */
    public Optional<ContextType> contextType() {
        return switch (kind) {
            case BOOLEAN -> Optional.of(ContextType.of(Base.BOOLEAN));
            case INTEGER -> Optional.of(ContextType.of(Base.INTEGER));
            case BIGINT -> Optional.of(ContextType.of(Base.BIGINT));
            case DOUBLE -> Optional.of(ContextType.of(Base.DOUBLE));
            case DECIMAL -> Optional.of(ContextType.decimal(precision, scale));
            case VARCHAR -> Optional.of(ContextType.of(Base.VARCHAR));
            case DATE -> Optional.of(ContextType.of(Base.DATE));
            case TIMESTAMP -> Optional.of(ContextType.of(Base.TIMESTAMP));
            case TIME -> Optional.empty();
        };
    }

    /** The type of that kind, without digits. */
    public static ColumnType of(Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** A decimal number of {@code precision} digits, {@code scale} of them after the point. */
    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /**
     * The type that is written {@code text} in SQL, in any case; empty if it is none. Only DECIMAL takes digits, and it
     * needs both: {@code DECIMAL(10, 2)}.
     */
    public static Optional<ColumnType> parse(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            return 1 <= precision && precision <= MAX_PRECISION && scale <= precision
                    ? Optional.of(decimal(precision, scale))
                    : Optional.empty();
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.DECIMAL && kind.name().equalsIgnoreCase(text))
                .map(ColumnType::of)
                .findFirst();
    }

    /** As it is written in SQL, for DuckDB and for people. */
    @Override
    public String toString() {
        return kind == Kind.DECIMAL ? "DECIMAL(" + precision + ", " + scale + ")" : kind.name();
    }
}
