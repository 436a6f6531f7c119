package io.icespar.engine.duckdb;

import io.icespar.avatica.columns.Columns;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query, on a connection of its own.
 *
 * <p>The query starts with the first row, so that whoever holds the cursor can cancel all of its work.
 */
final class DuckDbCursor implements RowCursor {
    /** What the driver says, for the true reason, of a query that fails before its first row. */
    private static final String REASON_LOST = "Invalid result set";

    /** After how many rows a result is a long one, which is worth being read as columns. */
    private static final int LONG = 2_000;

    /** Of so many bytes in a row's texts columns gain little, and would take that much of memory for each row. */
    private static final int WIDE = 4_096;

    private final DuckDBConnection connection;
    private final BackendQuery query;
    private final String sql;
    private final PreparedTexts texts;
    private final ArrowExport arrow;
    private final DuckDbInterrupt interrupt;
    private final Consumer<DuckDbCursor> whenClosed;
    private final KeptKeys.Reading reading;
    private final Object lock = new Object();

    /** Guarded by {@code lock}, as {@code closed}: the connection works for {@link #next}. */
    private boolean busy;

    private boolean closed;
    private volatile boolean cancelled;

    private DuckDBPreparedStatement statement;
    private final boolean isPrepared;
    private @Nullable DuckDBResultSet rows;
    private List<ColumnReader> readers = List.of();
    private int read;
    private long octets;

    /** Whether the rest may be read as columns, should it be long. */
    private boolean mayBeColumns;

    private @Nullable ArrowColumns columns;
    private boolean ended;
    private @Nullable IcesparException failure;

    /**
     * Makes the query ready; the connection is the cursor's from now on, unless this throws.
     *
     * @param ready the query's text, as the connection has prepared it; empty if it has not
     * @param reading the query; closed with the cursor
     * @param sql its text, as {@link #sql(KeptKeys.Reading)} gives it
     * @param texts where a text goes that ran to its end
     * @param arrow gives out what is left of a long result
     */
    DuckDbCursor(
            DuckDBConnection connection,
            Optional<DuckDBPreparedStatement> ready,
            KeptKeys.Reading reading,
            String sql,
            PreparedTexts texts,
            ArrowExport arrow,
            DuckDbInterrupt interrupt,
            Consumer<DuckDbCursor> whenClosed)
            throws SQLException {
        this.connection = connection;
        this.reading = reading;
        this.query = reading.query();
        this.sql = sql;
        this.texts = texts;
        this.arrow = arrow;
        this.interrupt = interrupt;
        this.whenClosed = whenClosed;
        // What is prepared DuckDB plans twice the first time, now and when it starts: so only where there are values to
        // bind, or where it is to run again.
        this.isPrepared = ready.isPresent() || !reading.parameters().isEmpty() || texts.isKnown(sql);
        if (ready.isPresent()) {
            this.statement = ready.get();
            bind(statement);
        } else {
            this.statement =
                    isPrepared ? prepare() : connection.createStatement().unwrap(DuckDBPreparedStatement.class);
        }
    }

    /**
     * The text that DuckDB gets. Texts come as bytes, for its driver makes a Java text of them so slowly that most of the
     * time of a large answer would go there (seen in 2.0.0.1: a quarter of the rows of {@code lineitem} a second).
     */
    static String sql(KeptKeys.Reading reading) {
        List<ColumnForm> forms = reading.query().columns();
        if (!forms.contains(ColumnForm.STRING)) {
            return reading.sql();
        }
        StringJoiner columns = new StringJoiner(", ");
        StringJoiner names = new StringJoiner(", ");
        for (int i = 0; i < forms.size(); i++) {
            columns.add(forms.get(i) == ColumnForm.STRING ? "ENCODE(CAST(c" + i + " AS VARCHAR))" : "c" + i);
            names.add("c" + i);
        }
        return "SELECT " + columns + " FROM (" + reading.sql() + ") AS answer (" + names + ")";
    }

    private DuckDBPreparedStatement prepare() throws SQLException {
        DuckDBPreparedStatement prepared = connection.prepare(sql);
        bind(prepared);
        return prepared;
    }

    private void bind(DuckDBPreparedStatement prepared) throws SQLException {
        int index = 1;
        for (Object parameter : reading.parameters()) {
            prepared.setObject(index++, bindable(parameter));
        }
    }

    private static @Nullable Object bindable(@Nullable Object parameter) {
        return parameter instanceof BigDecimal decimal && decimal.scale() < 0 ? decimal.setScale(0) : parameter;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        return reading(this::advance);
    }

    @Override
    public @Nullable Columns nextColumns(long most) {
        // Most ask in vain.
        return mayBeColumns && read >= LONG ? reading(() -> advanceColumns(most)) : null;
    }

