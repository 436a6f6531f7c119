package io.icespar.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.avatica.columns.Column;
import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit that is reached ends the backend's work, with its own error, which stays. */
@Timeout(60)
class LimitedCursorTest {
    private static final Name BOB = Name.of("bob");

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger ended = new AtomicInteger();
    private final Work work = new Work();

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    /** Gives rows until it is cancelled, or works for the next one for ever. */
    private static final class Work implements RowCursor {
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private boolean isEndless;
        private int rowsLeft;
        private boolean closed;

        @Override
        public @Nullable Object @Nullable [] next() {
            try {
                if (isEndless) {
                    cancelled.await();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (cancelled.getCount() == 0) {
                throw new IcesparException(ErrorCode.CANCELLED, "the query was cancelled");
            }
            return rowsLeft-- > 0 ? new @Nullable Object[] {1} : null;
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static QueryLimits limits(OptionalLong seconds, OptionalLong rows) {
        return new QueryLimits(BOB, seconds, rows, OptionalLong.empty(), OptionalLong.empty());
    }

    private LimitedCursor limited(int timeout, OptionalLong seconds, OptionalLong rows) {
        return new LimitedCursor(work, limits(seconds, rows), timeout, clock, ended::incrementAndGet);
    }

    private static void fails(ErrorCode code, String words, LimitedCursor cursor) {
        for (int i = 0; i < 2; i++) {
            IcesparException e = assertThrows(IcesparException.class, () -> cursor.next());
            assertEquals(code, e.code());
            assertEquals(words, e.getMessage());
        }
    }

    @Test
    void whatTakesTooLongIsCancelled() {
        work.isEndless = true;
        LimitedCursor cursor = limited(0, OptionalLong.of(1), OptionalLong.empty());
        fails(ErrorCode.TIME_LIMIT_REACHED, "the query was cancelled: limit `queries_time_limit` is 1 s", cursor);
        assertEquals(1, ended.get());
        cursor.close();
        assertTrue(work.closed);
        assertEquals(1, ended.get());
    }

    @Test
    void rowsThatComeAsColumnsCount() {
        RowCursor cursor = new RowCursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                return new Object[] {1};
            }

            @Override
            public Columns nextColumns(long most) {
                return new Columns(5, List.of(Column.objects(new Object[] {1, 2, 3, 4, 5})))
                        .part(0, (int) Math.min(5, most));
            }

            @Override
            public void cancel() {}

            @Override
            public void close() {
                work.close();
            }
        };
        var limited = new LimitedCursor(
                cursor, limits(OptionalLong.empty(), OptionalLong.of(11)), 0, clock, ended::incrementAndGet);
        assertNotNull(limited.next());
        assertEquals(5, Objects.requireNonNull(limited.nextColumns(100)).size());
        assertEquals(2, Objects.requireNonNull(limited.nextColumns(2)).size());
        // Those that there may be are given.
        assertEquals(3, Objects.requireNonNull(limited.nextColumns(100)).size());
        IcesparException e = assertThrows(IcesparException.class, () -> limited.nextColumns(100));
        assertEquals(ErrorCode.RESULT_LIMIT_REACHED, e.code());
        assertTrue(work.closed);
        assertEquals(1, ended.get());
    }

    @Test
    void whatIsSlowToStopHoldsUpNoOthersLimit() {
        var stopping = new CountDownLatch(1);
        RowCursor slow = new RowCursor() {
            @Override
            public @Nullable Object @Nullable [] next() {
                return null;
            }

            @Override
            public void cancel() {
                try {
                    stopping.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {}
        };
        var first = new LimitedCursor(slow, limits(OptionalLong.of(1), OptionalLong.empty()), 0, clock, () -> {});
        work.isEndless = true;
        LimitedCursor cursor = limited(0, OptionalLong.of(1), OptionalLong.empty());
        fails(ErrorCode.TIME_LIMIT_REACHED, "the query was cancelled: limit `queries_time_limit` is 1 s", cursor);
        stopping.countDown();
        first.close();
    }

    @Test
    void whatTheCallerCancelsReachedNoLimit() {
        LimitedCursor cursor = limited(0, OptionalLong.of(1000), OptionalLong.empty());
        cursor.cancel();
        assertEquals(1, ended.get());
        fails(ErrorCode.CANCELLED, "the query was cancelled", cursor);
    }

    @Test
    void theStatementsOwnTimeIsNoLimit() {
        work.isEndless = true;
        fails(ErrorCode.CANCELLED, "the query was cancelled", limited(1, OptionalLong.of(1000), OptionalLong.empty()));
    }

    @Test
    void oneRowTooManyEndsTheWork() {
        work.rowsLeft = 1_000_000;
        LimitedCursor cursor = limited(0, OptionalLong.empty(), OptionalLong.of(2));
        assertNotNull(cursor.next());
        assertNotNull(cursor.next());
        assertEquals(0, ended.get());
        fails(ErrorCode.RESULT_LIMIT_REACHED, "the query was cancelled: limit `queries_result_limit` is 2", cursor);
        assertTrue(work.closed);
        assertEquals(1, ended.get());
    }

    @Test
    void asManyRowsAsTheLimitAreGiven() {
        work.rowsLeft = 2;
        LimitedCursor cursor = limited(0, OptionalLong.of(1000), OptionalLong.of(2));
        assertNotNull(cursor.next());
        assertNotNull(cursor.next());
        assertNull(cursor.next());
        assertEquals(1, ended.get());
        cursor.close();
        assertEquals(1, ended.get());
    }

    @Test
    void queriesAreCountedByUser() {
        var running = new RunningQueries();
        var two = new QueryLimits(
                BOB, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(2));
        var one = new QueryLimits(
                BOB, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1));
        var ann = new QueryLimits(
                Name.of("ann"), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1));
        running.started(two);
        running.started(ann);
        assertThrows(IcesparException.class, () -> running.started(one));
        running.started(two);
        IcesparException e = assertThrows(IcesparException.class, () -> running.started(two));
        assertEquals(ErrorCode.CONCURRENCY_LIMIT_REACHED, e.code());
        assertEquals(
                "the query was not started: limit `max_concurrent_queries` is 2, and as many queries of user `bob` are"
                        + " running or have rows left to read",
                e.getMessage());
        running.ended(two);
        running.started(two);
        running.ended(two);
        running.ended(two);
        running.started(one);
    }
}
