package io.icespar.engine.duckdb;

import io.icespar.avatica.columns.Column;
import io.icespar.avatica.columns.ColumnKind;
import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.ColumnForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Columns of a result, some rows at a time, with the values that {@link ColumnReader} reads. */
final class ArrowColumns implements AutoCloseable {
    private static final int DIGITS_OF_A_LONG = 18;
    private static final int OF_A_DECIMAL = 16;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long DAY = TimeUnit.DAYS.toMicros(1);

    /** What Arrow says of an error of DuckDB's. */
    private static final Pattern MESSAGE = Pattern.compile("message=(.*)\\}", Pattern.DOTALL);

    private final ArrowReader reader;
    private final List<ColumnForm> forms;

    /** Reads from {@code reader}, which is this object's from now on. */
    ArrowColumns(ArrowReader reader, List<ColumnForm> forms) {
        this.reader = reader;
        this.forms = forms;
    }

    /**
     * Whether columns of DuckDB's type have such values.
     *
     * @param type DuckDB's name of it
     */
    static boolean has(ColumnForm form, String type) {
        return switch (form) {
            case BOOLEAN -> type.equals("BOOLEAN");
            case BYTE, SHORT, INTEGER, LONG ->
                type.equals("TINYINT") || type.equals("SMALLINT") || type.equals("INTEGER") || type.equals("BIGINT");
            case FLOAT -> type.equals("FLOAT");
            case DOUBLE -> type.equals("DOUBLE");
            case DECIMAL -> type.startsWith("DECIMAL");
            case STRING, BYTES -> type.equals("BLOB");
            case DATE -> type.equals("DATE");
            case TIME -> type.equals("TIME");
            case TIMESTAMP -> type.equals("TIMESTAMP");
            case TIMESTAMP_WITH_TIME_ZONE, LIST -> false;
        };
    }

