package io.icespar.engine.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The queries that every oracle is asked about: {@code corpus.sql}, and of cubes {@code cube-corpus.sql}. */
public final class Corpus {
    private static final Pattern QUERY = Pattern.compile(
            "^-- (?<name>[^?\\n][^\\n]*)\\n(?:-- \\? (?<parameters>[^\\n]*)\\n)?(?<sql>(?:(?!--)[^\\n]*\\n)+)",
            Pattern.MULTILINE);

    private Corpus() {}

    /** All queries of tables, in the order of the file. */
    public static List<CorpusQuery> queries() {
        return queries("corpus.sql");
    }

    /** All queries of the cubes of {@link SampleData#cubes}, in the order of the file. */
    static List<CorpusQuery> cubeQueries() {
        return queries("cube-corpus.sql");
    }

    private static List<CorpusQuery> queries(String file) {
        List<CorpusQuery> queries = new ArrayList<>();
        Matcher matcher = QUERY.matcher(text(file));
        while (matcher.find()) {
            String sql = matcher.group("sql").strip();
            if (sql.endsWith(";")) {
                queries.add(new CorpusQuery(
                        matcher.group("name"),
                        sql.substring(0, sql.length() - 1),
                        parameters(matcher.group("parameters"))));
            }
        }
        return List.copyOf(queries);
    }

    private static String text(String file) {
        try (InputStream text = Objects.requireNonNull(Corpus.class.getResourceAsStream(file))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<@Nullable Object> parameters(@Nullable String line) {
        if (line == null) {
            return List.of();
        }
        List<@Nullable Object> parameters = new ArrayList<>();
        for (String value : Arrays.asList(line.split(", ", -1))) {
            parameters.add(value.matches("-?\\d+") ? (Object) Long.valueOf(value) : value);
        }
        return parameters;
    }

    /** Whether the rows of a query come in an order: whether an {@code ORDER BY} is in no parentheses. */
    static boolean isOrdered(String sql) {
        int depth = 0;
        int inNone = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && sql.startsWith("ORDER BY", i)) {
                inNone++;
            }
        }
        return inNone > 0;
    }
}
