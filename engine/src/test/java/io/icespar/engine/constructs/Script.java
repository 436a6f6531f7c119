package io.icespar.engine.constructs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Statements and what each must give.
 *
 * <p>A statement is a line that ends in a semicolon. After it come {@code --: } with the types of the columns, where an
 * exclamation mark says NOT NULL, and a line {@code --> } for each row; or {@code --! } with an error. Other lines that
 * begin with two hyphens are for the reader.
 */
final class Script {
    private Script() {}

    /**
     * A statement.
     *
     * @param line where it stands
     * @param sql its text
     * @param expected the lines after it
     */
    record Case(int line, String sql, List<String> expected) {
        /** Checks and copies. */
        Case {
            expected = List.copyOf(expected);
        }

        @Override
        public String toString() {
            return "line " + line + ": " + sql;
        }
    }

    static List<Case> read(String resource) {
        List<String> lines;
        try (InputStream stream = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
            lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("--")) {
                continue;
            }
            List<String> expected = new ArrayList<>();
            while (i + 1 < lines.size() && isExpectation(lines.get(i + 1))) {
                i++;
                expected.add(lines.get(i));
            }
            cases.add(new Case(i + 1 - expected.size(), line, expected));
        }
        return cases;
    }

    private static boolean isExpectation(String line) {
        return line.startsWith("--:") || line.startsWith("-->") || line.startsWith("--!");
    }
}
