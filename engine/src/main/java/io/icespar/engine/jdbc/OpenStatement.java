package io.icespar.engine.jdbc;

import com.google.common.base.Throwables;
import io.icespar.avatica.columns.Columns;
import io.icespar.engine.Session.Prepared;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Signature;
import org.jspecify.annotations.Nullable;

/**
 * An open statement: what was prepared, if anything, and the rows it is giving out, if any.
 *
 * <p>Work on it goes one after the other, under its monitor; {@link #cancel} and {@link #close} do not wait for a
 * running query but stop it.
 */
final class OpenStatement {
    /** Rows in a frame where the client does not say, as in Avatica's own client. */
    private static final int DEFAULT_FRAME_ROWS = 100;

    private static final int MAX_FRAME_ROWS = 10_000;

    /** A frame ends with the row that brings it over this, so that wide rows do not fill the memory. */
    private static final long MAX_FRAME_CHARACTERS = 4_000_000;

    private final int id;
    private final ReadAhead readAhead;
    private @Nullable Prepared prepared;
    private long preparedMaxRows;
    private volatile @Nullable Rows rows;
    private volatile boolean cancelled;
    private volatile boolean closed;
    private State state = State.NEW;
    private long position;
    private long maxRows;

    /** What is given out next: a row, or {@link Columns}; null after the last. */
    private @Nullable Object ahead;

    /** The frame that was read while the client was busy with the one before. */
    private @Nullable Frame next;

    /** Why it could not be read; the client learns it when it asks for it. */
    private @Nullable Throwable failure;

    private volatile boolean isReadingAhead;
    private boolean hasPlace;

    private enum State {
        /** Nothing was executed, or what was gives no rows. */
        NEW,
        /** There may be rows to come. */
        OPEN,
        /** All rows have been read. */
        DONE,
        /** The rows ended with an error. They must not look as if they ended well. */
        FAILED
    }

    /** Rows ready to be sent, wherever they come from. */
    interface Rows extends AutoCloseable {
        /** The columns of the rows. */
        Signature signature();

        /** The next row in Avatica's representation, or null after the last. */
        Object @Nullable [] next();

        /**
         * Some of the next rows, {@code most} at most, if they are there as columns; null if they, or the end, are to be
         * asked for as rows.
         */
        default @Nullable Columns nextColumns(long most) {
            return null;
        }

        /** Makes {@link #next} fail, in whichever thread it runs. */
        void cancel();

        @Override
        void close();
    }

    OpenStatement(int id, ReadAhead readAhead) {
        this.id = id;
        this.readAhead = readAhead;
    }

    int id() {
        return id;
    }

    /** Keeps what was prepared, to be executed later; {@code most} rows are to be given then, 0 or less for all. */
    synchronized void prepared(Prepared statement, long most) {
        this.prepared = statement;
        this.preparedMaxRows = most;
    }

    synchronized long preparedMaxRows() {
        return preparedMaxRows;
    }

    synchronized Optional<Prepared> findPrepared() {
        return Optional.ofNullable(prepared);
    }

    /**
     * Starts anew: closes the rows of the execution before, runs {@code work} and keeps the rows it gives.
     *
     * @param most how many rows are given out at most; 0 or less for all
     * @return the signature of the rows; empty if there are none to come, as the statement is a command
     */
    Optional<Signature> execute(long most, Supplier<Optional<Rows>> work) {
        stopReadingAhead();
        return start(most, work);
    }

    /** Nobody wants any more what is read ahead, so nobody shall wait for it. */
    private void stopReadingAhead() {
        var running = rows;
        if (isReadingAhead && running != null) {
            running.cancel();
        }
    }

    private synchronized Optional<Signature> start(long most, Supplier<Optional<Rows>> work) {
        closeRows();
        state = State.NEW;
        cancelled = false;
        isReadingAhead = false;
        next = null;
        failure = null;
        leavePlace();
        position = 0;
        maxRows = most;
        var started = work.get();
        if (cancelled || closed) {
            started.ifPresent(Rows::close);
            throw new IcesparException(ErrorCode.CANCELLED, "the statement was cancelled");
        }
        started.ifPresent(source -> {
            rows = source;
            state = State.OPEN;
            ahead = first();
        });
        return started.map(Rows::signature);
    }

