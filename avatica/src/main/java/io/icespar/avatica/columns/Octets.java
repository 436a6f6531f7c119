package io.icespar.avatica.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Texts in UTF-8, or binary values: their bytes, one after the other. */
final class Octets extends Column {
    private final ColumnKind kind;
    private final byte[] bytes;
    private final int[] starts;

    Octets(ColumnKind kind, byte[] bytes, int[] starts, BitSet nulls) {
        super(starts.length - 1, nulls);
        this.kind = kind;
        this.bytes = bytes;
        this.starts = starts;
    }

    @Override
    Object value(int row) {
        return kind == ColumnKind.TEXTS
                ? new String(bytes, starts[row], starts[row + 1] - starts[row], StandardCharsets.UTF_8)
                : Arrays.copyOfRange(bytes, starts[row], starts[row + 1]);
    }

    @Override
    Column part(int from, int to) {
        return new Octets(kind, bytes, Arrays.copyOfRange(starts, from, to + 1), nulls(from, to));
    }

    @Override
    Column with(List<Column> parts, int rows, BitSet nulls) {
        long size = parts.stream().mapToLong(Column::size).sum();
        var all = new byte[Math.toIntExact(size)];
        var allStarts = new int[rows + 1];
        int count = 0;
        int written = 0;
        for (var part : parts) {
            var octets = (Octets) part;
            int first = octets.starts[0];
            for (int i = 0; i < octets.rows(); i++) {
                allStarts[count++] = written + octets.starts[i] - first;
            }
            int length = octets.starts[octets.rows()] - first;
            System.arraycopy(octets.bytes, first, all, written, length);
            written += length;
        }
        allStarts[rows] = written;
        return new Octets(kind, all, allStarts, nulls);
    }

    @Override
    long size() {
        return (long) starts[rows()] - starts[0];
    }

    @Override
    void writeValues(RowsWriter writer) {
        if (kind == ColumnKind.TEXTS && writeFew(writer)) {
            return;
        }
        writer.begin(kind, this);
        writer.octets(this);
    }

    /** The lengths of those that are not NULL. */
    long[] lengths() {
        var lengths = new long[present()];
        int count = 0;
        for (int i = nulls().nextClearBit(0); i < rows(); i = nulls().nextClearBit(i + 1)) {
            lengths[count++] = (long) starts[i + 1] - starts[i];
        }
        return lengths;
    }

    /** Writes the bytes of those that are not NULL. */
    void writeBytes(RowsWriter writer) {
        if (nulls().isEmpty()) {
            writer.bytes(bytes, starts[0], starts[rows()] - starts[0]);
            return;
        }
        for (int i = nulls().nextClearBit(0); i < rows(); i = nulls().nextClearBit(i + 1)) {
            writer.bytes(bytes, starts[i], starts[i + 1] - starts[i]);
        }
    }

    /** Writes texts that are few different ones; false, and nothing is written, if they are not. */
    private boolean writeFew(RowsWriter writer) {
        var different = new DifferentTexts(bytes);
        var numbers = new byte[present()];
        int count = 0;
        for (int i = nulls().nextClearBit(0); i < rows(); i = nulls().nextClearBit(i + 1)) {
            int number = different.number(starts[i], starts[i + 1]);
            if (!DifferentTexts.areFew(number + 1, count)) {
                return false;
            }
            numbers[count++] = (byte) number;
        }
        writer.begin(ColumnKind.FEW_TEXTS, this);
        writer.size(different.count());
        different.write(writer);
        writer.bytes(numbers, 0, count);
        return true;
    }
}
