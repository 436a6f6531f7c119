package io.icespar.jdbc.login;

import java.time.Duration;
import java.time.Instant;

/** How long to wait before what failed is tried again: longer each time, until it succeeds. Not safe for several threads. */
final class Pause {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Duration next = FIRST;
    private Instant end = Instant.MIN;

    /** Begins the next, which is longer than the one before. */
    Instant begin(Instant now) {
        end = now.plus(next);
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return end;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    /** Whether it has been over for so long that what failed before has nothing to do with what fails now. */
    boolean isForgotten(Instant now) {
        return isOver(now) && (end.equals(Instant.MIN) || !now.isBefore(end.plus(LONGEST)));
    }

    /** It went well: the next failure is the first again. */
    void reset() {
        next = FIRST;
        end = Instant.MIN;
    }
}
