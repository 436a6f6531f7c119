package io.icespar.engine.duckdb;

import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.TextPart;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The keys of visible rows, as tables that are kept from one query to the next. The tables that are asked about never change
 * while they are open, so what is kept stays true.
 *
 * <p>Keys that are asked for a second time are collected by a thread of this object's own, while queries go on to look them up
 * themselves: nobody waits. What cannot be collected, for whatever reason, is not tried again. Safe for use by several
 * threads.
 */
final class KeptKeys implements AutoCloseable {
    /** A database in memory, since the one with the tables may be open for reading only. */
    static final String DATABASE = "visible_keys";

    private static final int MAX_WAITING = 100;
    private static final int MAX_CHARACTERS = 100_000;
    private static final int IDLE_SECONDS = 10;

    private final DuckDBConnection instance;
    private final Bounds bounds;
    private final DuckDbInterrupt interrupt;
    private final Dropped whenDropped;
    private final ThreadPoolExecutor collector;

    private final SeenTexts asked = new SeenTexts();

    /** Those that are being collected, and those that cannot be. */
    private final SeenTexts claimed = new SeenTexts();

    /**
     * By the query that gives them, all of its text: not by a hash, for which another one could be made up. Those not asked
     * for longest come first. Guarded by this object, as what follows.
     */
    private final LinkedHashMap<KeyQuery, Keys> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long rowsKept;
    private @Nullable DuckDBConnection collecting;
    private boolean closed;

    /** How many were made. Of the collecting thread's alone. */
    private long tables;

    /**
     * How much is kept.
     *
     * @param rows how many rows the keys of one query may have
     * @param allRows how many all have together
     * @param tables how many queries' keys are kept
     * @param idle for how long nobody may have asked for keys before others take their place: where more callers ask than
     *     there is room for, those that have a place keep it, for else all would be collected again and again
     * @param time how long it may take to collect the keys of one query
     */
    record Bounds(long rows, long allRows, int tables, Duration idle, Duration time) {
        /** Some hundred megabytes at most, where keys are numbers. */
        static final Bounds DEFAULT =
                new Bounds(2_000_000, 20_000_000, 1_000, Duration.ofMinutes(1), Duration.ofMinutes(1));

        /** How much memory the collecting may hold on to. */
        private static final int MEBIBYTES = 1_024;
    }

    /** Hears of tables. */
    interface Dropped {
        /** The table is no longer there. */
        void dropped(String table) throws SQLException;
    }

    /** A query of keys. */
    private record KeyQuery(String sql, List<@Nullable Object> parameters) {
        static KeyQuery of(TextPart part, BackendQuery query) {
            return new KeyQuery(
                    part.of(query.sql()),
                    // Nothing else of the statement's values is kept.
                    Collections.unmodifiableList(
                            new ArrayList<>(query.parameters().subList(part.firstParameter(), part.lastParameter()))));
        }

        /** All of it, for guesses. */
        String text() {
            return parameters.isEmpty() ? sql : sql + parameters;
        }
    }

    /** The keys of one query. */
    private static final class Keys {
        private final String table;
        private final long rows;

        /** How many queries read it. Guarded by the object around it, as the time at which one began last. */
        private int readers;

        private long readNanos = System.nanoTime();

        Keys(String table, long rows) {
            this.table = table;
            this.rows = rows;
        }
    }

    /**
     * A query that reads kept keys, which stay until it is closed.
     *
     * @param query as it was asked
     * @param sql its text, with tables in place of keys that are kept
     * @param parameters those that are left of its values
     */
    record Reading(BackendQuery query, String sql, List<@Nullable Object> parameters, Runnable whenClosed)
            implements AutoCloseable {
        @Override
        public void close() {
            whenClosed.run();
        }
    }

