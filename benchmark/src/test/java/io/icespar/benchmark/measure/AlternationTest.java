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

    private Map<String, Times> measure(Rounds rounds) {
        return new Alternation(rounds, () -> now).measure(works());
    }

    @Test
    void theyTakeTurnsInTheirOrder() {
        Map<String, Times> times = measure(new Rounds(1, 3, 3, Duration.ZERO));
        assertEquals("BABABABA", order.toString());
        assertEquals(List.of("B", "A"), List.copyOf(times.keySet()));
        assertEquals(10, times.get("B").medianNanos());
        assertEquals(30, times.get("A").medianNanos());
    }

    @Test
    void whatWarmsUpIsNotMeasured() {
        Map<String, Times> times = measure(new Rounds(5, 2, 2, Duration.ZERO));
        assertEquals(2, times.get("A").count());
    }

    @Test
    void whatTakesLongIsMeasuredLessOftenButOftenEnough() {
        assertEquals(
                4, measure(new Rounds(0, 2, 9, Duration.ofNanos(150))).get("A").count());
        assertEquals(2, measure(new Rounds(0, 2, 9, Duration.ZERO)).get("A").count());
        assertEquals(
                9, measure(new Rounds(0, 2, 9, Duration.ofHours(1))).get("A").count());
    }
}
