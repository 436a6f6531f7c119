package io.icespar.avatica.columns;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of one column of some rows, without an object for each where there can be one without. Immutable. */
public abstract class Column {
    /** How many digits the numbers of {@link #decimals} have at most: as many as always fit into a long. */
    public static final int MAX_DIGITS = 18;

    private final int rows;
    private final BitSet nulls;

    /**
     * Creates a column.
     *
     * @param nulls in which rows there is NULL; the column's from now on
     */
    Column(int rows, BitSet nulls) {
        this.rows = rows;
        this.nulls = nulls;
    }

    /**
     * Truths, or whole numbers of one kind.
     *
     * @param kind which: {@link ColumnKind#BOOLEANS}, of which 0 is false, {@code BYTES}, {@code SHORTS}, {@code INTEGERS},
     *     {@code LONGS} or {@code MICROSECONDS}
     * @param numbers one for each row, of no meaning where there is NULL; the column's from now on
     * @param nulls in which rows there is NULL; the column's from now on
     */
    public static Column wholeNumbers(ColumnKind kind, long[] numbers, BitSet nulls) {
        return new WholeNumbers(kind, 0, numbers, nulls);
    }

    /**
     * Decimal numbers of one scale, with at most {@link #MAX_DIGITS} digits.
     *
     * @param digits the unscaled numbers, as in {@link #wholeNumbers}
     */
    public static Column decimals(int scale, long[] digits, BitSet nulls) {
        return new WholeNumbers(ColumnKind.SHORT_DECIMALS, scale, digits, nulls);
    }

    /**
     * Floating-point numbers of one kind.
     *
     * @param kind {@link ColumnKind#FLOATS} or {@code DOUBLES}
     * @param numbers as in {@link #wholeNumbers}
     */
    public static Column floatingPoint(ColumnKind kind, double[] numbers, BitSet nulls) {
        return new FloatingPoint(kind, numbers, nulls);
    }

    /**
     * Texts or binary values.
     *
     * @param kind {@link ColumnKind#TEXTS}, in UTF-8, or {@code BINARIES}
     * @param bytes those of all values, one after the other; the column's from now on
     * @param starts where in them each value starts, and where the last one ends; the column's from now on
     */
    public static Column octets(ColumnKind kind, byte[] bytes, int[] starts, BitSet nulls) {
        return new Octets(kind, bytes, starts, nulls);
    }

    /**
     * Any values.
     *
     * @param values as Avatica passes them around, or {@link Microseconds}; the column's from now on
     */
    public static Column objects(@Nullable Object[] values) {
        return new AnyValues(values);
    }

    /** Columns of one kind as one, of all their rows. */
    static Column joined(List<Column> parts) {
        var nulls = new BitSet();
        int rows = 0;
        for (var part : parts) {
            for (int i = part.nulls.nextSetBit(0); i >= 0; i = part.nulls.nextSetBit(i + 1)) {
                nulls.set(rows + i);
            }
            rows += part.rows;
        }
        return parts.get(0).with(parts, rows, nulls);
    }

    /** How many rows there are. */
    final int rows() {
        return rows;
    }

    /** In which rows there is NULL. */
    final BitSet nulls() {
        return nulls;
    }

    /** The value in a row, from 0, as Avatica passes it around, or {@link Microseconds}. */
    final @Nullable Object get(int row) {
        return nulls.get(row) ? null : value(row);
    }

    abstract @Nullable Object value(int row);

    /** Those of the rows from one to before another. */
    abstract Column part(int from, int to);

    /** Others of this kind, this one among them, as one. */
    abstract Column with(List<Column> parts, int rows, BitSet nulls);

    /** How many bytes the values take, roughly. */
    abstract long size();

    /** Writes its kind, where there are NULLs, and its values. */
    final void write(RowsWriter writer) {
        if (present() == 0) {
            writer.begin(ColumnKind.NULLS, this);
        } else {
            writeValues(writer);
        }
    }

    /** The same where there is a value. */
    abstract void writeValues(RowsWriter writer);

    /**
     * The values of all parts, one after the other.
     *
     * @param values gives those of a part: an array like {@code into}, which is as long as all of them
     */
    static <A> A copied(List<Column> parts, Function<Column, A> values, A into) {
        int count = 0;
        for (var part : parts) {
            System.arraycopy(values.apply(part), 0, into, count, part.rows);
            count += part.rows;
        }
        return into;
    }

    /** In which of some rows there is NULL, from the first of these. */
    final BitSet nulls(int from, int to) {
        return nulls.get(from, to);
    }

    /** How many values are not NULL. */
    final int present() {
        return rows - nulls.cardinality();
    }
}
