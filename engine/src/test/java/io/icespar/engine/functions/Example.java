package io.icespar.engine.functions;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a function is used.
 *
 * @param name of the function, perhaps with what is special about this use of it
 * @param text expressions over the columns of {@link Things}, or a query
 * @param difference why the reference gives something else; empty if it gives the same, or cannot execute it
 * @param otherType why the reference declares another type; empty if it declares the same, or none
 */
record Example(String name, String text, Optional<String> difference, Optional<String> otherType) {
    static List<Example> all() {
        try (InputStream stream =
                Objects.requireNonNull(Example.class.getResourceAsStream("/functions/examples.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Splitter.on(" ## ").splitToList(line))
                    .map(parts -> new Example(parts.get(0), parts.get(1), part(parts, 2), part(parts, 3)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> part(List<String> parts, int number) {
        return parts.size() > number && !parts.get(number).isBlank()
                ? Optional.of(parts.get(number))
                : Optional.empty();
    }

    boolean isQuery() {
        return text.startsWith("SELECT");
    }

    /** As a query over the rows with everyday values. */
    String sql() {
        return isQuery() ? text : "SELECT " + text + " FROM t WHERE id < 8 ORDER BY id";
    }

    /** As a query over one row. */
    String sql(int id) {
        return "SELECT " + text + " FROM t WHERE id = " + id;
    }

    @Override
    public String toString() {
        return name;
    }
}
