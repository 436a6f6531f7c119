package io.icespar.engine.jdbc;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that read the next rows of a statement while its client is busy with those it has got. How many frames wait for
 * their clients is limited: whoever opens statements and does not read on shall not fill the memory.
 */
public final class ReadAhead implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final Semaphore places;
    private final ThreadPoolExecutor threads;

    /**
     * Creates it; threads start when they are needed.
     *
     * @param threads how many statements are read ahead at the same time
     * @param frames how many frames may wait
     */
    public ReadAhead(int threads, int frames) {
        var number = new AtomicInteger();
        this.places = new Semaphore(frames);
        this.threads =
                new ThreadPoolExecutor(0, threads, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    var thread = new Thread(work, "icespar-read-ahead-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** One that never reads anything. */
    public static ReadAhead none() {
        return new ReadAhead(1, 0);
    }

    /** Starts to read if there is a place for what is read; if so, {@link #leave} gives it back. */
    boolean enter(Runnable reading) {
        if (!places.tryAcquire()) {
            return false;
        }
        try {
            threads.execute(reading);
            return true;
        } catch (RejectedExecutionException e) {
            places.release();
            return false;
        }
    }

    /** What was read, if anything, is no longer here. */
    void leave() {
        places.release();
    }

    /** Reads nothing any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