    /**
     * Creates an object that keeps nothing yet.
     *
     * @param instance has the database {@link #DATABASE}; stays the caller's
     * @param whenDropped hears of each table that is no longer there
     */
    KeptKeys(DuckDBConnection instance, Bounds bounds, DuckDbInterrupt interrupt, Dropped whenDropped) {
        this.instance = instance;
        this.bounds = bounds;
        this.interrupt = interrupt;
        this.whenDropped = whenDropped;
        this.collector = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), work -> {
                    Thread thread = new Thread(work, "icespar-keys");
                    thread.setDaemon(true);
                    return thread;
                });
        collector.allowCoreThreadTimeOut(true);
    }

    /** A query over what is kept, to be closed once when it has run. */
    Reading read(BackendQuery query) {
        if (query.keys().isEmpty()) {
            return new Reading(query, query.sql(), query.parameters(), () -> {});
        }
        StringBuilder sql = new StringBuilder();
        List<@Nullable Object> parameters = new ArrayList<>();
        List<Keys> read = new ArrayList<>();
        List<KeyQuery> missing = new ArrayList<>();
        int written = 0;
        int bound = 0;
        synchronized (this) {
            for (TextPart part : query.keys()) {
                KeyQuery keys = KeyQuery.of(part, query);
                Keys found = kept.get(keys);
                if (found == null) {
                    missing.add(keys);
                    continue;
                }
                found.readers++;
                found.readNanos = System.nanoTime();
                read.add(found);
                sql.append(query.sql(), written, part.from())
                        .append("SELECT * FROM ")
                        .append(found.table);
                parameters.addAll(query.parameters().subList(bound, part.firstParameter()));
                written = part.to();
                bound = part.lastParameter();
            }
        }
        missing.forEach(this::missed);
        sql.append(query.sql(), written, query.sql().length());
        parameters.addAll(query.parameters().subList(bound, query.parameters().size()));
        return new Reading(query, sql.toString(), parameters, () -> left(read));
    }

    private synchronized void left(List<Keys> read) {
        read.forEach(keys -> keys.readers--);
    }

    private void missed(KeyQuery keys) {
        String text = keys.text();
        if (text.length() > MAX_CHARACTERS || asked.add(text) || !claimed.add(text)) {
            return;
        }
        try {
            collector.execute(() -> collect(keys));
        } catch (RejectedExecutionException e) {
            // There are too many others: the next one who asks may find room.
            claimed.remove(text);
        }
    }

    private void collect(KeyQuery keys) {
        try (DuckDBConnection connection = instance.duplicate()) {
            if (!begin(connection)) {
                return;
            }
            try {
                if (!isWanted(keys) || collect(keys, connection)) {
                    // Whoever asks for them twice more, should they be gone then, has them collected again.
                    asked.remove(keys.text());
                    claimed.remove(keys.text());
                }
            } finally {
                end();
            }
        } catch (SQLException e) {
            // It stays claimed: whoever asks looks the keys up, and is told what is wrong with that.
        }
    }

    /** Not if another has come first, who asked before they were kept; nor if there is no room. */
    private synchronized boolean isWanted(KeyQuery keys) {
        return !kept.containsKey(keys)
                && (isRoomFor(1) || kept.values().stream().anyMatch(this::isIdle));
    }

    /** Whether they are few enough to be kept, be there room for them or not. */
    private boolean collect(KeyQuery keys, DuckDBConnection connection) throws SQLException {
        tables++;
        String table = DATABASE + ".k" + tables;
        DuckDbBackend.limitMemory(connection, Bounds.MEBIBYTES);
        try (PreparedStatement collected = connection.prepareStatement("CREATE TABLE " + table
                + " AS SELECT DISTINCT * FROM (" + keys.sql() + ") AS keys LIMIT " + (bounds.rows() + 1))) {
            for (int i = 0; i < keys.parameters().size(); i++) {
                collected.setObject(i + 1, keys.parameters().get(i));
            }
            collected.setQueryTimeout((int) bounds.time().toSeconds());
            collected.execute();
        }
        boolean isKept = false;
        try {
            long rows = rows(table, connection);
            boolean areFew = rows <= bounds.rows();
            if (areFew) {
                for (Keys superfluous : makeRoom(rows)) {
                    drop(superfluous.table, connection);
                }
                isKept = keep(keys, new Keys(table, rows));
            }
            return areFew;
        } finally {
            if (!isKept) {
                drop(table, connection);
            }
        }
    }

    private static long rows(String table, DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    private void drop(String table, DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + table);
        }
        whenDropped.dropped(table);
    }

    /** Forgets of those that are idle as many as there must be, those first that nobody has asked for longest. */
    private synchronized List<Keys> makeRoom(long rows) {
        List<Keys> superfluous = new ArrayList<>();
        Iterator<Keys> eldest = kept.values().iterator();
        while (!isRoomFor(rows) && eldest.hasNext()) {
            Keys keys = eldest.next();
            if (isIdle(keys)) {
                eldest.remove();
                rowsKept -= keys.rows;
                superfluous.add(keys);
            }
        }
        return superfluous;
    }

    private boolean isIdle(Keys keys) {
        return keys.readers == 0
                && System.nanoTime() - keys.readNanos >= bounds.idle().toNanos();
    }

    private boolean isRoomFor(long rows) {
        return rowsKept + rows <= bounds.allRows() && kept.size() < bounds.tables();
    }

    private synchronized boolean keep(KeyQuery query, Keys keys) {
        if (!isRoomFor(keys.rows)) {
            return false;
        }
        kept.put(query, keys);
        rowsKept += keys.rows;
        return true;
    }

    private synchronized boolean begin(DuckDBConnection connection) {
        if (!closed) {
            collecting = connection;
        }
        return !closed;
    }

    private synchronized void end() {
        collecting = null;
    }

    /** Returns when no work is left. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        collector.shutdownNow();
        try {
            for (int i = 0; i < DuckDbInterrupt.MOST; i++) {
                interruptCollecting();
                if (collector.awaitTermination(DuckDbInterrupt.AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void interruptCollecting() {
        if (collecting != null) {
            interrupt.interrupt(collecting);
        }
    }
}
