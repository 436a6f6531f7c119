package io.icespar.avatica.columns;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RowsWriter} wrote. */
public final class RowsReader {
    private final ByteBuffer in;

    private RowsReader(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The rows, each an array of its values: null, Boolean, Byte, Short, Integer, Long, {@link Microseconds}, Float, Double,
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

    private List<Object> rows() {
        int rows = size();
        int columns = size();
        var all = new @Nullable Object[rows][columns];
        for (int column = 0; column < columns; column++) {
            var values = column(rows);
            for (int row = 0; row < rows; row++) {
                all[row][column] = values[row];
            }
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something is left");
        }
        return Collections.unmodifiableList(Arrays.asList((Object[]) all));
    }

    /** How many there are of something that takes bytes: never more than there are bytes left, times eight. */
    private int size() {
        return checked(in.getInt());
    }

    private int checked(long size) {
        if (size < 0 || size > 8L * in.remaining() + 8) {
            throw new IllegalArgumentException("a count is wrong");
        }
        return (int) size;
    }

    private @Nullable Object[] column(int rows) {
        var kind = ColumnKind.of(in.get());
        boolean hasNulls = in.get() != 0;
        if (!hasNulls) {
            return values(kind, rows);
        }
        var nulls = new byte[(rows + 7) / 8];
        in.get(nulls);
        int present = 0;
        for (int i = 0; i < rows; i++) {
            if (!isNull(nulls, i)) {
                present++;
            }
        }
        var values = values(kind, present);
        var all = new @Nullable Object[rows];
        int next = 0;
        for (int i = 0; i < rows; i++) {
            if (!isNull(nulls, i)) {
                all[i] = values[next++];
            }
        }
        return all;
    }

    private static boolean isNull(byte[] nulls, int row) {
        return (nulls[row / 8] >> (row % 8) & 1) != 0;
    }

    private @Nullable Object[] values(ColumnKind kind, int count) {
        var values = new @Nullable Object[count];
        switch (kind) {
            case NULLS:
                break;
            case BOOLEANS:
                for (int i = 0; i < count; i++) {
                    values[i] = in.get() != 0;
                }
                break;
            case BYTES:
            case SHORTS:
            case INTEGERS:
            case LONGS:
            case MICROSECONDS:
                wholeNumbers(kind, values);
                break;
            case FLOATS:
                for (int i = 0; i < count; i++) {
                    values[i] = in.getFloat();
                }
                break;
            case DOUBLES:
                for (int i = 0; i < count; i++) {
                    values[i] = in.getDouble();
                }
                break;
            case SHORT_DECIMALS:
                int scale = in.getInt();
                int width = in.get();
                for (int i = 0; i < count; i++) {
                    values[i] = BigDecimal.valueOf(number(width), scale);
                }
                break;
            case DECIMALS:
                texts(values);
                for (int i = 0; i < count; i++) {
                    values[i] = new BigDecimal(String.valueOf(values[i]));
                }
                break;
            case FEW_TEXTS:
                var different = new @Nullable Object[size()];
                texts(different);
                for (int i = 0; i < count; i++) {
                    values[i] = different[in.get() & 0xff];
                }
                break;
            case TEXTS:
                texts(values);
                break;
            case BINARIES:
                var lengths = lengths(count);
                for (int i = 0; i < count; i++) {
                    var bytes = new byte[lengths[i]];
                    in.get(bytes);
                    values[i] = bytes;
                }
                break;
            case LISTS:
                lists(values);
                break;
            case MIXED:
                for (int i = 0; i < count; i++) {
                    values[i] = column(1)[0];
                }
                break;
        }
        return values;
    }

    private void wholeNumbers(ColumnKind kind, @Nullable Object[] values) {
        int width = in.get();
        for (int i = 0; i < values.length; i++) {
            long number = number(width);
            switch (kind) {
                case BYTES:
                    values[i] = (byte) number;
                    break;
                case SHORTS:
                    values[i] = (short) number;
                    break;
                case INTEGERS:
                    values[i] = (int) number;
                    break;
                case MICROSECONDS:
                    values[i] = Microseconds.of(number);
                    break;
                default:
                    values[i] = number;
            }
        }
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

    private int[] lengths(int count) {
        int width = in.get();
        var lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = checked(number(width));
        }
        return lengths;
    }

    private void texts(@Nullable Object[] values) {
        var lengths = lengths(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = new String(in.array(), in.arrayOffset() + in.position(), lengths[i], StandardCharsets.UTF_8);
            in.position(in.position() + lengths[i]);
        }
    }

    private void lists(@Nullable Object[] values) {
        var lengths = lengths(values.length);
        int all = 0;
        for (int length : lengths) {
            all = Math.addExact(all, length);
        }
        var elements = Arrays.asList(column(checked(all)));
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = new ArrayList<>(elements.subList(next, next + lengths[i]));
            next += lengths[i];
        }
    }
}
