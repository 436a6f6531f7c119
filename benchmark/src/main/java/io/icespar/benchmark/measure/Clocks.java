package io.icespar.benchmark.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Clocks, in nanoseconds. */
public final class Clocks {
    /** The one on the wall. */
    public static final LongSupplier WALL = System::nanoTime;

    /**
     * How long the calling thread has had a processor, for work that is done on it: what else the machine does does not
     * weigh at all.
     */
    public static final LongSupplier THREAD = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;

    private Clocks() {}

    /**
     * How long all threads of Java together have had a processor, for work that several share. What threads did that have
     * ended since is missing.
     */
    public static long allThreads() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return Arrays.stream(threads.getThreadCpuTime(threads.getAllThreadIds()))
                .filter(nanos -> nanos > 0)
                .sum();
    }
}
