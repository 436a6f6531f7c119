package io.icespar.engine.csv;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.ColumnType.Kind;
import io.icespar.engine.catalog.TableDefinition;
import io.icespar.engine.config.Location;
import io.icespar.engine.config.Problems;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** The file of a table, with the columns that its header names. */
public final class CsvFile {
    private final TableDefinition table;
    private final List<CsvColumn> columns;
    private final Set<Name> key;

    private CsvFile(TableDefinition table, List<CsvColumn> columns) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.key = new HashSet<>(
                table.key().stream().map(column -> Name.of(column.value())).toList());
    }

    /** Reads the header and a sample of the file; empty if there were problems. */
    public static Optional<CsvFile> open(TableDefinition table, Problems problems) {
        var own = new Problems();
        Optional<List<CsvColumn>> columns = CsvSample.columns(table, own);
        problems.addAll(own);
        return columns.map(found -> new CsvFile(table, found));
    }

    /** The columns, in the order of the file. */
    public List<CsvColumn> columns() {
        return columns;
    }

    /**
     * What is known of a file once all of it was read.
     *
     * @param rows how many records follow the header
     * @param longestRecord an upper bound of how many bytes a record has
     */
    public record Facts(long rows, int longestRecord) {}

    /**
     * Reads the whole file: it is well formed, each value fits its column's type, and there is one
     * where the column is not nullable.
     *
     * @param progress is told now and then how many bytes have been read
     * @throws IcesparException {@code CONFIGURATION}, for the first thing in the file that is wrong
     */
    public Facts check(LongConsumer progress) {
        var check = new Check();
        new CsvScanner(table.file(), check).scan(progress);
        return new Facts(check.rows, check.longestRecord);
    }

    /** The error for two rows, from 0, that have the same key; says where they stand in the file. */
    public IcesparException duplicateKey(long first, long second) {
        try {
            new CsvScanner(table.file(), new DuplicateKey(first + 1, second + 1)).scan(bytes -> {});
        } catch (IcesparException e) {
            return e;
        }
        return new IcesparException(ErrorCode.CONFIGURATION, table.file() + ": the file changed while it was read");
    }

    private final class Check implements CsvScanner.Handler {
        private static final int MAX_BYTES_PER_CHARACTER = 3;

        // Looked at for each value of the file.
        private final CsvColumn[] expected = columns.toArray(CsvColumn[]::new);
        private long rows;
        private int longestRecord;

        @Override
        public void value(CsvScanner scanner, long record, int index, char[] text, int length, boolean quoted) {
            if (record == 0 || index >= expected.length) {
                return;
            }
            CsvColumn column = expected[index];
            if (length == 0 && !quoted) {
                if (!column.nullable()) {
                    throw CsvScanner.problem(
                            scanner.valueAt(),
                            quote(column.name().spelling()) + " is empty, expected " + column.type() + ", for it is "
                                    + (key.contains(column.name()) ? "a key column" : "declared NOT NULL"));
                }
            } else if (!ValueForm.fits(column.type(), text, length)) {
                throw misfit(scanner.valueAt(), column, text, length);
            }
        }

        @Override
        public void end(CsvScanner scanner, long record, int count, int length) {
            if (count != columns.size()) {
                throw CsvScanner.problem(
                        scanner.recordAt(),
                        "the line has " + count + (count == 1 ? " value" : " values") + ", expected " + columns.size()
                                + " as in the header");
            }
            rows = record;
            longestRecord = Math.max(longestRecord, length * MAX_BYTES_PER_CHARACTER);
        }
    }

    private IcesparException misfit(Location at, CsvColumn column, char[] text, int length) {
        String name = column.name().spelling();
        String value = length == 0 ? "`\"\"`" : quote(new String(text, 0, length));
        String error = quote(name) + " is " + value + ", expected " + column.type();
        if (column.declared()) {
            return CsvScanner.problem(at, error);
        }
        boolean wider =
                column.type().kind() == Kind.BIGINT && ValueForm.suggests(ColumnType.of(Kind.DOUBLE), text, length);
        return CsvScanner.problem(
                at,
                error + ", the type of the values before it; declare another in " + table.at()
                        + ", for example `columns: {" + name + ": " + (wider ? Kind.DOUBLE : Kind.VARCHAR) + "}`");
    }

    private final class DuplicateKey implements CsvScanner.Handler {
        private final long first;
        private final long second;
        private final List<String> values = new ArrayList<>();
        private long firstLine;
        private Location at;

        DuplicateKey(long first, long second) {
            this.first = first;
            this.second = second;
            this.at = new Location(table.file(), 1, 1);
        }

        @Override
        public void value(CsvScanner scanner, long record, int index, char[] text, int length, boolean quoted) {
            if (record == second && key.contains(columns.get(index).name())) {
                if (values.isEmpty()) {
                    at = scanner.valueAt();
                }
                values.add(quote(new String(text, 0, length)));
            }
        }

        @Override
        public void end(CsvScanner scanner, long record, int count, int length) {
            if (record == first) {
                firstLine = scanner.recordAt().line();
            } else if (record == second) {
                throw CsvScanner.problem(
                        at,
                        "key " + values.stream().collect(Collectors.joining(", ")) + " of "
                                + quote(table.name().table().spelling()) + " is there twice, first in line "
                                + firstLine);
            }
        }
    }
}
