package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.avatica.columns.Column;
import io.icespar.avatica.columns.ColumnKind;
import io.icespar.avatica.columns.Columns;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenStatementTest {
    private final ReadAhead readAhead = new ReadAhead(2, 2);
    private final OpenStatement eager = new OpenStatement(8, readAhead);
    private final OpenStatement statement = new OpenStatement(7, ReadAhead.none());

    /** Rows with the numbers from 0, until the last. */
    private static class Numbers implements OpenStatement.Rows {
        final long last;
        long next;
        boolean closed;
        volatile boolean cancelled;

        Numbers(long last) {
            this.last = last;
        }

        @Override
        public Signature signature() {
            return Signatures.of(List.of());
        }

        @Override
        public Object @Nullable [] next() {
            if (cancelled) {
                throw new IcesparException(ErrorCode.CANCELLED, "the query was cancelled");
            }
            return next > last ? null : new Object[] {next++};
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Numbers execute(Numbers rows, long most) {
        statement.execute(most, () -> Optional.of(rows));
        return rows;
    }

    private static List<Object> values(Frame frame) {
        var values = new ArrayList<Object>();
        frame.rows.forEach(row -> values.add(((Object[]) row)[0]));
        return values;
    }

    /** The same, those from 3 on as columns of 4 rows each. */
    private static final class NumbersAsColumns extends Numbers {
        NumbersAsColumns(long last) {
            super(last);
        }

        @Override
        public @Nullable Columns nextColumns(long most) {
            if (next < 3 || next > last) {
                return null;
            }
            var numbers = LongStream.range(next, Math.min(next + Math.min(4, most), last + 1))
                    .toArray();
            next += numbers.length;
            return new Columns(numbers.length, List.of(Column.wholeNumbers(ColumnKind.LONGS, numbers, new BitSet())));
        }
    }

    @Test
    void whatFailsHasNoRestEvenIfItCannotBeClosed() {
        execute(
                new Numbers(9) {
                    @Override
                    public Object @Nullable [] next() {
                        if (next == 5) {
                            throw new OutOfMemoryError("as if there were none");
                        }
                        return super.next();
                    }

                    @Override
                    public void close() {
                        throw new IllegalStateException("as if it were busy");
                    }
                },
                0);
        assertThrows(OutOfMemoryError.class, () -> statement.fetch(0, 8));
        var e = assertThrows(IcesparException.class, () -> statement.fetch(0, 8));
        assertEquals(ErrorCode.INVALID_STATE, e.code());
    }

    @Test
    void whatIsCancelledGivesNothingThatWasReadAhead() throws InterruptedException {
        var isRead = new CountDownLatch(1);
        var rows = new Numbers(99) {
            @Override
            public Object @Nullable [] next() {
                var row = super.next();
                if (next == 31) {
                    isRead.countDown();
                }
                return row;
            }
        };
        eager.execute(0, () -> Optional.of(rows));
        eager.fetch(0, 10);
        eager.fetch(10, 10);
        isRead.await();
        eager.cancel();
        var e = assertThrows(IcesparException.class, () -> eager.fetch(20, 10));
        assertEquals(ErrorCode.CANCELLED, e.code());
        assertTrue(rows.closed);
    }

    @Test
    void whatFailsInTheMidstOfAFrameHasNoRest() {
        execute(
                new Numbers(9) {
                    @Override
                    public @Nullable Columns nextColumns(long most) {
                        if (next == 5) {
                            next++;
                            throw new OutOfMemoryError("as if there were none");
                        }
                        return null;
                    }
                },
                0);
        assertThrows(OutOfMemoryError.class, () -> statement.fetch(0, 8));
        var e = assertThrows(IcesparException.class, () -> statement.fetch(0, 8));
        assertEquals(ErrorCode.INVALID_STATE, e.code());
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "1,0", "2,0", "3,0", "4,0", "5,0", "100,0", "5,2", "5,3", "5,4", "5,7", "5,8", "2,7", "100,9", "100,11",
        "4,100"
    })
    void rowsAndColumnsMakeOneAnswer(int frame, int most) {
        execute(new NumbersAsColumns(9), most);
        var all = new ArrayList<Object>();
        while (true) {
            var next = statement.fetch(all.size(), frame);
            var size = ((List<?>) next.rows).size();
            assertTrue(size > 0 && (frame == 0 || size <= frame), () -> size + " rows");
            next.rows.forEach(row -> all.add(row instanceof Object[] array ? array[0] : ((List<?>) row).get(0)));
            if (next.done) {
                break;
            }
        }
        var expected =
                LongStream.range(0, most == 0 ? 10 : Math.min(10, most)).boxed().toList();
        assertEquals(expected, all);
    }

    @Test
    void theFrameWithTheLastRowIsTheLast() {
        var rows = execute(new Numbers(4), 0);
        var first = statement.fetch(0, 3);
        assertEquals(List.of(0L, 1L, 2L), values(first));
        assertFalse(first.done);
        assertFalse(rows.closed);
        var second = statement.fetch(3, 2);
        assertEquals(List.of(3L, 4L), values(second));
        assertTrue(second.done);
        assertTrue(rows.closed);
    }

    @Test
    void noRowsAreOneEmptyFrame() {
        execute(new Numbers(-1), 0);
        var frame = statement.fetch(0, 3);
        assertEquals(List.of(), values(frame));
        assertTrue(frame.done);
        assertTrue(statement.gaveRows());
    }

    @Test
    void aCommandGivesNoRows() {
        assertEquals(Optional.empty(), statement.execute(0, Optional::empty));
        assertFalse(statement.gaveRows());
    }

    @Test
    void noMoreRowsAreReadThanMayBeGiven() {
        var rows = execute(new Numbers(1_000_000), 5);
        assertEquals(List.of(0L, 1L, 2L), values(statement.fetch(0, 3)));
        var last = statement.fetch(3, 3);
        assertEquals(List.of(3L, 4L), values(last));
        assertTrue(last.done);
        assertEquals(5, rows.next);
    }

    @Test
    void aFrameHoldsSoManyRowsAsAreSoundWhateverIsAskedFor() {
        var rows = execute(new Numbers(1_000_000), 0);
        assertEquals(100, values(statement.fetch(0, 0)).size());
        assertEquals(100, values(statement.fetch(100, -1)).size());
        assertEquals(10_000, values(statement.fetch(200, Integer.MAX_VALUE)).size());
        assertEquals(10_201, rows.next);
    }

    @Test
    void aFrameOfWideRowsHoldsFewer() {
        var wide = "x".repeat(1_000_000);
        execute(
                new Numbers(100) {
                    @Override
                    public Object @Nullable [] next() {
                        return super.next() == null ? null : new Object[] {wide};
                    }
                },
                0);
        var frame = statement.fetch(0, 1000);
        assertEquals(4, values(frame).size());
        assertFalse(frame.done);
    }

    @Test
    void rowsCannotBeFetchedTwiceNorSkipped() {
        execute(new Numbers(9), 0);
        assertFalse(statement.fetch(0, 3).done);
        fails(ErrorCode.INVALID_STATE, () -> statement.fetch(0, 3));
        fails(ErrorCode.INVALID_STATE, () -> statement.fetch(6, 3));
        assertEquals(List.of(3L, 4L, 5L), values(statement.fetch(3, 3)));
    }

    @Test
    void rowsThatEndWithAnErrorNeverLookComplete() {
        var rows = execute(
                new Numbers(9) {
                    @Override
                    public Object @Nullable [] next() {
                        if (next == 5) {
                            throw new IcesparException(ErrorCode.DATA_EXCEPTION, "a value cannot be computed");
                        }
                        return super.next();
                    }
                },
                0);
        assertFalse(statement.fetch(0, 3).done);
        fails(ErrorCode.DATA_EXCEPTION, () -> statement.fetch(3, 3));
        assertTrue(rows.closed);
        fails(ErrorCode.INVALID_STATE, () -> statement.fetch(3, 3));
        execute(new Numbers(0), 0);
        assertTrue(statement.fetch(0, 3).done);
    }

    @Test
    void rowsThatAreCancelledNeverLookComplete() {
        execute(new Numbers(9), 0);
        assertFalse(statement.fetch(0, 3).done);
        statement.cancel();
        fails(ErrorCode.CANCELLED, () -> statement.fetch(3, 3));
        fails(ErrorCode.INVALID_STATE, () -> statement.fetch(3, 3));
    }

    @Test
    void aStatementThatIsClosedFreesItsRows() {
        var rows = execute(new Numbers(9), 0);
        statement.close();
        assertTrue(rows.cancelled);
        assertTrue(rows.closed);
        fails(ErrorCode.INVALID_STATE, () -> statement.fetch(0, 3));
    }

    @Test
    void theRowsOfTheExecutionBeforeAreFreed() {
        var before = execute(new Numbers(9), 0);
        execute(new Numbers(9), 0);
        assertTrue(before.closed);
    }

    @Test
    void closingStopsAQueryThatRuns() throws Exception {
        var running = new CountDownLatch(1);
        var rows = new Numbers(9) {
            final CountDownLatch stopped = new CountDownLatch(1);

            @Override
            public Object @Nullable [] next() {
                running.countDown();
                try {
                    stopped.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return super.next();
            }

            @Override
            public void cancel() {
                super.cancel();
                stopped.countDown();
            }
        };
        var pool = Executors.newSingleThreadExecutor();
        try {
            var execution = pool.submit(() -> execute(rows, 0));
            running.await();
            statement.close();
            var error = assertThrows(ExecutionException.class, execution::get);
            var cause = assertInstanceOf(IcesparException.class, error.getCause());
            assertEquals(ErrorCode.CANCELLED, cause.code());
            assertTrue(rows.closed);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aQueryThatWasCancelledWhileItStartedGivesNoRows() {
        var rows = new Numbers(9);
        fails(
                ErrorCode.CANCELLED,
                () -> statement.execute(0, () -> {
                    statement.cancel();
                    return Optional.of(rows);
                }));
        assertTrue(rows.closed);
    }

    private static void fails(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(IcesparException.class, call).code());
    }

    @AfterEach
    void stopReading() {
        eager.close();
        readAhead.close();
    }

    /** Rows that wait at the fifth until they may go on, or are cancelled. */
    private static final class Waiting extends Numbers {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);

        Waiting() {
            super(20);
        }

        @Override
        public Object @Nullable [] next() {
            if (next == 5) {
                arrived.countDown();
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return super.next();
        }

        @Override
        public void cancel() {
            super.cancel();
            mayGoOn.countDown();
        }
    }

    @Test
    void whoComesBackForMoreFindsItRead() throws Exception {
        var rows = new Waiting();
        eager.execute(0, () -> Optional.of(rows));
        assertEquals(List.of(0L, 1L), values(eager.fetch(0, 2)));
        assertEquals(3, rows.next);
        assertEquals(List.of(2L, 3L), values(eager.fetch(2, 2)));
        // Nobody has asked for the fifth.
        rows.arrived.await();
        rows.mayGoOn.countDown();
        assertEquals(List.of(4L, 5L), values(eager.fetch(4, 2)));
        assertEquals(List.of(6L, 7L, 8L), values(eager.fetch(6, 3)));
    }

    @Test
    void whatFailsAheadOfTheClientIsToldWhenItComes() throws Exception {
        var rows = new Waiting();
        eager.execute(0, () -> Optional.of(rows));
        eager.fetch(0, 2);
        eager.fetch(2, 2);
        rows.arrived.await();
        eager.cancel();
        fails(ErrorCode.CANCELLED, () -> eager.fetch(4, 2));
        fails(ErrorCode.INVALID_STATE, () -> eager.fetch(4, 2));
    }

    @Test
    void anotherExecutionDoesNotWaitForWhatIsReadAhead() throws Exception {
        var rows = new Waiting();
        eager.execute(0, () -> Optional.of(rows));
        eager.fetch(0, 2);
        eager.fetch(2, 2);
        rows.arrived.await();
        eager.execute(0, () -> Optional.of(new Numbers(3)));
        assertTrue(rows.closed);
        assertEquals(List.of(0L, 1L), values(eager.fetch(0, 2)));
        assertEquals(List.of(2L, 3L), values(eager.fetch(2, 2)));
    }

    @Test
    void noMoreIsReadAheadThanThereIsRoomFor() throws Exception {
        var full = new ReadAhead(1, 1);
        assertTrue(full.enter(() -> {}));
        var waiting = new OpenStatement(9, full);
        var rows = new Waiting();
        waiting.execute(0, () -> Optional.of(rows));
        waiting.fetch(0, 2);
        waiting.fetch(2, 2);
        assertEquals(5, rows.next);
        waiting.close();
        full.close();
    }
}
