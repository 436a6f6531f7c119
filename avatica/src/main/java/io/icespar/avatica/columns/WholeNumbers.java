package io.icespar.avatica.columns;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Truths, whole numbers, or decimal numbers of one scale. */
final class WholeNumbers extends Column {
    private final ColumnKind kind;
    private final int scale;
    private final long[] numbers;

    WholeNumbers(ColumnKind kind, int scale, long[] numbers, BitSet nulls) {
        super(numbers.length, nulls);
        this.kind = kind;
        this.scale = scale;
        this.numbers = numbers;
    }

    @Override
    Object value(int row) {
        return kind.value(numbers[row], scale);
    }

    @Override
    Column part(int from, int to) {
        return new WholeNumbers(kind, scale, Arrays.copyOfRange(numbers, from, to), nulls(from, to));
    }

    @Override
    Column with(List<Column> parts, int rows, BitSet nulls) {
        var all = copied(parts, part -> ((WholeNumbers) part).numbers, new long[rows]);
        return new WholeNumbers(kind, scale, all, nulls);
    }

    @Override
    long size() {
        return (long) Long.BYTES * rows();
    }

    @Override
    void writeValues(RowsWriter writer) {
        writer.begin(kind, this);
        if (kind == ColumnKind.BOOLEANS) {
            writer.booleans(presentOnes());
            return;
        }
        if (kind == ColumnKind.SHORT_DECIMALS) {
            writer.scale(scale);
        }
        writer.numbers(presentOnes());
    }

    private long[] presentOnes() {
        if (nulls().isEmpty()) {
            return numbers;
        }
        var present = new long[present()];
        int count = 0;
        for (int i = nulls().nextClearBit(0); i < numbers.length; i = nulls().nextClearBit(i + 1)) {
            present[count++] = numbers[i];
        }
        return present;
    }
}