    /** Reads something. */
    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T get() throws SQLException;
    }

    private <T> @Nullable T reading(Reading<T> work) {
        enter();
        try {
            if (failure != null) {
                throw failure;
            }
            return work.get();
        } catch (SQLException e) {
            throw failed(cancelled ? DuckDbErrors.cancelled() : DuckDbErrors.translate(e));
        } catch (IcesparException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            failed(new IcesparException(ErrorCode.INTERNAL, "the rows could not be read to their end"));
            throw e;
        } finally {
            leave();
        }
    }

    private @Nullable Columns advanceColumns(long most) throws SQLException {
        if (columns == null) {
            checkNotCancelled();
            mayBeColumns = octets / read < WIDE && arrow.isThere();
            if (!mayBeColumns || !arrow.canTakeOver(Objects.requireNonNull(rows))) {
                return null;
            }
            columns = new ArrowColumns(arrow.rest(Objects.requireNonNull(rows)), query.columns());
        }
        checkNotCancelled();
        Columns some;
        try {
            some = columns.next(most);
        } catch (ArithmeticException e) {
            throw DuckDbErrors.data("out of range");
        }
        if (some == null) {
            ended();
        }
        return some;
    }

    private void ended() {
        // INVARIANT: what has been cancelled never ends as if it were complete.
        checkNotCancelled();
        ended = true;
        mayBeColumns = false;
    }

    private @Nullable Object @Nullable [] advance() throws SQLException {
        if (ended) {
            return null;
        }
        if (columns != null) {
            throw new IcesparException(ErrorCode.INTERNAL, "rows are asked for of which some went as columns");
        }
        checkNotCancelled();
        DuckDBResultSet stream = rows;
        if (stream == null) {
            stream = start();
            rows = stream;
        }
        if (!stream.next()) {
            ended();
            return null;
        }
        read++;
        return row(stream);
    }

    /** Once failed, always failed: who asks again must not take the end for that of the rows. */
    private IcesparException failed(IcesparException e) {
        failure = e;
        return e;
    }

    private @Nullable Object[] row(DuckDBResultSet stream) throws SQLException {
        var row = new @Nullable Object[readers.size()];
        for (int i = 0; i < row.length; i++) {
            Object value = readers.get(i).read(stream);
            row[i] = value;
            octets += value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 0;
        }
        return row;
    }

    private DuckDBResultSet start() throws SQLException {
        DuckDBResultSet stream;
        try {
            stream = (DuckDBResultSet) (isPrepared ? statement.executeQuery() : statement.executeQuery(sql));
        } catch (SQLException e) {
            checkNotCancelled();
            throw String.valueOf(e.getMessage()).contains(REASON_LOST) ? reason() : DuckDbErrors.translate(e);
        }
        ResultSetMetaData types = stream.getMetaData();
        if (types.getColumnCount() != query.columns().size()) {
            throw new IcesparException(
                    ErrorCode.INTERNAL,
                    "a result has " + types.getColumnCount() + " columns, expected "
                            + query.columns().size());
        }
        List<ColumnReader> made = new ArrayList<>();
        boolean allHaveColumns = true;
        for (int i = 1; i <= types.getColumnCount(); i++) {
            ColumnForm form = query.columns().get(i - 1);
            String type = types.getColumnTypeName(i);
            made.add(new ColumnReader(form, i, type));
            allHaveColumns &= ArrowColumns.has(form, type);
        }
        readers = List.copyOf(made);
        mayBeColumns = allHaveColumns;
        return stream;
    }

    /**
     * Why a query failed before its first row: it runs again by the driver's other interface, which tells, but which
     * does not tell of a failure after the first rows and so cannot serve for all.
     */
    private IcesparException reason() throws SQLException {
        DuckDBPreparedStatement again = prepare();
        statement = again;
        checkNotCancelled();
        try {
            again.query().close();
            return DuckDbErrors.data();
        } catch (SQLException e) {
            checkNotCancelled();
            return DuckDbErrors.translate(e);
        }
    }

    private void enter() {
        synchronized (lock) {
            if (closed) {
                throw new IcesparException(ErrorCode.INVALID_STATE, "the rows are closed");
            }
            busy = true;
        }
    }

    private void leave() {
        synchronized (lock) {
            busy = false;
            lock.notifyAll();
        }
    }

    private void checkNotCancelled() {
        if (cancelled) {
            throw DuckDbErrors.cancelled();
        }
    }

    /** Returns when the work has stopped. */
    @Override
    public void cancel() {
        cancelled = true;
        synchronized (lock) {
            for (int i = 0; busy && i < DuckDbInterrupt.MOST; i++) {
                interrupt.interrupt(connection);
                try {
                    lock.wait(DuckDbInterrupt.AGAIN_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            if (busy) {
                cancelled = true;
                awaitEnd();
            }
            // The thread that was waited for may have closed it.
            if (closed) {
                return;
            }
            closed = true;
            try (reading) {
                closeAll();
            } catch (SQLException e) {
                throw DuckDbErrors.translate(e);
            } finally {
                whenClosed.accept(this);
            }
        }
    }

    /** INVARIANT: what is read from is not freed. */
    private void awaitEnd() {
        boolean wasInterrupted = false;
        while (busy) {
            interrupt.interrupt(connection);
            try {
                lock.wait(DuckDbInterrupt.AGAIN_MILLIS);
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() throws SQLException {
        boolean isReusable = false;
        try {
            closeRows();
            isReusable =
                    ended && failure == null && !cancelled && query.mebibytes().isEmpty();
            if (!(isReusable && isPrepared)) {
                statement.close();
            }
        } finally {
            if (!(isReusable && isPrepared)) {
                connection.close();
            }
        }
        if (isReusable) {
            texts.remember(sql);
            if (isPrepared) {
                texts.put(new PreparedTexts.Prepared(sql, connection, statement));
            }
        }
    }

    private void closeRows() throws SQLException {
        ArrowColumns rest = columns;
        DuckDBResultSet stream = rows;
        try {
            if (rest != null) {
                rest.close();
            }
        } finally {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
