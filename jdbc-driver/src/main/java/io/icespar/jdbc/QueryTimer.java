package io.icespar.jdbc;

import io.icespar.avatica.Unchecked;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The clock that {@link java.sql.Statement#setQueryTimeout} sets; Avatica's protocol does not carry it. */
final class QueryTimer {
    private QueryTimer() {}

    /**
     * Does {@code call}. If that takes longer than so many seconds, does {@code cancel} beside it, upon which
     * {@code call} is expected to fail.
     *
     * @param seconds 0 for however long it takes
     */
    static <T> T run(int seconds, Runnable cancel, Supplier<T> call) {
        if (seconds == 0) {
            return call.get();
        }
        var expired = new AtomicBoolean();
        var timer = CompletableFuture.runAsync(
                () -> {
                    expired.set(true);
                    cancel.run();
                },
                CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS));
        try {
            return call.get();
        } catch (Exception e) {
            throw Unchecked.raise(
                    expired.get()
                            ? new SQLTimeoutException(
                                    "the statement was cancelled after " + seconds + " seconds, its timeout",
                                    SqlState.CANCELLED.code())
                            : e);
        } finally {
            timer.cancel(false);
        }
    }
}
