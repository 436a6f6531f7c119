package io.icespar.engine.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.functions.HiddenThings.Viewer;
import io.icespar.engine.oracle.SampleLibrary;
import io.icespar.engine.oracle.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operator and function that there is and that may fail, in each place of a query, under each sort of restriction: over
 * rows with poison the answer is what it is without these rows.
 *
 * <p>The functions are those of {@link Example}, which {@link FunctionsTest} keeps complete.
 */
@ExtendWith(Samples.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorMatrixTest {
    /** Where everything is tried. */
    private static final Map<String, String> PLACES = new LinkedHashMap<>();

    /** Where {@link #POISONED} is tried besides. */
    private static final Map<String, String> MORE_PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("the list", "SELECT id, #list FROM t ORDER BY id");
        PLACES.put("a condition", "SELECT id FROM t WHERE #all ORDER BY id");
        PLACES.put("a join", "SELECT t.id, o.seen FROM owners o JOIN t ON o.name = t.owner AND #all ORDER BY id");
        PLACES.put(
                "an outer join",
                "SELECT v.number, COUNT(*) FROM (VALUES 1, 2) AS v (number) LEFT JOIN t ON #all GROUP BY v.number");
        PLACES.put("a condition of groups", "SELECT id FROM t GROUP BY id HAVING #counts ORDER BY id");
        PLACES.put("an order", "SELECT id, owner FROM t ORDER BY #list");
        PLACES.put("a group", "SELECT COUNT(*), #list FROM t GROUP BY #list");
        PLACES.put("an aggregate", "SELECT COUNT(*), #max FROM t");
        PLACES.put("a filter", "SELECT COUNT(*), COUNT(*) FILTER (WHERE #all) FROM t");
        PLACES.put("a window", "SELECT id, COUNT(*) OVER (PARTITION BY #list) FROM t ORDER BY id");
        PLACES.put("the order of a window", "SELECT id, RANK() OVER (ORDER BY #list) FROM t ORDER BY id");
        PLACES.put(
                "a sub-query", "SELECT o.name, (SELECT COUNT(*) FROM t WHERE t.owner = o.name AND #all) FROM owners o");

        MORE_PLACES.put(
                "a condition behind a guard", "SELECT id FROM t WHERE CASE WHEN s LIKE '%' THEN #all END ORDER BY id");
        MORE_PLACES.put(
                "a condition beside one that cannot fail", "SELECT id FROM t WHERE s <> '' AND #all ORDER BY id");
        MORE_PLACES.put(
                "a join with itself",
                "SELECT id FROM t JOIN (SELECT id AS number FROM t) AS o ON id = o.number AND #all ORDER BY id");
        MORE_PLACES.put(
                "an outer join with itself",
                "SELECT o.number, t.id FROM (SELECT id AS number FROM t) AS o LEFT JOIN t ON t.id = o.number AND #all");
        MORE_PLACES.put(
                "what a join compares",
                "SELECT COUNT(*), MIN(t.id) FROM t LEFT JOIN (VALUES '1', '2') AS v (k) ON CAST(#list AS VARCHAR) = v.k");
        MORE_PLACES.put("an order with a limit", "SELECT id, owner FROM t ORDER BY #list, id LIMIT 3");
        MORE_PLACES.put("a grouping set", "SELECT COUNT(*), MIN(id), #list FROM t GROUP BY ROLLUP(#list)");
        MORE_PLACES.put("a distinct", "SELECT DISTINCT #list, owner FROM t");
        MORE_PLACES.put("a distinct aggregate", "SELECT COUNT(DISTINCT #list), MIN(id), COUNT(*) FROM t");
        MORE_PLACES.put(
                "an aggregate over a window", "SELECT id, MAX(#list) OVER (PARTITION BY id) FROM t ORDER BY id");
        MORE_PLACES.put(
                "a sub-query of a condition",
                "SELECT o.name FROM owners o WHERE o.name IN (SELECT t.owner FROM t WHERE #all)");
        MORE_PLACES.put(
                "a correlated sub-query",
                "SELECT o.id FROM t AS o WHERE EXISTS (SELECT 1 FROM t WHERE t.id = o.id AND #all) ORDER BY id");
        MORE_PLACES.put("a part of a union", "SELECT owner, CAST(#list AS VARCHAR) FROM t UNION SELECT 'a', 'b'");
    }

    /** They fail for what {@code p} and {@code n} hold in hidden rows, and for nothing that is seen. */
    private static final List<String> POISONED = List.of(
            "7 / p",
            "7.5 / p",
            "MOD(7, p)",
            "p + 9223372036854775000",
            "p * 1000000000000000000",
            "-9223372036854775000 - p",
            "-p",
            "ABS(p)",
            "SQRT(p - 1)",
            "LN(p)",
            "LOG10(p)",
            "LOG(2, p)",
            "ACOS(p / 10e0)",
            "ASIN(p / 10e0)",
            "COT(p)",
            "SIGN(p / p)",
            "CAST(p AS SMALLINT)",
            "CAST(p AS DECIMAL(3, 0))",
            "CAST(n AS INTEGER)",
            "CAST(n AS DOUBLE)",
            "CAST(n AS DECIMAL(5, 2))",
            "CAST('2021-01-0' || n AS DATE)",
            "CAST('2021-01-0' || n || ' 10:00:00' AS TIMESTAMP)",
            "CHR(CAST(p AS INTEGER) + 64)",
            "REPEAT('x', CAST(p AS SMALLINT))",
            "LPAD('x', CAST(p AS INTEGER))",
            "RPAD('x', CAST(p AS INTEGER))",
            "LEFT('text', CAST(p AS INTEGER))",
            "SUBSTRING('text' FROM CAST(p AS INTEGER))",
            "SPLIT_PART('a,b', ',', CAST(p AS INTEGER))",
            "ROUND(1.5e0, CAST(p AS INTEGER))",
            "DATE '2021-01-31' + p * INTERVAL '1' DAY",
            "TIMESTAMPADD(YEAR, CAST(p AS INTEGER), DATE '2021-01-31')",
            "TIMESTAMPADD(SECOND, CAST(p AS INTEGER), TIMESTAMP '2021-01-31 10:00:00')",
            "BITAND(CAST(p AS INTEGER), 3)",
            "MOD(12, CAST(p AS DOUBLE))",
            "CAST(SUBSTRING('1' || n FROM 2) AS INTEGER)",
            "TO_DATE('2021-01-0' || n, 'YYYY-MM-DD')",
            "a + INTERVAL '3' MONTH");

    /**
     * Where in a query expressions stand.
     *
     * @param query with {@code #list} for the expressions, or {@code #all}, {@code #counts} or {@code #max} for what is
     *     made of each
     */
    private record Place(String name, String query) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final HiddenThings poisoned;
    private final HiddenThings copy;

    OperatorMatrixTest(SampleLibrary samples, @TempDir Path folder) {
        poisoned = new HiddenThings(folder.resolve("poisoned"), true, samples::open);
        copy = new HiddenThings(folder.resolve("copy"), false, samples::open);
    }

    @AfterAll
    void close() {
        poisoned.close();
        copy.close();
    }

    private static List<Example> mayFail() {
        FunctionTable functions = new FunctionTable(Example.all());
        return Example.all().stream()
                .filter(example -> example.isQuery() || functions.mayFail(example))
                .toList();
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        int turn = 0;
        for (Example example : mayFail()) {
            if (example.isQuery()) {
                for (Viewer viewer : Viewer.values()) {
                    cases.add(Arguments.of(example, new Place("a query", counting(example.text())), viewer));
                }
            } else {
                add(cases, example, places(PLACES), turn++);
            }
        }
        List<Place> all = new ArrayList<>(places(PLACES));
        all.addAll(places(MORE_PLACES));
        for (String text : POISONED) {
            add(cases, new Example(text, text, Optional.empty(), Optional.empty()), all, turn++);
        }
        return cases.stream();
    }

    /** In each place, each time beginning with the next: so the first of an expression is not always in the first place. */
    private static void add(List<Arguments> cases, Example example, List<Place> places, int turn) {
        Viewer[] viewers = Viewer.values();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get((turn + i) % places.size());
            if (!isRefused(example, place)) {
                cases.add(Arguments.of(example, place, viewers[(turn + i) % viewers.length]));
            }
        }
    }

    private static List<Place> places(Map<String, String> queries) {
        return queries.entrySet().stream()
                .map(entry -> new Place(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The query over all rows that are seen, with their number beside what does not hang on it. */
    private static String counting(String query) {
        String all = (query.contains(" FROM t") ? query : query + " FROM t").replace("id < 8", "id > 0");
        return all.contains(" OVER ") || !all.matches(".*[A-Z0-9_]+\\(.*")
                ? all
                : all.replace(" FROM t", ", COUNT(*) FROM t");
    }

    /** Windows have no parts and no order by what changes; and Calcite does not find a column in that escape in a cast. */
    private static boolean isRefused(Example example, Place place) {
        return (example.text().startsWith("RAND") && place.name().contains("window"))
                || (example.name().equals("{fn CONVERT}") && place.query().contains("#all"));
    }

    private static String sql(Place place, Example example) {
        List<String> each = parts(example.text());
        return place.query()
                .replace("#list", example.text())
                .replace("#all", joined(each, "COALESCE(CAST(# AS VARCHAR), '') <> 'x'", " AND "))
                .replace("#counts", joined(each, "COUNT(#) >= 0", " AND "))
                .replace("#max", joined(each, "MAX(#)", ", "));
    }

    private static String joined(List<String> each, String form, String separator) {
        return each.stream().map(one -> form.replace("#", one)).collect(Collectors.joining(separator));
    }

    /** The expressions of a list. */
    private static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(list.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(list.substring(begin).strip());
        return parts;
    }

    @Tag("security")
    @ParameterizedTest(name = "{0} in {1}, {2}")
    @MethodSource("cases")
    void itIsNotEvaluatedOnAHiddenRow(Example example, Place place, Viewer viewer) {
        String sql = sql(place, example);
        List<String> seen = copy.answer(viewer.user(), sql);
        assertFalse(seen.toString().contains("! "), () -> sql + ": " + seen);
        assertEquals(seen, poisoned.answer(viewer.user(), sql), sql);
    }

    @Test
    void itFailsOnTheHiddenRows() {
        List<String> harmless = POISONED.stream()
                .filter(text ->
                        poisoned.answer("admin", "SELECT id, " + text + " FROM t WHERE owner = 'others'").stream()
                                .noneMatch(line ->
                                        line.startsWith("! DATA_EXCEPTION") || line.startsWith("! LIMIT_REACHED")))
                .toList();
        assertEquals(List.of(), harmless);
    }

    @Test
    void everyFunctionThatMayFailIsInTheMatrix() {
        FunctionTable functions = new FunctionTable(Example.all());
        Set<String> tried = cases().map(one -> String.valueOf(one.get()[0])).collect(Collectors.toSet());
        assertEquals(Set.of(), functions.withoutExample());
        assertEquals(
                List.of(),
                mayFail().stream()
                        .map(Example::name)
                        .filter(name -> !tried.contains(name))
                        .toList());
        assertTrue(tried.size() > 150, () -> "only " + tried.size() + " are tried");
    }
}
