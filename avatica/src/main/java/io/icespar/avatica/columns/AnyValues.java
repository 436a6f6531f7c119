package io.icespar.avatica.columns;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Values as objects, of one kind or of several. */
final class AnyValues extends Column {
    private static final int BYTES_EXPECTED = 8;
    private static final byte[] NONE = new byte[0];

    private final @Nullable Object[] values;

    AnyValues(@Nullable Object[] values) {
        super(values.length, nulls(values));
        this.values = values;
    }

    private static BitSet nulls(@Nullable Object[] values) {
        var nulls = new BitSet();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                nulls.set(i);
            }
        }
        return nulls;
    }

    @Override
    @Nullable
    Object value(int row) {
        return values[row];
    }

    @Override
    Column part(int from, int to) {
        return new AnyValues(Arrays.copyOfRange(values, from, to));
    }

    @Override
    Column with(List<Column> parts, int rows, BitSet nulls) {
        return new AnyValues(copied(parts, part -> ((AnyValues) part).values, new @Nullable Object[rows]));
    }

    @Override
    long size() {
        return (long) Long.BYTES * rows();
    }

    @Override
    void writeValues(RowsWriter writer) {
        var kind = kind();
        switch (kind) {
            case BOOLEANS:
                wholeNumbers(kind, value -> (Boolean) value ? 1 : 0).write(writer);
                break;
            case BYTES:
            case SHORTS:
            case INTEGERS:
            case LONGS:
                wholeNumbers(kind, value -> ((Number) value).longValue()).write(writer);
                break;
            case MICROSECONDS:
                wholeNumbers(kind, value -> ((Microseconds) value).count()).write(writer);
                break;
            case SHORT_DECIMALS:
                wholeNumbers(kind, value -> ((BigDecimal) value).unscaledValue().longValue())
                        .write(writer);
                break;
            case FLOATS:
            case DOUBLES:
                floatingPoint(kind).write(writer);
                break;
            case TEXTS:
                octets(kind, AnyValues::utf8).write(writer);
                break;
            case BINARIES:
                octets(kind, AnyValues::bytes).write(writer);
                break;
            case DECIMALS:
                writer.begin(kind, this);
                writer.octets(octets(kind, AnyValues::utf8));
                break;
            case LISTS:
                writer.begin(kind, this);
                lists(writer);
                break;
            case MIXED:
                writer.begin(kind, this);
                for (var value : values) {
                    if (value != null) {
                        new AnyValues(new Object[] {value}).write(writer);
                    }
                }
                break;
            case NULLS:
            case FEW_TEXTS:
                throw new IllegalArgumentException("no value is of this kind");
        }
    }

    /** How many elements each list has, and then all elements as a column. */
    private void lists(RowsWriter writer) {
        var lengths = new long[present()];
        List<@Nullable Object> elements = new ArrayList<>();
        int count = 0;
        for (var value : values) {
            if (value != null) {
                lengths[count++] = ((List<?>) value).size();
                elements.addAll((List<?>) value);
            }
        }
        writer.numbers(lengths);
        new AnyValues(elements.toArray()).write(writer);
    }

    private Column wholeNumbers(ColumnKind kind, ToLongFunction<Object> number) {
        var numbers = new long[values.length];
        int scale = 0;
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value != null) {
                numbers[i] = number.applyAsLong(value);
                scale = value instanceof BigDecimal ? ((BigDecimal) value).scale() : 0;
            }
        }
        return new WholeNumbers(kind, scale, numbers, nulls());
    }

    private Column floatingPoint(ColumnKind kind) {
        var numbers = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value != null) {
                numbers[i] = ((Number) value).doubleValue();
            }
        }
        return new FloatingPoint(kind, numbers, nulls());
    }

    private Octets octets(ColumnKind kind, Function<Object, byte[]> bytes) {
        var starts = new int[values.length + 1];
        var all = new byte[Math.max(values.length, 1) * BYTES_EXPECTED];
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            var own = value == null ? NONE : bytes.apply(value);
            int end = Math.addExact(starts[i], own.length);
            if (end > all.length) {
                all = Arrays.copyOf(all, Math.max((int) Math.min(all.length * 2L, Integer.MAX_VALUE - 8), end));
            }
            System.arraycopy(own, 0, all, starts[i], own.length);
            starts[i + 1] = end;
        }
        return new Octets(kind, all, starts, nulls());
    }

    private static byte[] utf8(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Object value) {
        return value instanceof ByteString ? ((ByteString) value).getBytes() : (byte[]) value;
    }

    private ColumnKind kind() {
        @Nullable ColumnKind all = null;
        Class<?> type = null;
        for (var value : values) {
            // To compare classes is quicker.
            if (value == null || value.getClass() == type) {
                continue;
            }
            var own = kind(value);
            if (all != null && own != all) {
                return ColumnKind.MIXED;
            }
            all = own;
            type = value.getClass();
        }
        if (all == null) {
            return ColumnKind.NULLS;
        }
        return all == ColumnKind.DECIMALS && areShort() ? ColumnKind.SHORT_DECIMALS : all;
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

    private boolean areShort() {
        @Nullable BigDecimal first = null;
        for (var value : values) {
            var decimal = (BigDecimal) value;
            if (decimal == null) {
                continue;
            }
            first = first == null ? decimal : first;
            if (decimal.scale() != first.scale() || decimal.precision() > MAX_DIGITS) {
                return false;
            }
        }
        return true;
    }
}
