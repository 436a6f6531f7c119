package io.icespar.avatica.columns;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are kept as columns. As a list each of them is a list of its values, which are made when they are asked for:
 * null, or as Avatica passes them around, or {@link Microseconds}. Immutable.
 */
public final class Columns extends AbstractList<Object> implements RandomAccess {
    private final int rows;
    private final Column[] columns;

    /**
     * Creates rows.
     *
     * @param columns each with as many rows
     * @throws IllegalArgumentException if one has more or less
     */
    public Columns(int rows, List<Column> columns) {
        this.rows = rows;
        this.columns = columns.toArray(new Column[0]);
        for (var column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(column.rows() + " rows, expected " + rows);
            }
        }
    }

    /** Rows, of which each is an array or a list of as many values. */
    static Columns ofRows(List<?> rows) {
        var arrays = rows.stream().map(Columns::array).toArray(Object[][]::new);
        int columns = arrays.length == 0 ? 0 : arrays[0].length;
        return new Columns(
                arrays.length,
                IntStream.range(0, columns)
                        .mapToObj(column -> {
                            var values = new @Nullable Object[arrays.length];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = arrays[i][column];
                            }
                            return Column.objects(values);
                        })
                        .collect(Collectors.toList()));
    }

    private static Object[] array(Object row) {
        return row instanceof Object[] ? (Object[]) row : ((List<?>) row).toArray();
    }

    /** All rows of several, in their order; their columns are of the same kinds, as those of one query are. */
    public static Columns joined(List<Columns> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int columns = parts.get(0).columns.length;
        return new Columns(
                parts.stream().mapToInt(Columns::size).sum(),
                IntStream.range(0, columns)
                        .mapToObj(column -> Column.joined(
                                parts.stream().map(part -> part.columns[column]).collect(Collectors.toList())))
                        .collect(Collectors.toList()));
    }

    /** The rows from one to before another. */
    public Columns part(int from, int to) {
        return from == 0 && to == rows
                ? this
                : new Columns(
                        to - from,
                        Arrays.stream(columns)
                                .map(column -> column.part(from, to))
                                .collect(Collectors.toList()));
    }

    /** Some of the columns, in this order. */
    public Columns select(List<Integer> numbers) {
        return new Columns(rows, numbers.stream().map(number -> columns[number]).collect(Collectors.toList()));
    }

    /** The columns, each with all rows. */
    List<Column> columns() {
        return List.of(columns);
    }

    /** How many bytes the values take, roughly. */
    public long bytes() {
        return Arrays.stream(columns).mapToLong(Column::size).sum();
    }

    @Override
    public int size() {
        return rows;
    }

    @Override
    public Object get(int row) {
        return new Row(columns, Objects.checkIndex(row, rows));
    }

    private static final class Row extends AbstractList<@Nullable Object> implements RandomAccess {
        private final Column[] columns;
        private final int row;

        Row(Column[] columns, int row) {
            this.columns = columns;
            this.row = row;
        }

        @Override
        public @Nullable Object get(int column) {
            return columns[column].get(row);
        }

        @Override
        public int size() {
            return columns.length;
        }
    }
}
