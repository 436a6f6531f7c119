package io.icespar.jdbc;

import io.icespar.jdbc.login.BackgroundThread;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.Meta.Frame;

/**
 * Fetches a statement's next frame while the program reads the one before; for some statements of a connection at a time.
 * Threads are there only while there is something to fetch, and a little longer.
 */
final class FramesAhead {
    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 5;

    private final Map<Integer, Future<Frame>> onTheirWay = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> BackgroundThread.daemon("icespar-jdbc-rows", work));

    /** Begins to fetch; nothing, if that is being done for too many statements already. */
    Optional<Future<Frame>> begin(int statement, Callable<Frame> fetch) {
        var frame = new FutureTask<>(fetch) {
            @Override
            protected void done() {
                onTheirWay.remove(statement, this);
            }
        };
        onTheirWay.put(statement, frame);
        try {
            threads.execute(frame);
            return Optional.of(frame);
        } catch (RejectedExecutionException e) {
            onTheirWay.remove(statement, frame);
            return Optional.empty();
        }
    }

    /** Whether a statement's next frame is still on its way; nobody will ask for it any more. */
    boolean abandon(int statement) {
        return onTheirWay.remove(statement) != null;
    }
}
