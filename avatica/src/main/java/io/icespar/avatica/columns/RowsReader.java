package io.icespar.avatica.columns;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowsWriter} wrote. */
public final class RowsReader {
    /** More lists in lists than SQL has. */
    private static final int DEEPEST = 64;

    private final ByteBuffer in;
    private int depth;

    private RowsReader(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The rows, each a list of its values: null, Boolean, Byte, Short, Integer, Long, {@link Microseconds}, Float, Double,
     * BigDecimal, String, {@code byte[]} or a list of such.
     *
     * @param bytes from its position to its end
     * @throws IOException if these are no rows
     */
    public static List<Object> read(ByteBuffer bytes) throws IOException {
        try {
            return new RowsReader(bytes.slice()).rows();
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new IOException("no rows of Icespar's", e);
        }
    }

    private Columns rows() {
        int rows = size();
        int count = size();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(column(rows));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something is left");
        }
        return new Columns(rows, columns);
    }

    /** How many there are of something that takes bytes: never more than there are bytes left, times eight. */
    private int size() {
        return checked(in.getInt());
    }

    private int checked(long size) {
        if (size < 0 || size > Math.min(8L * in.remaining() + 8, Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("a count is wrong");
        }
        return (int) size;
    }

    private Column column(int rows) {
        var kind = ColumnKind.of(in.get());
        var nulls = new BitSet();
        if (in.get() != 0) {
            var bits = new byte[(rows + 7) / 8];
            in.get(bits);
            nulls = BitSet.valueOf(bits);
            nulls.clear(rows, bits.length * Byte.SIZE);
        }
        switch (kind) {
            case NULLS:
                check(nulls.cardinality() == rows);
                return new AnyValues(new @Nullable Object[rows]);
            case BOOLEANS:
                return new WholeNumbers(kind, 0, numbers(Byte.BYTES, rows, nulls), nulls);
            case BYTES:
            case SHORTS:
            case INTEGERS:
            case LONGS:
            case MICROSECONDS:
                return new WholeNumbers(kind, 0, numbers(in.get(), rows, nulls), nulls);
            case SHORT_DECIMALS:
                int scale = in.getInt();
                return new WholeNumbers(kind, scale, numbers(in.get(), rows, nulls), nulls);
            case FLOATS:
            case DOUBLES:
                return new FloatingPoint(kind, floatingPoint(kind, rows, nulls), nulls);
            case TEXTS:
            case BINARIES:
                return octets(kind, rows, nulls);
            case FEW_TEXTS:
            case DECIMALS:
            case LISTS:
            case MIXED:
                return new AnyValues(spread(values(kind, rows - nulls.cardinality()), rows, nulls));
        }
        throw new IllegalArgumentException("no kind of columns");
    }

    private @Nullable Object[] values(ColumnKind kind, int count) {
        switch (kind) {
            case FEW_TEXTS:
                return fewTexts(count);
            case DECIMALS:
                var decimals = texts(count);
                Arrays.setAll(decimals, i -> new BigDecimal(String.valueOf(decimals[i])));
                return decimals;
            case LISTS:
                return lists(count);
            default:
                var mixed = new @Nullable Object[count];
                for (int i = 0; i < count; i++) {
                    mixed[i] = inner(1).get(0);
                }
                return mixed;
        }
    }

    /** The values of those rows that have one, each in its row. */
    private static @Nullable Object[] spread(@Nullable Object[] present, int rows, BitSet nulls) {
        if (nulls.isEmpty()) {
            return present;
        }
        var all = new @Nullable Object[rows];
        int next = 0;
        for (int i = nulls.nextClearBit(0); i < rows; i = nulls.nextClearBit(i + 1)) {
            all[i] = present[next++];
        }
        return all;
    }

    /** A column within another. */
    private Column inner(int rows) {
        depth++;
        check(depth <= DEEPEST);
        var column = column(rows);
        depth--;
        return column;
    }

    private static void check(boolean isRight) {
        if (!isRight) {
            throw new IllegalArgumentException("these are other bytes");
        }
    }

    private long[] numbers(int width, int rows, BitSet nulls) {
        check((long) width * (rows - nulls.cardinality()) <= in.remaining());
        var numbers = new long[rows];
        for (int i = nulls.nextClearBit(0); i < rows; i = nulls.nextClearBit(i + 1)) {
            numbers[i] = number(width);
        }
        return numbers;
    }

    private double[] floatingPoint(ColumnKind kind, int rows, BitSet nulls) {
        int width = kind == ColumnKind.FLOATS ? Float.BYTES : Double.BYTES;
        check((long) width * (rows - nulls.cardinality()) <= in.remaining());
        var numbers = new double[rows];
        for (int i = nulls.nextClearBit(0); i < rows; i = nulls.nextClearBit(i + 1)) {
            numbers[i] = kind == ColumnKind.FLOATS ? in.getFloat() : in.getDouble();
        }
        return numbers;
    }

    private long number(int width) {
        switch (width) {
            case Byte.BYTES:
                return in.get();
            case Short.BYTES:
                return in.getShort();
            case Integer.BYTES:
                return in.getInt();
            case Long.BYTES:
                return in.getLong();
            default:
                throw new IllegalArgumentException("numbers of " + width + " bytes");
        }
    }

    private Octets octets(ColumnKind kind, int rows, BitSet nulls) {
        var lengths = numbers(in.get(), rows, nulls);
        var starts = new int[rows + 1];
        starts[0] = in.arrayOffset() + in.position();
        for (int i = 0; i < rows; i++) {
            starts[i + 1] = Math.addExact(starts[i], checked(lengths[i]));
        }
        in.position(starts[rows] - in.arrayOffset());
        return new Octets(kind, in.array(), starts, nulls);
    }

    private @Nullable Object[] texts(int count) {
        var octets = octets(ColumnKind.TEXTS, count, new BitSet());
        var texts = new @Nullable Object[count];
        Arrays.setAll(texts, octets::value);
        return texts;
    }

    private @Nullable Object[] fewTexts(int count) {
        var different = texts(size());
        var values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            values[i] = different[in.get() & 0xff];
        }
        return values;
    }

    private @Nullable Object[] lists(int count) {
        var lengths = numbers(in.get(), count, new BitSet());
        int all = 0;
        for (long length : lengths) {
            all = Math.addExact(all, checked(length));
        }
        var elements = inner(checked(all));
        var values = new @Nullable Object[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int element = 0; element < lengths[i]; element++) {
                list.add(elements.get(next++));
            }
            values[i] = list;
        }
        return values;
    }
}
