package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However long or deep a statement is, it is answered or refused: no caller ends the process with one. */
@ExtendWith(Samples.class)
class NestingTest {
    private static final long USUAL_STACK = 1 << 20;

    /** As a thread of a server would see it. */
    private static Observation observation(SampleSession session, String sql) throws InterruptedException {
        AtomicReference<Observation> seen = new AtomicReference<>();
        Thread thread =
                new Thread(null, () -> seen.set(session.sql(sql).observation()), "with a usual stack", USUAL_STACK);
        thread.start();
        thread.join();
        return Objects.requireNonNull(seen.get());
    }

    private static String statement(String form, int number) {
        String many = IntStream.range(0, number)
                .mapToObj(i -> "(\"City\" = 'c" + i + "' AND \"Country\" = 'd" + i + "')")
                .collect(Collectors.joining(" OR "));
        String values = IntStream.range(0, number).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(", "));
        return switch (form) {
            case "sum" -> "SELECT 0" + " + \"Quantity\"".repeat(number) + " FROM \"Sales\"";
            case "text" -> "SELECT \"City\"" + " || \"City\"".repeat(number) + " FROM \"Shops\"";
            case "function" -> "SELECT " + "ABS(".repeat(number) + "1" + ")".repeat(number) + " FROM \"Shops\"";
            case "alternatives" -> "SELECT COUNT(*) FROM \"Shops\" WHERE " + many;
            case "list" -> "SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" IN (" + values + ", 'Paris')";
            case "list or more" ->
                "SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" IN (" + values
                        + ") OR (\"City\" = 'Lyon' AND \"Country\" = 'France') OR \"City\" = 'Paris'";
            case "rows" ->
                "SELECT \"City\" FROM (".repeat(number) + "SELECT \"City\" FROM \"Shops\"" + " LIMIT 3)".repeat(number);
            case "union" ->
                "SELECT \"City\" FROM \"Shops\"" + " UNION ALL SELECT \"City\" FROM \"Shops\"".repeat(number);
            case "in" ->
                "SELECT \"City\" FROM \"Shops\" WHERE \"City\" IN (".repeat(number) + "SELECT 'Paris' FROM \"Shops\""
                        + ")".repeat(number);
            case "cases" ->
                "SELECT CASE" + " WHEN \"City\" = 'a' AND \"Country\" = 'b' THEN 1".repeat(number)
                        + " END FROM \"Shops\"";
            default -> throw new IllegalArgumentException(form);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "sum, 300",
        "sum, 900",
        "sum, 3000",
        "text, 300",
        "text, 900",
        "function, 300",
        "function, 900",
        "alternatives, 300",
        "alternatives, 900",
        "alternatives, 3000",
        "alternatives, 6000",
        "list, 3000",
        "list or more, 3000",
        "rows, 60",
        "rows, 200",
        "rows, 500",
        "union, 200",
        "union, 1000",
        "in, 60",
        "in, 200",
        "cases, 900",
        "cases, 3000",
    })
    void itIsAnsweredOrRefused(String form, int number, SampleLibrary samples) throws InterruptedException {
        SampleSession session = samples.original().session("french-user");
        Observation seen = observation(session, statement(form, number));
        assertTrue(
                Set.of("", ErrorCode.SYNTAX.sqlState(), ErrorCode.LIMIT_REACHED.sqlState())
                        .contains(seen.sqlState()),
                () -> seen.sqlState() + " " + seen.failure());
    }

    @Test
    void aLongListIsNoLongStatement(SampleLibrary samples) {
        SampleSession session = samples.original().session("french-user");
        session.sql(statement("list", 3000)).returns("3");
        session.sql(statement("list or more", 3000)).returns("6");
        session.sql(statement("alternatives", 200)).returns("0");
    }
}