    private @Nullable Object first() {
        try {
            return advance(0, 1);
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    /** Whether what runs is to be stopped. */
    boolean isCancelled() {
        return cancelled || closed;
    }

    /** Whether the last execution gave rows, be there none left. */
    synchronized boolean gaveRows() {
        return state != State.NEW;
    }

    /**
     * The next rows.
     *
     * @param offset how many rows the client has had
     * @param size how many rows it wants; 0 or less if it does not say
     * @return at least one row, unless there are none left
     */
    synchronized Frame fetch(long offset, int size) {
        leavePlace();
        var failed = failure;
        if (failed != null) {
            failure = null;
            Throwables.throwIfUnchecked(failed);
        }
        if (state == State.FAILED) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATE, "there are no more rows: the statement ended with an error");
        }
        if (offset != position) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATE,
                    "cannot fetch from row " + offset + ": the statement is at row " + position
                            + " and goes forward only");
        }
        // Of a statement that was cancelled nothing is given that is not complete.
        var frame = next == null || (state == State.OPEN && isCancelled()) ? frame(size) : next;
        next = null;
        position += ((List<?>) frame.rows).size();
        // A client that comes back for more will do so again.
        if (offset > 0 && !frame.done) {
            readAhead(size);
        }
        return frame;
    }

    private void readAhead(int size) {
        long wanted = position;
        isReadingAhead = true;
        hasPlace = readAhead.enter(() -> {
            synchronized (this) {
                // The client may have been quicker, or want something else.
                if (!isReadingAhead || position != wanted || next != null || state != State.OPEN) {
                    return;
                }
                try {
                    next = frame(size);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                isReadingAhead = false;
            }
        });
        isReadingAhead &= hasPlace;
    }

    private void leavePlace() {
        if (hasPlace) {
            hasPlace = false;
            readAhead.leave();
        }
    }

    private Frame frame(int size) {
        var most = size <= 0 ? DEFAULT_FRAME_ROWS : Math.min(size, MAX_FRAME_ROWS);
        try {
            if (state == State.OPEN && isCancelled()) {
                throw new IcesparException(ErrorCode.CANCELLED, "the statement was cancelled");
            }
            List<Object> frame = ahead instanceof Columns ? columns(most) : rows(most);
            return new Frame(position, ahead == null, frame);
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    /** INVARIANT: rows that were taken and not given are never left out of an answer that goes on. */
    private void failed(Throwable e) {
        state = State.FAILED;
        try {
            // So that whoever watches the rows does not take their end for that of a client who has read enough.
            var running = rows;
            if (running != null) {
                running.cancel();
            }
            closeRows();
        } catch (RuntimeException | Error second) {
            e.addSuppressed(second);
        }
    }

    private List<Object> rows(int most) {
        var frame = new ArrayList<Object>(Math.min(most, 1_000));
        long characters = 0;
        while (ahead instanceof Object[] row && frame.size() < most && characters < MAX_FRAME_CHARACTERS) {
            frame.add(row);
            characters += characters(row);
            ahead = advance(position + frame.size(), most);
        }
        return frame;
    }

    private Columns columns(int most) {
        var parts = new ArrayList<Columns>();
        int count = 0;
        long bytes = 0;
        while (ahead instanceof Columns columns && count < most && bytes < MAX_FRAME_CHARACTERS) {
            int taken = Math.min(columns.size(), most - count);
            var part = columns.part(0, taken);
            parts.add(part);
            count += taken;
            bytes += part.bytes();
            ahead = taken < columns.size() ? columns.part(taken, columns.size()) : advance(position + count, most);
        }
        return Columns.joined(parts);
    }

    /** What comes after so many rows; null after the last. */
    private @Nullable Object advance(long given, int most) {
        var source = rows;
        if (source == null) {
            return null;
        }
        if (closed) {
            throw new IcesparException(ErrorCode.CANCELLED, "the statement was closed");
        }
        long left = maxRows > 0 ? maxRows - given : Long.MAX_VALUE;
        var following = left <= 0 ? null : following(source, Math.min(left, most));
        if (following == null) {
            // Frees what the backend holds without waiting for the client to close the statement.
            closeRows();
            state = State.DONE;
        }
        return following;
    }

    private static @Nullable Object following(Rows source, long most) {
        var columns = source.nextColumns(most);
        return columns == null ? source.next() : columns;
    }

    private static long characters(Object[] row) {
        long sum = 0;
        for (Object value : row) {
            if (value instanceof String text) {
                sum += text.length();
            } else if (value instanceof byte[] bytes) {
                sum += bytes.length;
            } else if (value instanceof List<?> list) {
                sum += characters(list.toArray());
            } else {
                sum += Long.BYTES;
            }
        }
        return sum;
    }

    /** Stops what runs, from another thread; the thread that waits for it gets {@code CANCELLED}. */
    void cancel() {
        cancelled = true;
        var running = rows;
        if (running != null) {
            running.cancel();
        }
    }

    /** Stops what runs and frees what it holds. */
    void close() {
        closed = true;
        cancel();
        synchronized (this) {
            if (rows != null) {
                state = State.FAILED;
            }
            closeRows();
            next = null;
            leavePlace();
        }
    }

    private synchronized void closeRows() {
        var open = rows;
        rows = null;
        ahead = null;
        if (open != null) {
            open.close();
        }
    }
}
