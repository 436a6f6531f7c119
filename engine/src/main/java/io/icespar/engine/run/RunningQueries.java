package io.icespar.engine.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many queries each user runs. Safe for use by several threads. */
final class RunningQueries {
    /** By the user's name as it is spelled: providers tell names apart by case. */
    private final Map<String, Long> running = new ConcurrentHashMap<>();

    /** Counts one more, or throws the limit's error; whoever was counted calls {@link #ended} once. */
    void started(QueryLimits limits) {
        running.compute(limits.caller().spelling(), (user, number) -> {
            long others = number == null ? 0 : number;
            if (limits.concurrent().isPresent() && others >= limits.concurrent().getAsLong()) {
                throw limits.tooMany();
            }
            return others + 1;
        });
    }

    /** Counts one less. */
    void ended(QueryLimits limits) {
        running.computeIfPresent(limits.caller().spelling(), (user, number) -> number == 1 ? null : number - 1);
    }
}
