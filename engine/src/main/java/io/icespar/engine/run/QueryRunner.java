package io.icespar.engine.run;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.RowCursor;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.PlannedText;
import io.icespar.engine.plan.ResultColumn;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs planned queries on a backend, within the limits of their callers. */
public final class QueryRunner implements AutoCloseable {
    private final Backend backend;
    private final Clock time;
    private final RunningQueries running = new RunningQueries();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "icespar-time-limits");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Creates a runner; {@code backend} stays the caller's to close.
     *
     * @param time says at what local time a query is asked
     */
    public QueryRunner(Backend backend, Clock time) {
        this.backend = backend;
        this.time = time;
    }

    /**
     * Starts a query.
     *
     * @param parameters the values of the statement's parameters
     * @param slots what of the caller's own is filled in
     * @param timeoutSeconds after how long it is cancelled, 0 for never
     * @param limits what it may take
     * @throws io.icespar.security.error.IcesparException {@code CONCURRENCY_LIMIT_REACHED} if the caller runs as many
     *     queries as the limits allow; the other limits end the stream
     */
    public RowStream run(
            PlannedQuery query,
            List<@Nullable Object> parameters,
            List<Object> slots,
            int timeoutSeconds,
            QueryLimits limits) {
        LocalDateTime moment = LocalDateTime.now(time).truncatedTo(ChronoUnit.MICROS);
        PlannedQuery.Bound bound = query.bind(parameters, slots, moment);
        BackendQuery rows = backendQuery(bound.rows(), limits);
        List<BackendQuery> checks = bound.checks().stream()
                .map(check -> backendQuery(check, limits))
                .toList();
        RowCursor cursor = start(
                () -> checks.isEmpty()
                        ? backend.execute(rows)
                        : new ChecksFirst(backend, checks, rows, bound.whenChecked()),
                timeoutSeconds,
                limits);
        return new RowStream(query.columns(), isAsIs(query) ? cursor : new ProjectedCursor(cursor, query.outputs()));
    }

    private static BackendQuery backendQuery(PlannedText.Filled text, QueryLimits limits) {
        return new BackendQuery(text.sql(), text.parameters(), text.columns(), text.keys(), limits.mebibytes());
    }

    private RowCursor start(Supplier<RowCursor> query, int timeoutSeconds, QueryLimits limits) {
        running.started(limits);
        RowCursor cursor;
        try {
            cursor = query.get();
        } catch (RuntimeException | Error e) {
            running.ended(limits);
            throw e;
        }
        return new LimitedCursor(cursor, limits, timeoutSeconds, clock, () -> running.ended(limits));
    }

    /** Rows that are at hand already, such as what a {@code SHOW} command gives. */
    public static RowStream rows(List<ResultColumn> columns, List<@Nullable Object[]> rows) {
        return new RowStream(columns, new ListCursor(rows));
    }

    private static boolean isAsIs(PlannedQuery query) {
        if (query.outputs().size() != query.text().columns().size()) {
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
        public @Nullable Columns nextColumns(long most) {
            Columns columns = cursor.nextColumns(most);
            return columns == null ? null : columns.select(outputs);
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
