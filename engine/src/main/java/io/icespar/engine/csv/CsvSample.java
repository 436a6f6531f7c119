package io.icespar.engine.csv;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.catalog.ColumnDefinition;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.ColumnType.Kind;
import io.icespar.engine.catalog.TableDefinition;
import io.icespar.engine.config.Location;
import io.icespar.engine.config.Problems;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** The header and the first records of a file, from which the types of columns are inferred. */
final class CsvSample {
    /** No more of the file is read; also bounds what a quote that is never closed can take. */
    private static final int MAX_BYTES = 1 << 22;

    private static final int MAX_RECORDS = 10_000;
    private static final int MAX_NAME = 128;

    /** An empty value and an empty text in quotes differ: the first is null. */
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setNullString("")
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .get();

    private final Path file;
    private final List<Guess> guesses = new ArrayList<>();
    private int records;

    private CsvSample(Path file) {
        this.file = file;
    }

    /** What a column may be, after all values seen so far. */
    private static final class Guess {
        private static final List<Kind> ORDER =
                List.of(Kind.BOOLEAN, Kind.BIGINT, Kind.DOUBLE, Kind.DATE, Kind.TIMESTAMP);

        private final String name;
        private final Set<Kind> possible = EnumSet.copyOf(ORDER);
        private boolean seen;

        Guess(String name) {
            this.name = name;
        }

        void see(String value) {
            seen = true;
            char[] text = value.toCharArray();
            possible.removeIf(kind -> !ValueForm.suggests(ColumnType.of(kind), text, text.length));
        }

        ColumnType type() {
            return ColumnType.of(
                    seen ? ORDER.stream().filter(possible::contains).findFirst().orElse(Kind.VARCHAR) : Kind.VARCHAR);
        }
    }

    /** The columns of a table's file; empty if there were problems. */
    static Optional<List<CsvColumn>> columns(TableDefinition table, Problems problems) {
        var sample = new CsvSample(table.file());
        sample.read(problems);
        Map<Name, ColumnDefinition> declared = new HashMap<>();
        table.columns().forEach((column, definition) -> declared.put(Name.of(column.value()), definition));
        Set<Name> key =
                table.key().stream().map(column -> Name.of(column.value())).collect(Collectors.toSet());
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(sample.guesses.stream()
                .map(guess -> {
                    Name name = Name.of(guess.name);
                    ColumnDefinition definition = declared.get(name);
                    boolean nullable = !key.contains(name) && (definition == null || definition.nullable());
                    return definition == null
                            ? new CsvColumn(name, guess.type(), false, nullable)
                            : new CsvColumn(name, definition.type(), true, nullable);
                })
                .toList());
    }

    private void read(Problems problems) {
        byte[] start;
        boolean whole;
        try (InputStream input = Files.newInputStream(file)) {
            start = input.readNBytes(MAX_BYTES);
            whole = input.read() < 0;
        } catch (IOException e) {
            problems.add(file, "the file cannot be read");
            return;
        }
        // What is not UTF-8 is replaced here, and refused when the whole file is checked.
        String text = new String(start, StandardCharsets.UTF_8);
        try (CSVParser parser = FORMAT.parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text))) {
            Iterator<CSVRecord> rest = parser.iterator();
            if (rest.hasNext()) {
                header(rest.next(), problems);
            } else {
                problems.add(new Location(file, 1, 1), "the file is empty, expected a header");
            }
            while (records < MAX_RECORDS && rest.hasNext()) {
                CSVRecord record = rest.next();
                // Where the sample ends, a record may be cut.
                if (whole || rest.hasNext()) {
                    records++;
                    see(record);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Not well formed, or cut. The check of the whole file says which, and where.
            if (guesses.isEmpty()) {
                problems.add(new Location(file, 1, 1), "the header is not well-formed CSV");
            }
        }
    }

    private void header(CSVRecord header, Problems problems) {
        var at = new Location(file, 1, 1);
        Map<Name, Integer> seen = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name == null || name.isBlank()) {
                problems.add(at, "column " + (i + 1) + " has no name in the header");
                continue;
            }
            if (name.length() > MAX_NAME) {
                problems.add(at, "the name of column " + (i + 1) + " is longer than " + MAX_NAME + " characters");
            }
            Integer first = seen.putIfAbsent(Name.of(name), i + 1);
            if (first != null) {
                problems.add(at, "columns " + first + " and " + (i + 1) + " are both called " + quote(name));
            }
            guesses.add(new Guess(name));
        }
    }

    private void see(CSVRecord record) {
        for (int i = 0; i < Math.min(record.size(), guesses.size()); i++) {
            String value = record.get(i);
            if (value != null) {
                guesses.get(i).see(value);
            }
        }
    }
}
