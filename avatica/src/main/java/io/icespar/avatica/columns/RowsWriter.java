package io.icespar.avatica.columns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Writes rows as columns: the number of rows, the number of columns, and then each column: its kind, whether there are
 * NULLs and where, and its values. Numbers that are written together take as many bytes as the longest of them, lowest
 * first.
 */
public final class RowsWriter {
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
     * @param rows {@link Columns}, or each an array or a list of as many values: null, or as Avatica passes them around, or
     *     {@link Microseconds}
     */
    public static byte[] write(List<?> rows) {
        var columns = rows instanceof Columns ? (Columns) rows : Columns.ofRows(rows);
        var writer = new RowsWriter((long) columns.size() * columns.columns().size());
        writer.size(columns.size());
        writer.size(columns.columns().size());
        for (var column : columns.columns()) {
            column.write(writer);
        }
        return writer.out.toByteArray();
    }

    /** Writes of which kind a column is, and where it has NULL: a bit for each row, the lowest first; that of NULL is set. */
    void begin(ColumnKind kind, Column column) {
        out.write(kind.code());
        out.write(column.nulls().isEmpty() ? 0 : 1);
        if (!column.nulls().isEmpty()) {
            var bits = Arrays.copyOf(column.nulls().toByteArray(), (column.rows() + 7) / 8);
            out.write(bits, 0, bits.length);
        }
    }

    /** A count, in four bytes. */
    void size(int size) {
        out.number(size, Integer.BYTES);
    }

    /** How many digits of decimal numbers are fractions. */
    void scale(int scale) {
        out.number(scale, Integer.BYTES);
    }

    /** Whole numbers: how many bytes each takes, and then these. */
    void numbers(long[] numbers) {
        long needed = 0;
        for (long number : numbers) {
            needed |= number < 0 ? ~number : number;
        }
        int width = needed <= Byte.MAX_VALUE ? 1 : needed <= Short.MAX_VALUE ? 2 : needed <= Integer.MAX_VALUE ? 4 : 8;
        out.write(width);
        out.numbers(numbers, width);
    }

    /** Truths, one byte each. */
    void booleans(long[] truths) {
        out.numbers(truths, 1);
    }

    void floatingPoint(ColumnKind kind, double number) {
        if (kind == ColumnKind.FLOATS) {
            out.number(Float.floatToRawIntBits((float) number), Float.BYTES);
        } else {
            out.number(Double.doubleToRawLongBits(number), Double.BYTES);
        }
    }

    /** The lengths of texts or binary values, and then their bytes. */
    void octets(Octets values) {
        numbers(values.lengths());
        values.writeBytes(this);
    }

    void bytes(byte[] bytes, int from, int length) {
        out.write(bytes, from, length);
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

        /** The lowest bytes of a number, the lowest first. */
        void number(long number, int width) {
            makeRoom(width);
            long rest = number;
            for (int i = 0; i < width; i++) {
                buf[count++] = (byte) rest;
                rest >>= Byte.SIZE;
            }
        }

        void numbers(long[] numbers, int width) {
            makeRoom(Math.multiplyExact(numbers.length, width));
            var into = ByteBuffer.wrap(buf).order(ByteOrder.LITTLE_ENDIAN).position(count);
            switch (width) {
                case Byte.BYTES:
                    for (long number : numbers) {
                        into.put((byte) number);
                    }
                    break;
                case Short.BYTES:
                    for (long number : numbers) {
                        into.putShort((short) number);
                    }
                    break;
                case Integer.BYTES:
                    for (long number : numbers) {
                        into.putInt((int) number);
                    }
                    break;
                default:
                    for (long number : numbers) {
                        into.putLong(number);
                    }
            }
            count = into.position();
        }

        private void makeRoom(int more) {
            int needed = Math.addExact(count, more);
            if (needed > buf.length) {
                buf = Arrays.copyOf(buf, Math.max((int) Math.min(buf.length * 2L, Integer.MAX_VALUE - 8), needed));
            }
        }
    }
}
