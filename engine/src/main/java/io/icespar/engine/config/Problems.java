package io.icespar.engine.config;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What is wrong with the configuration: collected, so that all of it is told at once. Used by one thread. */
public final class Problems {
    private static final int SHOWN = 60;

    private final List<Problem> problems = new ArrayList<>();

    /** Adds what is wrong at a place. */
    public void add(Location at, String text) {
        problems.add(new Problem(at, at + ": " + text));
    }

    /** Adds what is wrong with a file as a whole. */
    public void add(Path file, String text) {
        problems.add(new Problem(new Location(file, 0, 0), file + ": " + text));
    }

    /** Adds all problems of another collection. */
    public void addAll(Problems others) {
        problems.addAll(others.problems);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Throws {@code CONFIGURATION} with one line a problem, in the order of files and lines, if there is any. */
    public void throwIfAny() {
        if (!isEmpty()) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    problems.stream()
                            .sorted(Comparator.comparing((Problem problem) -> problem.at.file())
                                    .thenComparing(problem -> problem.at.line())
                                    .thenComparing(problem -> problem.at.column()))
                            .map(Problem::text)
                            .collect(Collectors.joining("\n")));
        }
    }

    /** A text from a file as it may stand in a message: in backticks, on one line, not longer than a line. */
    public static String quote(String text) {
        return quote(text, SHOWN);
    }

    /** A path as it may stand in a message: as a text, but whole, since its end says most. */
    public static String quote(Path path) {
        return quote(path.toString(), Integer.MAX_VALUE);
    }

    private static String quote(String text, int max) {
        var shown = new StringBuilder("`");
        text.codePoints().limit(max).forEach(character -> {
            switch (character) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT) {
                        shown.append(String.format("\\u%04x", character));
                    } else {
                        shown.appendCodePoint(character);
                    }
                }
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > max ? "…`" : "`")
                .toString();
    }

    /** The end of a message about a name that is not there: the one that was probably meant, or all there are. */
    public static String suggest(String name, List<String> known) {
        var distance = new LevenshteinDistance(name.length() < 4 ? 1 : Math.max(2, name.length() / 3));
        Optional<String> nearest = known.stream()
                .filter(other -> similarity(distance, name, other) >= 0)
                .min(Comparator.comparing(other -> similarity(distance, name, other)));
        if (nearest.isPresent()) {
            return ", did you mean " + quote(nearest.get()) + "?";
        }
        return known.isEmpty()
                ? ""
                : ", expected "
                        + (known.size() == 1 ? "" : "one of ")
                        + known.stream().map(Problems::quote).collect(Collectors.joining(", "));
    }

    private static int similarity(LevenshteinDistance distance, String name, String other) {
        return name.equalsIgnoreCase(other) ? 0 : distance.apply(name, other);
    }

    private record Problem(Location at, String text) {}
}
