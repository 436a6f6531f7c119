package io.icespar.engine.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Texts that DuckDB has planned already, each with a connection of its own, waiting to run once more: to plan a text takes
 * DuckDB longer than to run it where it reads few rows. A text is prepared when it is asked for a second time, as most are
 * asked for once. Safe for use by several threads.
 */
final class PreparedTexts implements AutoCloseable {
    private static final int MAX_IDLE = 100;
    private static final int MAX_IDLE_CHARACTERS = 1 << 20;

    private final SeenTexts seen = new SeenTexts();

    /** In the order in which they were put here, the longest ago first. */
    private final List<Prepared> idle = new ArrayList<>();

    private boolean closed;

    /**
     * A text that is prepared.
     *
     * @param connection on which nothing else runs
     */
    record Prepared(String sql, DuckDBConnection connection, DuckDBPreparedStatement statement) {
        void close() throws SQLException {
            try {
                statement.close();
            } finally {
                connection.close();
            }
        }
    }

    /** Takes a text that waits; empty if none does. It is the caller's from now on. */
    synchronized Optional<Prepared> take(String sql) {
        for (int i = idle.size() - 1; i >= 0; i--) {
            if (idle.get(i).sql().equals(sql)) {
                return Optional.of(idle.remove(i));
            }
        }
        return Optional.empty();
    }

    /** Whether the text ran to its end before, so that it is worth to be prepared. */
    boolean isKnown(String sql) {
        return seen.contains(sql);
    }

    /** Remembers a text that ran to its end. */
    void remember(String sql) {
        seen.add(sql);
    }

    /** Lets a text wait that has run to its end. If there are too many, the one that waits longest is closed. */
    void put(Prepared prepared) throws SQLException {
        List<Prepared> superfluous = new ArrayList<>();
        synchronized (this) {
            idle.add(prepared);
            int characters = idle.stream().mapToInt(each -> each.sql().length()).sum();
            while (!idle.isEmpty() && (closed || idle.size() > MAX_IDLE || characters > MAX_IDLE_CHARACTERS)) {
                Prepared eldest = idle.remove(0);
                characters -= eldest.sql().length();
                superfluous.add(eldest);
            }
        }
        closeAll(superfluous);
    }

    /** Closes those that read a table of keys which is no longer there. */
    void discard(String table) throws SQLException {
        List<Prepared> superfluous;
        synchronized (this) {
            superfluous = idle.stream()
                    .filter(each -> each.sql().contains(table + ")"))
                    .toList();
            idle.removeAll(superfluous);
        }
        closeAll(superfluous);
    }

    /** Closes what waits, and from now on what is put here. */
    @Override
    public void close() throws SQLException {
        List<Prepared> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(idle);
            idle.clear();
        }
        closeAll(all);
    }

    private static void closeAll(List<Prepared> texts) throws SQLException {
        for (Prepared each : texts) {
            each.close();
        }
    }
}
