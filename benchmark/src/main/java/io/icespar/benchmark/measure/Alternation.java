package io.icespar.benchmark.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures several things in turns, A B A B, so that what else the machine does weighs on all of them. */
public final class Alternation {
    private final Rounds rounds;
    private final LongSupplier clock;

    /**
     * Measures by a clock.
     *
     * @param clock see {@link Clocks}
     */
    public Alternation(Rounds rounds, LongSupplier clock) {
        this.rounds = rounds;
        this.clock = clock;
    }

    /** Measures by the clock on the wall. */
    public Alternation(Rounds rounds) {
        this(rounds, Clocks.WALL);
    }

    /** Runs all in turns, first to warm up, then to measure; what is given is in the order of {@code works}. */
    public <K> Map<K, Times> measure(Map<K, ? extends Runnable> works) {
        for (int round = 0; round < rounds.warmUp(); round++) {
            works.values().forEach(Runnable::run);
        }
        Map<K, List<Long>> nanos = new LinkedHashMap<>();
        works.keySet().forEach(key -> nanos.put(key, new ArrayList<>()));
        long spent = 0;
        for (int round = 0; round < rounds.most() && !isEnough(round, spent); round++) {
            for (Map.Entry<K, ? extends Runnable> work : works.entrySet()) {
                long start = clock.getAsLong();
                work.getValue().run();
                long time = clock.getAsLong() - start;
                spent += time;
                nanos.computeIfAbsent(work.getKey(), key -> new ArrayList<>()).add(time);
            }
        }
        Map<K, Times> times = new LinkedHashMap<>();
        nanos.forEach((key, each) -> times.put(key, Times.of(each)));
        return times;
    }

    private boolean isEnough(int round, long spent) {
        return round >= rounds.least() && spent >= rounds.budget().toNanos();
    }
}
