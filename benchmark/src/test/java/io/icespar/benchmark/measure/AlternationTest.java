package io.icespar.benchmark.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlternationTest {
    private final StringBuilder order = new StringBuilder();
    private long now;

    private Map<String, Runnable> works() {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("B", () -> work("B", 10));
        works.put("A", () -> work("A", 30));
        return works;
    }

    private void work(String name, long nanos) {
        order.append(name);
        now += nanos;
    }

    /** What was measured of {@code A}. */
    private Times measure(Rounds rounds) {
        Map<String, Times> times = new Alternation(rounds, () -> now).measure(works());
        assertEquals(List.of("B", "A"), List.copyOf(times.keySet()));
        return List.copyOf(times.values()).get(1);
    }

    @Test
    void theyTakeTurnsInTheirOrder() {
        assertEquals(30, measure(new Rounds(1, 3, 3, Duration.ZERO)).medianNanos());
        assertEquals("BABABABA", order.toString());
    }

    @Test
    void whatWarmsUpIsNotMeasured() {
        assertEquals(2, measure(new Rounds(5, 2, 2, Duration.ZERO)).count());
    }

    @Test
    void whatTakesLongIsMeasuredLessOftenButOftenEnough() {
        assertEquals(4, measure(new Rounds(0, 2, 9, Duration.ofNanos(150))).count());
        assertEquals(2, measure(new Rounds(0, 2, 9, Duration.ZERO)).count());
        assertEquals(9, measure(new Rounds(0, 2, 9, Duration.ofHours(1))).count());
    }
}
