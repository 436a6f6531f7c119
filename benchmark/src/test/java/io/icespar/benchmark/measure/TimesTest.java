package io.icespar.benchmark.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertEquals(3, Times.of(9, 1, 3).medianNanos());
        assertEquals(4, Times.of(9, 1, 3, 5).medianNanos());
        assertEquals(2.5, Times.of(2_000_000, 3_000_000).medianMillis());
    }

    @Test
    void aPercentileIsATimeThatWasMeasured() {
        Times times =
                Times.of(LongStream.rangeClosed(1, 200).map(i -> i * 1_000_000).toArray());
        assertEquals(100, times.percentileMillis(50));
        assertEquals(198, times.percentileMillis(99));
        assertEquals(200, times.percentileMillis(100));
        assertEquals(1, times.percentileMillis(0.1));
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Times.of(List.of()));
    }

    @Test
    void meansOfRatiosAreGeometric() {
        assertEquals(1, Means.geometric(List.of(4.0, 0.25)), 1e-12);
        assertEquals(6, Means.geometric(List.of(4.0, 9.0)), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Means.geometric(List.of(1.0, 0.0)));
        assertThrows(IllegalArgumentException.class, () -> Means.geometric(List.of(Double.NaN)));
        assertEquals(2, Means.median(List.of(7.0, 1.0, 2.0)));
        assertEquals(4.5, Means.median(List.of(7.0, 1.0, 2.0, 9.0)));
    }
}
