package io.icespar.benchmark.measure;

import java.util.Arrays;
import java.util.Collection;

/** How long something took, each time. */
public final class Times {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Times(long[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Times in any order.
     *
     * @param nanos at least one
     */
    public static Times of(long... nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    /** As {@link #of(long...)}. */
    public static Times of(Collection<Long> nanos) {
        return of(nanos.stream().mapToLong(Long::longValue).toArray());
    }

    /** How often it was measured. */
    public int count() {
        return sorted.length;
    }

    /** The time in the middle, or half way between both in the middle; in nanoseconds. */
    public double medianNanos() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /** As {@link #medianNanos}, in milliseconds. */
    public double medianMillis() {
        return medianNanos() / NANOS_PER_MILLI;
    }

    /**
     * The shortest time that so many percent of all are not longer than; in milliseconds.
     *
     * @param percent above 0, at most 100
     */
    public double percentileMillis(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }
}
