package io.icespar.engine.duckdb;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Texts that DuckDB has planned already, each with a connection of its own, waiting to run once more: to plan a text takes
 * DuckDB longer than to run it where it reads few rows. A text is prepared when it is asked for a second time, as most are
 * asked for once. Safe for use by several threads.
 */
final class PreparedTexts {
    private static final int MAX_IDLE = 100;
    private static final int MAX_IDLE_CHARACTERS = 1 << 20;
    private static final int MAX_REMEMBERED = 10_000;

    /** The texts that ran of late, by a hash of them. Guarded by this object, as all else. */
    private final Map<HashCode, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

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
    synchronized boolean isKnown(String sql) {
        return seen.get(hash(sql)) != null;
    }

    /** Remembers a text that ran to its end. */
    synchronized void remember(String sql) {
        seen.put(hash(sql), true);
    }

    private static HashCode hash(String sql) {
        return Hashing.murmur3_128().hashString(sql, StandardCharsets.UTF_8);
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
        for (Prepared each : superfluous) {
            each.close();
        }
    }

    /** Closes what waits, and from now on what is put here. */
    void close() throws SQLException {
        List<Prepared> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(idle);
            idle.clear();
        }
        for (Prepared each : all) {
            each.close();
        }
    }
}
