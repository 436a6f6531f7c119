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
        var all = new long[rows];
        int count = 0;
        for (var part : parts) {
            System.arraycopy(((WholeNumbers) part).numbers, 0, all, count, part.rows());
            count += part.rows();
        }
        return new WholeNumbers(kind, scale, all, nulls);
    }

    @Override
    long size() {
        return (long) Long.BYTES * rows();
    }

    @Override
    void write(RowsWriter writer) {
        if (present() == 0) {
            writer.begin(ColumnKind.NULLS, this);
            return;
        }
        writer.begin(kind, this);
        if (kind == ColumnKind.BOOLEANS) {
            writer.booleans(present(numbers));
            return;
        }
        if (kind == ColumnKind.SHORT_DECIMALS) {
            writer.scale(scale);
        }
        writer.numbers(present(numbers));
    }

    private long[] present(long[] all) {
        if (nulls().isEmpty()) {
            return all;
        }
        var present = new long[present()];
        int count = 0;
        for (int i = nulls().nextClearBit(0); i < all.length; i = nulls().nextClearBit(i + 1)) {
            present[count++] = all[i];
        }
        return present;
    }
}
