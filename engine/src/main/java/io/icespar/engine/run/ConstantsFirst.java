package io.icespar.engine.run;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.RowCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query once its constants are computed; if one of them fails, so does the query, before it reads a row. */
final class ConstantsFirst implements RowCursor {
    private final List<RowCursor> constants = new ArrayList<>();
    private final RowCursor rows;
    private final Runnable whenTheyHold;
    private boolean hold;

    /**
     * Prepares all of it.
     *
     * @param whenTheyHold is run once, when all constants are computed
     */
    ConstantsFirst(Backend backend, List<BackendQuery> constants, BackendQuery rows, Runnable whenTheyHold) {
        this.whenTheyHold = whenTheyHold;
        try {
            for (BackendQuery each : constants) {
                this.constants.add(backend.execute(each));
            }
            this.rows = backend.execute(rows);
        } catch (RuntimeException | Error e) {
            this.constants.forEach(RowCursor::close);
            throw e;
        }
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        if (!hold) {
            for (RowCursor each : constants) {
                while (each.next() != null) {
                    // There is one row, of which no value matters.
                }
                each.close();
            }
            hold = true;
            whenTheyHold.run();
        }
        return rows.next();
    }

    @Override
    public void cancel() {
        constants.forEach(RowCursor::cancel);
        rows.cancel();
    }

    @Override
    public void close() {
        constants.forEach(RowCursor::close);
        rows.close();
    }
}
