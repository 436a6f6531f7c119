package io.icespar.engine.run;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.RowCursor;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs planned queries on a backend, and cancels those whose time is up. */
public final class QueryRunner implements AutoCloseable {
    private final Backend backend;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "icespar-time-limits");
        thread.setDaemon(true);
        return thread;
    });

    /** Creates a runner; {@code backend} stays the caller's to close. */
    public QueryRunner(Backend backend) {
        this.backend = backend;
    }

    /**
     * Starts a query.
     *
     * @param parameters the values of the statement's parameters
     * @param timeoutSeconds after how long it is cancelled, 0 for never
     */
    public RowStream run(PlannedQuery query, List<@Nullable Object> parameters, int timeoutSeconds) {
        List<@Nullable Object> bound = new ArrayList<>();
        for (int parameter : query.parameterOrder()) {
            bound.add(parameters.get(parameter));
        }
        RowCursor cursor = backend.execute(new BackendQuery(query.text(), bound, query.backendColumns()));
        RowCursor projected = isAsIs(query) ? cursor : new ProjectedCursor(cursor, query.outputs());
        if (timeoutSeconds == 0) {
            return new RowStream(query.columns(), projected);
        }
        Future<?> limit = clock.schedule(cursor::cancel, timeoutSeconds, TimeUnit.SECONDS);
        return new RowStream(query.columns(), new LimitedCursor(projected, limit));
    }

    /** Rows that are at hand already, such as what a {@code SHOW} command gives. */
    public static RowStream rows(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
        return new RowStream(columns, new ListCursor(rows));
    }

    private static boolean isAsIs(PlannedQuery query) {
        if (query.outputs().size() != query.backendColumns().size()) {
            return false;
        }
        for (int i = 0; i < query.outputs().size(); i++) {
            if (query.outputs().get(i) != i) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Leaves out the columns that were only needed to sort by. */
    private record ProjectedCursor(RowCursor cursor, List<Integer> outputs) implements RowCursor {
        @Override
        public @Nullable Object @Nullable [] next() {
            @Nullable Object[] row = cursor.next();
            if (row == null) {
                return null;
            }
            @Nullable Object[] projected = new Object[outputs.size()];
            for (int i = 0; i < projected.length; i++) {
                projected[i] = row[outputs.get(i)];
            }
            return projected;
        }

        @Override
        public void cancel() {
            cursor.cancel();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    /** Takes the time limit back when the query is done. */
    private record LimitedCursor(RowCursor cursor, Future<?> limit) implements RowCursor {
        @Override
        public @Nullable Object @Nullable [] next() {
            return cursor.next();
        }

        @Override
        public void cancel() {
            cursor.cancel();
        }

        @Override
        public void close() {
            limit.cancel(false);
            cursor.close();
        }
    }

    private static final class ListCursor implements RowCursor {
        private final List<@Nullable Object[]> rows;
        private int position;

        ListCursor(List<@Nullable Object[]> rows) {
            this.rows = rows;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            return position < rows.size() ? rows.get(position++) : null;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }
}
