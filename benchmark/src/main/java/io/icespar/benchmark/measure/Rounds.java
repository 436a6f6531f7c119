package io.icespar.benchmark.measure;

import java.time.Duration;

/**
 * How often something is measured.
 *
 * @param warmUp how often it is run before that
 * @param least how often at least
 * @param most how often at most
 * @param budget when nothing more is measured, if it was measured often enough: for what takes long
 */
public record Rounds(int warmUp, int least, int most, Duration budget) {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Checks. */
    public Rounds {
        if (warmUp < 0 || least < 1 || most < least) {
            throw new IllegalArgumentException(warmUp + ", " + least + ", " + most);
        }
    }

    /** So often, and no other number of times, after as many to warm up. */
    public static Rounds of(int number) {
        return new Rounds(number, number, number, HOUR);
    }
}
