package io.icespar.engine.functions;

import com.google.common.base.Splitter;
import io.icespar.engine.generated.Choices;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Forms of expressions by their kinds, of which queries are made up. */
final class Grammar {
    private static final int DEPTH = 4;
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

    private final Map<String, List<String>> forms;

    private Grammar(Map<String, List<String>> forms) {
        this.forms = forms;
    }

    static Grammar read() {
        try (InputStream stream =
                Objects.requireNonNull(Grammar.class.getResourceAsStream("/functions/expressions.txt"))) {
            return new Grammar(new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Splitter.on(" ## ").splitToList(line))
                    .collect(Collectors.groupingBy(
                            parts -> parts.get(0), Collectors.mapping(parts -> parts.get(1), Collectors.toList()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String query(Choices choices) {
        return made("query", DEPTH, choices);
    }

    private String made(String kind, int depth, Choices choices) {
        List<String> all = Objects.requireNonNull(forms.get(kind), kind);
        List<String> leaves =
                all.stream().filter(form -> !HOLE.matcher(form).find()).toList();
        boolean leaf = !leaves.isEmpty() && (depth <= 0 || choices.happens(3));
        Matcher holes = HOLE.matcher(choices.oneOf(leaf ? leaves : all));
        var text = new StringBuilder();
        while (holes.find()) {
            holes.appendReplacement(text, Matcher.quoteReplacement(made(holes.group(1), depth - 1, choices)));
        }
        return holes.appendTail(text).toString();
    }
}
