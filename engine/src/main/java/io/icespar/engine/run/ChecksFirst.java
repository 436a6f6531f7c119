package io.icespar.engine.run;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.RowCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query once its checks are done; if one of them fails, so does the query, before it reads a row. */
final class ChecksFirst implements RowCursor {
    private final Backend backend;
    private final List<BackendQuery> checks;
    private final RowCursor rows;
    private final Runnable whenDone;
    private int done;

    /** The check at work. Guarded by this object, as {@code ended}. */
    private @Nullable RowCursor check;

    private boolean ended;

    /**
     * Prepares the query.
     *
     * @param checks are done one after the other when the first row is asked for
     * @param whenDone is run once, when all checks are done
     */
    ChecksFirst(Backend backend, List<BackendQuery> checks, BackendQuery rows, Runnable whenDone) {
        this.backend = backend;
        this.checks = List.copyOf(checks);
        this.rows = backend.execute(rows);
        this.whenDone = whenDone;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        checkFirst();
        return rows.next();
    }

    @Override
    public @Nullable Columns nextColumns(long most) {
        checkFirst();
        return rows.nextColumns(most);
    }

    private void checkFirst() {
        while (done < checks.size() && begin(checks.get(done))) {
            finish();
            done++;
            if (done == checks.size()) {
                whenDone.run();
            }
        }
    }

    /** Whether there is still someone who waits for it. */
    private synchronized boolean begin(BackendQuery query) {
        if (!ended) {
            check = backend.execute(query);
        }
        return !ended;
    }

    private void finish() {
        try (RowCursor current = current()) {
            while (current != null && current.next() != null) {
                // There is one row, of which no value matters.
            }
        }
    }

    private synchronized @Nullable RowCursor current() {
        return check;
    }

    @Override
    public void cancel() {
        RowCursor current = end();
        if (current != null) {
            current.cancel();
        }
        rows.cancel();
    }

    private synchronized @Nullable RowCursor end() {
        ended = true;
        return check;
    }

    @Override
    public void close() {
        try (rows) {
            RowCursor current = end();
            if (current != null) {
                current.close();
            }
        }
    }
}
