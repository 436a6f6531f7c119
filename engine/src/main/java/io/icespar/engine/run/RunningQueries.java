package io.icespar.engine.run;

import io.icespar.security.identity.Name;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many queries each user runs. Safe for use by several threads. */
final class RunningQueries {
    private final Map<Name, Long> running = new ConcurrentHashMap<>();

    /** Counts one more, or throws the limit's error; whoever was counted calls {@link #ended} once. */
    void started(QueryLimits limits) {
        running.compute(limits.caller(), (user, number) -> {
            long others = number == null ? 0 : number;
            if (limits.concurrent().isPresent() && others >= limits.concurrent().getAsLong()) {
                throw limits.tooMany();
            }
            return others + 1;
        });
    }

    /** Counts one less. */
    void ended(QueryLimits limits) {
        running.computeIfPresent(limits.caller(), (user, number) -> number == 1 ? null : number - 1);
    }
}
