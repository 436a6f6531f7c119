package io.icespar.engine.duckdb;

import io.icespar.avatica.columns.Column;
import io.icespar.avatica.columns.ColumnKind;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * The values of some rows of one of Arrow's vectors, in the layout of its columnar format.
 *
 * @param from the first row
 * @param to the row after the last
 */
record ArrowPart(FieldVector vector, int from, int to) {
    private static final int OF_A_DECIMAL = 16;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    /**
     * The values as they are sent.
     *
     * @throws ArithmeticException if one is out of the form's range
     */
    Column column(ColumnForm form) {
        BitSet nulls = nulls();
        return switch (form) {
            case BOOLEAN -> Column.wholeNumbers(ColumnKind.BOOLEANS, truths(), nulls);
            case BYTE -> numbers(ColumnKind.BYTES, nulls, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> numbers(ColumnKind.SHORTS, nulls, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> numbers(ColumnKind.INTEGERS, nulls, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> numbers(ColumnKind.LONGS, nulls, Long.MIN_VALUE, Long.MAX_VALUE);
            case DATE -> numbers(ColumnKind.INTEGERS, nulls, FIRST_DAY, LAST_DAY);
            case TIME -> numbers(ColumnKind.MICROSECONDS, nulls, 0, DAY - 1);
            case TIMESTAMP -> numbers(ColumnKind.MICROSECONDS, nulls, FIRST_DAY * DAY, (LAST_DAY + 1) * DAY - 1);
            case FLOAT -> Column.floatingPoint(ColumnKind.FLOATS, floats(), nulls);
            case DOUBLE -> Column.floatingPoint(ColumnKind.DOUBLES, doubles(), nulls);
            case DECIMAL -> decimals(nulls);
            case STRING -> octets(ColumnKind.TEXTS, nulls);
            case BYTES -> octets(ColumnKind.BINARIES, nulls);
            case TIMESTAMP_WITH_TIME_ZONE, LIST -> throw new IllegalArgumentException("no columns of " + form);
        };
    }

    /** How many bytes texts or binary values have. */
    long octets() {
        ArrowBuf offsets = offsets();
        return offsets.getLong((long) Long.BYTES * to) - offsets.getLong((long) Long.BYTES * from);
    }

    private int rows() {
        return to - from;
    }

    /** A bit for each row is set where there is a value. */
    private BitSet nulls() {
        if (vector.getNullCount() == 0) {
            return new BitSet();
        }
        BitSet nulls = bits(vector.getValidityBuffer());
        nulls.flip(0, rows());
        return nulls;
    }

    private BitSet bits(ArrowBuf buffer) {
        return BitSet.valueOf(buffer.nioBuffer(0, (to + 7) / 8)).get(from, to);
    }

    /** The values' bytes, where each has so many. */
    private ByteBuffer bytes(int width) {
        return vector.getDataBuffer()
                .nioBuffer((long) width * from, Math.multiplyExact(width, rows()))
                .order(ByteOrder.nativeOrder());
    }

    private long[] truths() {
        BitSet bits = bits(vector.getDataBuffer());
        long[] truths = new long[rows()];
        Arrays.setAll(truths, row -> bits.get(row) ? 1 : 0);
        return truths;
    }

    private Column numbers(ColumnKind kind, BitSet nulls, long min, long max) {
        long[] numbers = numbers();
        for (int i = 0; i < numbers.length; i++) {
            if ((numbers[i] < min || numbers[i] > max) && !nulls.get(i)) {
                throw new ArithmeticException();
            }
        }
        return Column.wholeNumbers(kind, numbers, nulls);
    }

    private long[] numbers() {
        int width = width(vector.getField().getType());
        ByteBuffer bytes = bytes(width);
        long[] numbers = new long[rows()];
        switch (width) {
            case Byte.BYTES -> Arrays.setAll(numbers, bytes::get);
            case Short.BYTES -> Arrays.setAll(numbers, i -> bytes.getShort(i * Short.BYTES));
            case Integer.BYTES -> Arrays.setAll(numbers, i -> bytes.getInt(i * Integer.BYTES));
            default -> bytes.asLongBuffer().get(numbers);
        }
        return numbers;
    }

    private static int width(ArrowType type) {
        if (type instanceof ArrowType.Int whole) {
            return whole.getBitWidth() / Byte.SIZE;
        }
        return type instanceof ArrowType.Date ? Integer.BYTES : Long.BYTES;
    }

    private double[] floats() {
        ByteBuffer bytes = bytes(Float.BYTES);
        double[] numbers = new double[rows()];
        Arrays.setAll(numbers, i -> bytes.getFloat(i * Float.BYTES));
        return numbers;
    }

    private double[] doubles() {
        double[] numbers = new double[rows()];
        bytes(Double.BYTES).asDoubleBuffer().get(numbers);
        return numbers;
    }

    private Column decimals(BitSet nulls) {
        ArrowType.Decimal type = (ArrowType.Decimal) vector.getField().getType();
        ByteBuffer bytes = bytes(OF_A_DECIMAL);
        if (type.getPrecision() <= Column.MAX_DIGITS) {
            long[] digits = new long[rows()];
            Arrays.setAll(digits, i -> bytes.getLong(i * OF_A_DECIMAL));
            return Column.decimals(type.getScale(), digits, nulls);
        }
        @Nullable Object[] values = new Object[rows()];
        for (int i = nulls.nextClearBit(0); i < values.length; i = nulls.nextClearBit(i + 1)) {
            BigInteger high = BigInteger.valueOf(bytes.getLong(i * OF_A_DECIMAL + Long.BYTES));
            BigInteger low = new BigInteger(Long.toUnsignedString(bytes.getLong(i * OF_A_DECIMAL)));
            values[i] = new BigDecimal(high.shiftLeft(Long.SIZE).add(low), type.getScale());
        }
        return Column.objects(values);
    }

    /** Where in the data each value starts, in eight bytes, as {@link DuckDbInstance} has set it. */
    private ArrowBuf offsets() {
        if (!(vector.getField().getType() instanceof ArrowType.LargeBinary)) {
            throw new IcesparException(
                    ErrorCode.INTERNAL,
                    "a column of bytes is " + vector.getField().getType());
        }
        return vector.getOffsetBuffer();
    }

    private Column octets(ColumnKind kind, BitSet nulls) {
        ArrowBuf offsets = offsets();
        long first = offsets.getLong((long) Long.BYTES * from);
        int[] starts = new int[rows() + 1];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = Math.toIntExact(offsets.getLong((long) Long.BYTES * (from + i)) - first);
        }
        byte[] all = new byte[starts[rows()]];
        vector.getDataBuffer().getBytes(first, all);
        return Column.octets(kind, all, starts, nulls);
    }
}