    /**
     * The next rows, or null after the last.
     *
     * @throws SQLException with DuckDB's text, if the query fails
     * @throws ArithmeticException if a value is out of its form's range
     */
    @Nullable
    Columns next() throws SQLException {
        try {
            do {
                if (!reader.loadNextBatch()) {
                    return null;
                }
            } while (reader.getVectorSchemaRoot().getRowCount() == 0);
            int rows = reader.getVectorSchemaRoot().getRowCount();
            List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < vectors.size(); i++) {
                columns.add(column(vectors.get(i), forms.get(i), rows));
            }
            return new Columns(rows, columns);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    // Without the cause, whose text holds values.
    private static SQLException failed(IOException e) {
        Matcher message = MESSAGE.matcher(String.valueOf(e.getMessage()));
        return new SQLException(message.find() ? message.group(1) : "unknown");
    }

    private static Column column(FieldVector vector, ColumnForm form, int rows) {
        BitSet nulls = nulls(vector, rows);
        return switch (form) {
            case BOOLEAN -> Column.wholeNumbers(ColumnKind.BOOLEANS, truths(vector, rows), nulls);
            case BYTE -> numbers(ColumnKind.BYTES, vector, rows, nulls, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> numbers(ColumnKind.SHORTS, vector, rows, nulls, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> numbers(ColumnKind.INTEGERS, vector, rows, nulls, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> numbers(ColumnKind.LONGS, vector, rows, nulls, Long.MIN_VALUE, Long.MAX_VALUE);
            case DATE -> numbers(ColumnKind.INTEGERS, vector, rows, nulls, FIRST_DAY, LAST_DAY);
            case TIME -> numbers(ColumnKind.MICROSECONDS, vector, rows, nulls, 0, DAY - 1);
            case TIMESTAMP ->
                numbers(ColumnKind.MICROSECONDS, vector, rows, nulls, FIRST_DAY * DAY, (LAST_DAY + 1) * DAY - 1);
            case FLOAT -> Column.floatingPoint(ColumnKind.FLOATS, floats(vector, rows), nulls);
            case DOUBLE -> Column.floatingPoint(ColumnKind.DOUBLES, doubles(vector, rows), nulls);
            case DECIMAL -> decimals(vector, rows, nulls);
            case STRING -> octets(ColumnKind.TEXTS, vector, rows, nulls);
            case BYTES -> octets(ColumnKind.BINARIES, vector, rows, nulls);
            case TIMESTAMP_WITH_TIME_ZONE, LIST -> throw new IllegalArgumentException("no columns of " + form);
        };
    }

    /** Arrow has a bit for each row, that is set where there is a value. */
    private static BitSet nulls(FieldVector vector, int rows) {
        if (vector.getNullCount() == 0) {
            return new BitSet();
        }
        BitSet nulls = BitSet.valueOf(bytes(vector.getValidityBuffer(), (rows + 7) / 8));
        nulls.flip(0, rows);
        nulls.clear(rows, rows + Byte.SIZE);
        return nulls;
    }

    private static ByteBuffer bytes(ArrowBuf buffer, long length) {
        return buffer.nioBuffer(0, Math.toIntExact(length)).order(ByteOrder.nativeOrder());
    }

    private static long[] truths(FieldVector vector, int rows) {
        BitSet bits = BitSet.valueOf(bytes(vector.getDataBuffer(), (rows + 7) / 8));
        long[] truths = new long[rows];
        Arrays.setAll(truths, row -> bits.get(row) ? 1 : 0);
        return truths;
    }

    private static Column numbers(ColumnKind kind, FieldVector vector, int rows, BitSet nulls, long min, long max) {
        long[] numbers = numbers(vector, rows);
        for (int i = 0; i < rows; i++) {
            if ((numbers[i] < min || numbers[i] > max) && !nulls.get(i)) {
                throw new ArithmeticException();
            }
        }
        return Column.wholeNumbers(kind, numbers, nulls);
    }

    private static long[] numbers(FieldVector vector, int rows) {
        ArrowBuf buffer = vector.getDataBuffer();
        int width = width(vector.getField().getType());
        ByteBuffer from = bytes(buffer, (long) width * rows);
        long[] numbers = new long[rows];
        switch (width) {
            case Byte.BYTES -> Arrays.setAll(numbers, i -> from.get(i));
            case Short.BYTES -> Arrays.setAll(numbers, i -> from.getShort(i * Short.BYTES));
            case Integer.BYTES -> Arrays.setAll(numbers, i -> from.getInt(i * Integer.BYTES));
            default -> from.asLongBuffer().get(numbers);
        }
        return numbers;
    }

    private static int width(ArrowType type) {
        if (type instanceof ArrowType.Int whole) {
            return whole.getBitWidth() / Byte.SIZE;
        }
        return type instanceof ArrowType.Date ? Integer.BYTES : Long.BYTES;
    }

    private static double[] floats(FieldVector vector, int rows) {
        ByteBuffer from = bytes(vector.getDataBuffer(), (long) Float.BYTES * rows);
        double[] numbers = new double[rows];
        Arrays.setAll(numbers, i -> from.getFloat(i * Float.BYTES));
        return numbers;
    }

    private static double[] doubles(FieldVector vector, int rows) {
        double[] numbers = new double[rows];
        bytes(vector.getDataBuffer(), (long) Double.BYTES * rows)
                .asDoubleBuffer()
                .get(numbers);
        return numbers;
    }

    private static Column decimals(FieldVector vector, int rows, BitSet nulls) {
        ArrowType.Decimal type = (ArrowType.Decimal) vector.getField().getType();
        ByteBuffer from = bytes(vector.getDataBuffer(), (long) OF_A_DECIMAL * rows);
        if (type.getPrecision() <= DIGITS_OF_A_LONG) {
            long[] digits = new long[rows];
            Arrays.setAll(digits, i -> from.getLong(i * OF_A_DECIMAL));
            return Column.decimals(type.getScale(), digits, nulls);
        }
        @Nullable Object[] values = new Object[rows];
        for (int i = nulls.nextClearBit(0); i < rows; i = nulls.nextClearBit(i + 1)) {
            BigInteger high = BigInteger.valueOf(from.getLong(i * OF_A_DECIMAL + Long.BYTES));
            long low = from.getLong(i * OF_A_DECIMAL);
            BigInteger digits = high.shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
            values[i] = new BigDecimal(digits, type.getScale());
        }
        return Column.objects(values);
    }

    private static Column octets(ColumnKind kind, FieldVector vector, int rows, BitSet nulls) {
        int[] starts = new int[rows + 1];
        bytes(vector.getOffsetBuffer(), (long) Integer.BYTES * starts.length)
                .asIntBuffer()
                .get(starts);
        byte[] all = new byte[starts[rows]];
        bytes(vector.getDataBuffer(), all.length).get(all);
        return Column.octets(kind, all, starts, nulls);
    }

    @Override
    public void close() throws SQLException {
        try {
            reader.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
