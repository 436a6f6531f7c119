package io.icespar.avatica.columns;

import java.math.BigDecimal;

/** What the values of a column are, and how they are written. */
public enum ColumnKind {
    /** NULL in all rows. */
    NULLS(0),
    /** {@link Boolean}, one byte each. */
    BOOLEANS(1),
    /** {@link Byte}. */
    BYTES(2),
    /** {@link Short}. */
    SHORTS(3),
    /** {@link Integer}. */
    INTEGERS(4),
    /** {@link Long}. */
    LONGS(5),
    /** {@link Float}, four bytes each. */
    FLOATS(6),
    /** {@link Double}, eight bytes each. */
    DOUBLES(7),
    /** {@link BigDecimal} of one scale, whose digits fit into a long. */
    SHORT_DECIMALS(8),
    /** {@link BigDecimal}, as texts. */
    DECIMALS(9),
    /** {@link String}, each different one once, and then their numbers. */
    FEW_TEXTS(10),
    /** {@link String}. */
    TEXTS(11),
    /** {@code byte[]}. */
    BINARIES(12),
    /** {@link java.util.List}, whose elements are another column. */
    LISTS(13),
    /** Values of different kinds, each a column of one row. */
    MIXED(14),
    /** {@link Microseconds}. */
    MICROSECONDS(15);

    private static final ColumnKind[] ALL = values();

    private final int code;

    ColumnKind(int code) {
        this.code = code;
    }

    /** What stands for it on the wire. */
    int code() {
        return code;
    }

    /** A truth, whole number, or decimal number as an object, of a kind that {@link WholeNumbers} has. */
    Object value(long number, int scale) {
        switch (this) {
            case BOOLEANS:
                return number != 0;
            case BYTES:
                return (byte) number;
            case SHORTS:
                return (short) number;
            case INTEGERS:
                return (int) number;
            case LONGS:
                return number;
            case MICROSECONDS:
                return Microseconds.of(number);
            case SHORT_DECIMALS:
                return BigDecimal.valueOf(number, scale);
            default:
                throw new IllegalArgumentException(this + " are no whole numbers");
        }
    }

    /**
     * The kind that a code stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static ColumnKind of(int code) {
        for (var kind : ALL) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of columns");
    }
}
