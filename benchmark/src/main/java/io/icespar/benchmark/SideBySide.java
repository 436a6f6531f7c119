package io.icespar.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * How long two things take, measured in turns, so that what else the machine does weighs on both.
 *
 * @param one the median time of the first
 * @param other the median time of the second
 */
record SideBySide(Duration one, Duration other) {
    /** How often what takes about a millisecond is run before it is measured: until then Java compiles its code. */
    private static final int WARM_UP = 500;

    /**
     * Runs both in turns, first to warm up, then to measure.
     *
     * @param rounds how often each is measured
     */
    static SideBySide measure(int rounds, Runnable one, Runnable other) {
        return measure(rounds, rounds, System::nanoTime, one, other);
    }

    /**
     * As {@link #measure(int, Runnable, Runnable)}, for work that is done on the calling thread: counts how long that
     * thread has a processor, so that what else the machine does does not weigh at all.
     */
    static SideBySide measureOnThread(int rounds, Runnable one, Runnable other) {
        LongSupplier clock = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        return measure(Math.max(WARM_UP, rounds), rounds, clock, one, other);
    }

    /**
     * As {@link #measure(int, Runnable, Runnable)}, for work that several threads share: counts how long all threads of
     * Java together have a processor. What of it threads did that have ended since is missing.
     */
    static SideBySide measureOnThreads(int rounds, Runnable one, Runnable other) {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        LongSupplier clock = () -> Arrays.stream(threads.getThreadCpuTime(threads.getAllThreadIds()))
                .filter(nanos -> nanos > 0)
                .sum();
        return measure(rounds, rounds, clock, one, other);
    }

    private static SideBySide measure(int warmUp, int rounds, LongSupplier clock, Runnable one, Runnable other) {
        times(warmUp, clock, one, other);
        long[][] nanos = times(rounds, clock, one, other);
        return new SideBySide(median(nanos[0]), median(nanos[1]));
    }

    private static long[][] times(int rounds, LongSupplier clock, Runnable one, Runnable other) {
        long[][] nanos = new long[2][rounds];
        for (int i = 0; i < rounds; i++) {
            nanos[0][i] = time(clock, one);
            nanos[1][i] = time(clock, other);
        }
        return nanos;
    }

    private static long time(LongSupplier clock, Runnable work) {
        long start = clock.getAsLong();
        work.run();
        return clock.getAsLong() - start;
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
