package io.icespar.engine.run;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of a query within its limits. A limit that is reached ends the backend's work at once. */
final class LimitedCursor implements RowCursor {
    private final RowCursor cursor;
    private final QueryLimits limits;
    private final Runnable whenEnded;
    private final List<Future<?>> timers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private volatile boolean isTimeUp;
    private long given;
    private @Nullable IcesparException failure;

    /**
     * Starts the time.
     *
     * @param timeoutSeconds after how long the query is cancelled as the caller wished, 0 for never
     * @param whenEnded is run once, when the query's work is over
     */
    LimitedCursor(
            RowCursor cursor,
            QueryLimits limits,
            int timeoutSeconds,
            ScheduledExecutorService clock,
            Runnable whenEnded) {
        this.cursor = cursor;
        this.limits = limits;
        this.whenEnded = whenEnded;
        if (timeoutSeconds > 0) {
            timers.add(clock.schedule(apart(this::cancel), timeoutSeconds, TimeUnit.SECONDS));
        }
        if (limits.seconds().isPresent()) {
            Runnable timeIsUp = () -> {
                isTimeUp = true;
                cancel();
            };
            timers.add(clock.schedule(apart(timeIsUp), limits.seconds().getAsLong(), TimeUnit.SECONDS));
        }
    }

    // A backend may take some time to stop, for which the other queries' limits do not wait.
    private static Runnable apart(Runnable work) {
        return () -> {
            Thread thread = new Thread(work, "icespar-time-is-up");
            thread.setDaemon(true);
            thread.start();
        };
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        var row = limited(cursor::next);
        given(row == null ? 0 : 1);
        return row;
    }

    @Override
    public @Nullable Columns nextColumns(long most) {
        // One more than there may be tells that there are too many.
        long left = limits.rows().isPresent() ? Math.max(limits.rows().getAsLong() - given, 1) : most;
        var columns = limited(() -> cursor.nextColumns(Math.min(most, left)));
        if (columns != null) {
            given(columns.size());
        }
        return columns;
    }

    private <T extends @Nullable Object> T limited(Supplier<T> reading) {
        if (failure != null) {
            throw failure;
        }
        try {
            return reading.get();
        } catch (IcesparException e) {
            throw failed(isTimeUp && e.code() == ErrorCode.CANCELLED ? limits.tooLong() : e);
        }
    }

    /** Counts rows; none is the end. */
    private void given(int more) {
        if (more == 0) {
            ended();
        }
        given += more;
        if (limits.rows().isPresent() && given > limits.rows().getAsLong()) {
            cursor.close();
            throw failed(limits.tooManyRows());
        }
    }

    /** Once failed, always failed: who asks again must not take the end for that of the rows. */
    private IcesparException failed(IcesparException e) {
        failure = e;
        ended();
        return e;
    }

    private void ended() {
        if (hasEnded.compareAndSet(false, true)) {
            timers.forEach(timer -> timer.cancel(false));
            whenEnded.run();
        }
    }

    @Override
    public void cancel() {
        cursor.cancel();
        ended();
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } finally {
            ended();
        }
    }
}
