package io.icespar.benchmark.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.benchmark.measure.Rounds;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryComparisonTest {
    private static final Rounds ONCE = new Rounds(0, 1, 1, Duration.ZERO);

    private final List<String> events = new ArrayList<>();

    private OpenSystem.Opener system(String name, long rows) {
        return () -> {
            events.add("open " + name);
            return OpenSystem.of(
                    List.of(new Contestant(name, "all", query -> rows)), () -> events.add("close " + name));
        };
    }

    @Test
    void eachSystemIsOpenedAsOftenBeforeTheOtherAsAfterIt() throws IOException, SQLException {
        QueryComparison.Result result =
                new QueryComparison(List.of("q"), ONCE, 2, 0, List.of(system("a", 1), system("b", 1))).run();
        assertEquals(
                List.of("open a", "open b", "close b", "close a", "open b", "open a", "close a", "close b"), events);
        assertEquals(1, result.ratios("a", "b").size());
        assertEquals(List.of(1.0), result.ratios("a", "a"));
    }

    @Test
    void otherAnswersAreNotCompared() {
        var comparison = new QueryComparison(List.of("q"), ONCE, 1, 0, List.of(system("a", 1), system("b", 2)));
        assertThrows(IllegalStateException.class, comparison::run);
        assertEquals(List.of("open a", "open b", "close b", "close a"), events);
    }
}
