package io.icespar.engine.run;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.function.Supplier;
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
        var row = watched(cursor::next);
        given(row == null ? 0 : 1);
        return row;
    }

    @Override
    public @Nullable Columns nextColumns(long most) {
        var columns = watched(() -> cursor.nextColumns(most));
        if (columns != null) {
            given(columns.size());
        }
        return columns;
    }

    private <T extends @Nullable Object> T watched(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException | Error e) {
            if (!over) {
                over = true;
                watcher.failed(e, rows);
            }
            throw e;
        }
    }

    /** Counts rows; none is the end. */
    private void given(int more) {
        rows += more;
        if (more == 0 && !over) {
            over = true;
            watcher.exhausted(rows);
        }
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
