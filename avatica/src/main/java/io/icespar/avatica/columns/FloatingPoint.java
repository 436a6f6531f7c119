package io.icespar.avatica.columns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Floating-point numbers of one kind; those with a single precision are as exact among those with a double one. */
final class FloatingPoint extends Column {
    private final ColumnKind kind;
    private final double[] numbers;

    FloatingPoint(ColumnKind kind, double[] numbers, BitSet nulls) {
        super(numbers.length, nulls);
        this.kind = kind;
        this.numbers = numbers;
    }

    @Override
    Object value(int row) {
        return kind == ColumnKind.FLOATS ? (Object) (float) numbers[row] : (Object) numbers[row];
    }

    @Override
    Column part(int from, int to) {
        return new FloatingPoint(kind, Arrays.copyOfRange(numbers, from, to), nulls(from, to));
    }

    @Override
    Column with(List<Column> parts, int rows, BitSet nulls) {
        return new FloatingPoint(kind, copied(parts, part -> ((FloatingPoint) part).numbers, new double[rows]), nulls);
    }

    @Override
    long size() {
        return (long) Double.BYTES * rows();
    }

    @Override
    void writeValues(RowsWriter writer) {
        writer.begin(kind, this);
        for (int i = nulls().nextClearBit(0); i < numbers.length; i = nulls().nextClearBit(i + 1)) {
            writer.floatingPoint(kind, numbers[i]);
        }
    }
}
