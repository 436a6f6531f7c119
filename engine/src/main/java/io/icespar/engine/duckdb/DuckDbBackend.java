package io.icespar.engine.duckdb;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process: one instance, and a connection for each query (making one takes 40 µs), or for each text that runs again and again. */
final class DuckDbBackend implements Backend {
    /** A pebibyte, which DuckDB can still count. */
    private static final long MOST_MEBIBYTES = 1L << 30;

    private final DuckDBConnection instance;
    private final DuckDbInterrupt interrupt = new DuckDbInterrupt();
    private final PreparedTexts prepared = new PreparedTexts();
    private final ArrowExport arrow = new ArrowExport();
    private final KeptKeys keys;

    /** Guarded by {@code this}, as {@code closed}. */
    private final Set<DuckDbCursor> open = new HashSet<>();

    private boolean closed;

    /** Takes over a connection to a sealed instance. */
    DuckDbBackend(DuckDBConnection instance) {
        this.instance = instance;
        this.keys = new KeptKeys(instance, KeptKeys.Bounds.DEFAULT, interrupt, prepared::discard);
    }

    @Override
    public RowCursor execute(BackendQuery query) {
        KeptKeys.Reading reading = keys.read(query);
        try {
            return cursor(reading);
        } catch (SQLException e) {
            reading.close();
            throw DuckDbErrors.translate(e);
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    private RowCursor cursor(KeptKeys.Reading reading) throws SQLException {
        BackendQuery query = reading.query();
        String sql = DuckDbCursor.sql(reading);
        // A limit of memory is the connection's, which is then of use to nobody else.
        Optional<PreparedTexts.Prepared> ready = query.mebibytes().isPresent() ? Optional.empty() : prepared.take(sql);
        DuckDBConnection connection = ready.isPresent() ? ready.get().connection() : connect();
        try {
            if (query.mebibytes().isPresent()) {
                limitMemory(connection, query.mebibytes().getAsLong());
            }
            var cursor = new DuckDbCursor(
                    connection,
                    ready.map(PreparedTexts.Prepared::statement),
                    reading,
                    sql,
                    prepared,
                    arrow,
                    interrupt,
                    this::closed);
            opened(cursor);
            return cursor;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Limits how much memory the sorts, joins and groups of a connection may hold on to. */
    static void limitMemory(DuckDBConnection connection, long mebibytes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long within = Math.min(mebibytes, MOST_MEBIBYTES);
            statement.execute("SET operator_memory_limit = '" + within + "MiB'");
        }
    }

    private synchronized DuckDBConnection connect() throws SQLException {
        checkOpen();
        return instance.duplicate();
    }

    private synchronized void opened(DuckDbCursor cursor) {
        checkOpen();
        open.add(cursor);
    }

    private synchronized void closed(DuckDbCursor cursor) {
        open.remove(cursor);
    }

    private void checkOpen() {
        if (closed) {
            throw new IcesparException(ErrorCode.INVALID_STATE, "the engine is closed");
        }
    }

    /** Ends all queries and closes the instance. */
    @Override
    public void close() {
        List<DuckDbCursor> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = List.copyOf(open);
        }
        // The last one first.
        try (instance;
                prepared;
                keys;
                arrow) {
            closeAll(running);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /** Each of them, whatever becomes of those before; the first error is thrown. */
    private static void closeAll(List<DuckDbCursor> cursors) {
        RuntimeException first = null;
        for (DuckDbCursor cursor : cursors) {
            try {
                cursor.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
