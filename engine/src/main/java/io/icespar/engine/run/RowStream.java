package io.icespar.engine.run;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.RowCursor;
import io.icespar.engine.plan.ResultColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an answer, as they come. Used by one thread, but for {@link #cancel}; the caller closes it. */
public final class RowStream implements AutoCloseable {
    private final List<ResultColumn> columns;
    private final RowCursor cursor;

    RowStream(List<ResultColumn> columns, RowCursor cursor) {
        this.columns = List.copyOf(columns);
        this.cursor = cursor;
    }

    /** The columns of each row. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** The same rows; {@code watcher} is told when they end, and how. */
    public RowStream watched(RowWatcher watcher) {
        return new RowStream(columns, new WatchedCursor(cursor, watcher));
    }

    /**
     * The next row, or null after the last. Each value has the Java type that its column's form names, or is null.
     *
     * @throws io.icespar.security.error.IcesparException {@code DATA_EXCEPTION} if a value cannot be computed,
     *     {@code CANCELLED} after {@link #cancel} or the statement's own time, {@code TIME_LIMIT_REACHED} and {@code
     *     RESULT_LIMIT_REACHED} at the caller's limits
     */
    public @Nullable Object @Nullable [] next() {
        return cursor.next();
    }

    /** As {@link RowCursor#nextColumns}, and with the errors of {@link #next}. */
    public @Nullable Columns nextColumns(long most) {
        return cursor.nextColumns(most);
    }

    /** Stops the query from another thread; harmless when it is done already. */
    public void cancel() {
        cursor.cancel();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
