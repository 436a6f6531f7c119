package io.icespar.engine.run;

import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.jspecify.annotations.Nullable;

/** Rows that are counted, and whose end is told. */
final class WatchedCursor implements RowCursor {
    private final RowCursor cursor;
    private final RowWatcher watcher;
    private long rows;
    private boolean over;
    private volatile boolean cancelled;

    WatchedCursor(RowCursor cursor, RowWatcher watcher) {
        this.cursor = cursor;
        this.watcher = watcher;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        @Nullable Object @Nullable [] row;
        try {
            row = cursor.next();
        } catch (RuntimeException | Error e) {
            if (!over) {
                over = true;
                watcher.failed(e, rows);
            }
            throw e;
        }
        if (row != null) {
            rows++;
        } else if (!over) {
            over = true;
            watcher.exhausted(rows);
        }
        return row;
    }

    @Override
    public void cancel() {
        cancelled = true;
        cursor.cancel();
    }

    @Override
    public void close() {
        try {
            cursor.close();
        } finally {
            if (!over) {
                over = true;
                if (cancelled) {
                    watcher.failed(new IcesparException(ErrorCode.CANCELLED, "the statement was cancelled"), rows);
                } else {
                    watcher.closed(rows);
                }
            }
        }
    }
}
