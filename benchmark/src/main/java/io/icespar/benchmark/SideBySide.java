package io.icespar.benchmark;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long two things take, measured in turns, so that what else the machine does weighs on both.
 *
 * @param one the median time of the first
 * @param other the median time of the second
 */
record SideBySide(Duration one, Duration other) {

    /**
     * Runs both in turns, first to warm up, then to measure.
     *
     * @param rounds how often each is measured
     */
    static SideBySide measure(int rounds, Runnable one, Runnable other) {
        times(rounds, one, other);
        long[][] nanos = times(rounds, one, other);
        return new SideBySide(median(nanos[0]), median(nanos[1]));
    }

    private static long[][] times(int rounds, Runnable one, Runnable other) {
        long[][] nanos = new long[2][rounds];
        for (int i = 0; i < rounds; i++) {
            nanos[0][i] = time(one);
            nanos[1][i] = time(other);
        }
        return nanos;
    }

    private static long time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static Duration median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[sorted.length / 2]);
    }

    /** How many times as long the second takes. */
    double ratio() {
        return (double) other.toNanos() / one.toNanos();
    }
}
