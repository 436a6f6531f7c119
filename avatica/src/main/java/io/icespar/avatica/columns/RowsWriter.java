package io.icespar.avatica.columns;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as columns: the number of rows, the number of columns, and then each column: its kind, whether there are
 * NULLs and where, and its values. Numbers that are written together take as many bytes as the longest of them, lowest
 * first.
 */
public final class RowsWriter {
    /** More different texts in a column are not worth the search. */
    private static final int FEW = 256;

    private static final int FEWEST_EXPECTED = 64;
    private static final int BYTES_EXPECTED = 6;
    private static final int MOST_EXPECTED = 1 << 20;

    private final Output out;

    private RowsWriter(long values) {
        out = new Output((int) Math.min(MOST_EXPECTED, FEWEST_EXPECTED + BYTES_EXPECTED * values));
    }

    /**
     * The rows as bytes, which {@link RowsReader} reads.
     *
     * @param rows each an array or a list of as many values: null, or as Avatica passes them around, or {@link Microseconds}
     */
    public static byte[] write(List<?> rows) {
        var arrays = rows.stream().map(RowsWriter::array).toArray(Object[][]::new);
        int columns = arrays.length == 0 ? 0 : arrays[0].length;
        var writer = new RowsWriter((long) arrays.length * columns);
        writer.out.size(arrays.length);
        writer.out.size(columns);
        var values = new @Nullable Object[arrays.length];
        for (int column = 0; column < columns; column++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = arrays[i][column];
            }
            writer.column(values);
        }
        return writer.out.toByteArray();
    }

    private static Object[] array(Object row) {
        return row instanceof Object[] ? (Object[]) row : ((List<?>) row).toArray();
    }

    private void column(@Nullable Object[] values) {
        var present = withoutNulls(values);
        var kind = kind(present);
        if (kind != ColumnKind.TEXTS || !fewTexts(values, present)) {
            begin(kind, values, present);
            write(kind, present);
        }
    }

    private void begin(ColumnKind kind, @Nullable Object[] values, Object[] present) {
        out.write(kind.code());
        out.write(present.length == values.length ? 0 : 1);
        if (present.length < values.length) {
            nulls(values);
        }
    }

    /** Writes a column of texts that are few different ones; false, and nothing is written, if they are not. */
    private boolean fewTexts(@Nullable Object[] values, Object[] texts) {
        Map<Object, Integer> numbers = new HashMap<>();
        var few = new byte[texts.length];
        for (int i = 0; i < texts.length; i++) {
            var number = numbers.get(texts[i]);
            if (number == null) {
                number = numbers.size();
                // Where half of them are different, nothing is gained.
                if (number == FEW || number > 8 + i / 2) {
                    return false;
                }
                numbers.put(texts[i], number);
            }
            few[i] = number.byteValue();
        }
        var different = new Object[numbers.size()];
        numbers.forEach((text, number) -> different[number] = text);
        begin(ColumnKind.FEW_TEXTS, values, texts);
        out.size(different.length);
        texts(different);
        out.write(few, 0, few.length);
        return true;
    }

    private void texts(Object[] values) {
        binaries(values, value -> ((String) value).getBytes(StandardCharsets.UTF_8));
    }

    private void binaries(Object[] values, Function<Object, byte[]> bytes) {
        var all = new byte[values.length][];
        var lengths = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            all[i] = bytes.apply(values[i]);
            lengths[i] = all[i].length;
        }
        numbers(lengths);
        for (var each : all) {
            out.write(each, 0, each.length);
        }
    }

    private static byte[] bytes(Object value) {
        return value instanceof ByteString ? ((ByteString) value).getBytes() : (byte[]) value;
    }

    private void wholeNumbers(Object[] values, ToLongFunction<Object> number) {
        var numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = number.applyAsLong(values[i]);
        }
        numbers(numbers);
    }

    private void shortDecimals(Object[] values) {
        int scale = ((BigDecimal) values[0]).scale();
        var digits = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            digits[i] = ((BigDecimal) values[i]).unscaledValue().longValue();
        }
        out.number(scale, Integer.BYTES);
        numbers(digits);
    }

    private void numbers(long[] numbers) {
        long needed = 0;
        for (long number : numbers) {
            needed |= number < 0 ? ~number : number;
        }
        int width = needed <= Byte.MAX_VALUE ? 1 : needed <= Short.MAX_VALUE ? 2 : needed <= Integer.MAX_VALUE ? 4 : 8;
        out.write(width);
        out.numbers(numbers, width);
    }

    /** How many elements each has, and then all elements as a column. */
    private void lists(Object[] values) {
        var lengths = new long[values.length];
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            lengths[i] = ((List<?>) values[i]).size();
            elements.addAll((List<?>) values[i]);
        }
        numbers(lengths);
        column(elements.toArray());
    }

    private static Object[] withoutNulls(@Nullable Object[] values) {
        int count = 0;
        for (var value : values) {
            if (value != null) {
                count++;
            }
        }
        if (count == values.length) {
            return values;
        }
        var present = new Object[count];
        int i = 0;
        for (var value : values) {
            if (value != null) {
                present[i++] = value;
            }
        }
        return present;
    }

    /** A bit for each row, the lowest first; that of NULL is set. */
    private void nulls(@Nullable Object[] values) {
        var bits = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                bits[i / 8] |= (byte) (1 << (i % 8));
            }
        }
        out.write(bits, 0, bits.length);
    }

    private static ColumnKind kind(Object[] present) {
        if (present.length == 0) {
            return ColumnKind.NULLS;
        }
        var first = kind(present[0]);
        var type = present[0].getClass();
        for (var value : present) {
            // To compare classes is quicker.
            if (value.getClass() != type && kind(value) != first) {
                return ColumnKind.MIXED;
            }
        }
        return first == ColumnKind.DECIMALS && areShort(present) ? ColumnKind.SHORT_DECIMALS : first;
    }

    private static ColumnKind kind(Object value) {
        if (value instanceof String) {
            return ColumnKind.TEXTS;
        }
        if (value instanceof BigDecimal) {
            return ColumnKind.DECIMALS;
        }
        if (value instanceof Integer) {
            return ColumnKind.INTEGERS;
        }
        if (value instanceof Long) {
            return ColumnKind.LONGS;
        }
        if (value instanceof Double) {
            return ColumnKind.DOUBLES;
        }
        if (value instanceof Microseconds) {
            return ColumnKind.MICROSECONDS;
        }
        if (value instanceof Boolean) {
            return ColumnKind.BOOLEANS;
        }
        if (value instanceof Short) {
            return ColumnKind.SHORTS;
        }
        if (value instanceof Byte) {
            return ColumnKind.BYTES;
        }
        if (value instanceof Float) {
            return ColumnKind.FLOATS;
        }
        if (value instanceof byte[] || value instanceof ByteString) {
            return ColumnKind.BINARIES;
        }
        if (value instanceof List) {
            return ColumnKind.LISTS;
        }
        throw new IllegalArgumentException("a " + value.getClass().getName() + " cannot be sent");
    }

    private static boolean areShort(Object[] decimals) {
        int scale = ((BigDecimal) decimals[0]).scale();
        for (var value : decimals) {
            var decimal = (BigDecimal) value;
            if (decimal.scale() != scale || decimal.precision() > 18) {
                return false;
            }
        }
        return true;
    }

    private void write(ColumnKind kind, Object[] values) {
        switch (kind) {
            case NULLS:
                break;
            case BOOLEANS:
                for (var value : values) {
                    out.write((Boolean) value ? 1 : 0);
                }
                break;
            case BYTES:
            case SHORTS:
            case INTEGERS:
            case LONGS:
                wholeNumbers(values, value -> ((Number) value).longValue());
                break;
            case MICROSECONDS:
                wholeNumbers(values, value -> ((Microseconds) value).count());
                break;
            case FLOATS:
                for (var value : values) {
                    out.number(Float.floatToRawIntBits((Float) value), Float.BYTES);
                }
                break;
            case DOUBLES:
                for (var value : values) {
                    out.number(Double.doubleToRawLongBits((Double) value), Double.BYTES);
                }
                break;
            case SHORT_DECIMALS:
                shortDecimals(values);
                break;
            case DECIMALS:
                binaries(values, value -> value.toString().getBytes(StandardCharsets.UTF_8));
                break;
            case TEXTS:
                texts(values);
                break;
            case BINARIES:
                binaries(values, RowsWriter::bytes);
                break;
            case LISTS:
                lists(values);
                break;
            case MIXED:
                for (var value : values) {
                    column(new Object[] {value});
                }
                break;
            case FEW_TEXTS:
                throw new IllegalArgumentException("written elsewhere");
        }
    }

    /** Bytes that become more and more, for one thread. */
    private static final class Output {
        private byte[] buf;
        private int count;

        Output(int expected) {
            buf = new byte[expected];
        }

        byte[] toByteArray() {
            return Arrays.copyOf(buf, count);
        }

        void write(int value) {
            makeRoom(1);
            buf[count++] = (byte) value;
        }

        void write(byte[] bytes, int from, int length) {
            makeRoom(length);
            System.arraycopy(bytes, from, buf, count, length);
            count += length;
        }

        /** A count, in four bytes. */
        void size(int size) {
            number(size, Integer.BYTES);
        }

        /** The lowest bytes of a number, the lowest first. */
        void number(long number, int width) {
            makeRoom(width);
            put(number, width);
        }

        void numbers(long[] numbers, int width) {
            makeRoom(Math.multiplyExact(numbers.length, width));
            for (long number : numbers) {
                put(number, width);
            }
        }

        private void put(long number, int width) {
            long rest = number;
            for (int i = 0; i < width; i++) {
                buf[count++] = (byte) rest;
                rest >>= Byte.SIZE;
            }
        }

        private void makeRoom(int more) {
            int needed = Math.addExact(count, more);
            if (needed > buf.length) {
                buf = Arrays.copyOf(buf, Math.max((int) Math.min(buf.length * 2L, Integer.MAX_VALUE - 8), needed));
            }
        }
    }
}
