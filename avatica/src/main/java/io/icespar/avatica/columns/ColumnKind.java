package io.icespar.avatica.columns;

/** What the values of a column are, and how they are written. */
enum ColumnKind {
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
    /** {@link java.math.BigDecimal} of one scale, whose digits fit into a long. */
    SHORT_DECIMALS(8),
    /** {@link java.math.BigDecimal}, as texts. */
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
