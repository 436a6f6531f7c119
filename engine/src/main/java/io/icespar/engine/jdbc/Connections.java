package io.icespar.engine.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.engine.Session;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All open JDBC connections, each under the user who opened it and the id the client chose.
 *
 * <p>A user reaches only the user's own connections: an id of another user's is, here, an id that does not exist. An
 * idle connection is closed after a while, with its statements and cursors; one that works is never idle. Safe for use
 * by several threads.
 */
public final class Connections implements AutoCloseable {
    private final Limits limits;
    private final ReadAhead readAhead;
    private final Cache<Key, OpenConnection> open;

    /**
     * How much one user may hold.
     *
     * @param connectionsPerUser how many connections one user may have open
     * @param statementsPerConnection how many statements may be open in one connection
     * @param idleTime after how long without a request a connection is closed
     */
    public record Limits(int connectionsPerUser, int statementsPerConnection, Duration idleTime) {
        /** 100 connections a user, 1000 statements a connection, an hour. */
        public static final Limits DEFAULT = new Limits(100, 1000, Duration.ofHours(1));

        /** Checks. */
        public Limits {
            if (connectionsPerUser < 1 || statementsPerConnection < 1 || idleTime.isNegative() || idleTime.isZero()) {
                throw new IllegalArgumentException("limits must be positive");
            }
        }
    }

    /** One user; providers may each have a user of the same name, and tell names apart by case. */
    private record Owner(Optional<String> issuer, String user) {
        static Owner of(Identity identity) {
            return identity.assertion()
                    .map(assertion -> new Owner(
                            Optional.of(assertion.issuer()), identity.name().spelling()))
                    .orElseGet(() -> new Owner(Optional.empty(), identity.name().folded()));
        }
    }

    private record Key(Owner owner, String id) {
        static Key of(Identity user, String id) {
            return new Key(Owner.of(user), id);
        }
    }

    /** A work on a connection. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T on(OpenConnection connection) throws E;
    }

    /** No connections yet, whose rows are read when they are asked for. */
    public Connections(Limits limits) {
        this(limits, ReadAhead.none());
    }

    /** No connections yet, whose rows are read ahead by {@code readAhead}, which is closed with them. */
    public Connections(Limits limits, ReadAhead readAhead) {
        this(limits, readAhead, Ticker.systemTicker());
    }

    /** As {@link #Connections(Limits, ReadAhead)}, with {@code ticker} to tell the time by. */
    public Connections(Limits limits, ReadAhead readAhead, Ticker ticker) {
        this.limits = limits;
        this.readAhead = readAhead;
        this.open = Caffeine.newBuilder()
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .expireAfter(new IdleTime(limits.idleTime().toNanos()))
                .removalListener(Connections::removed)
                .build();
    }

    private static void removed(@Nullable Key key, @Nullable OpenConnection connection, RemovalCause cause) {
        if (connection != null) {
            connection.close();
        }
    }

    /** Adds a connection; {@code LIMIT_REACHED} if the user has too many, {@code INVALID_PARAMETER} if the id is taken. */
    void open(Identity user, String id, Session session) {
        var key = Key.of(user, id);
        synchronized (this) {
            open.cleanUp();
            if (open.getIfPresent(key) != null) {
                throw new IcesparException(
                        ErrorCode.INVALID_PARAMETER, "a connection with the id `" + id + "` is open already");
            }
            var held = open.asMap().keySet().stream()
                    .filter(other -> other.owner().equals(key.owner()))
                    .count();
            if (held >= limits.connectionsPerUser()) {
                throw new IcesparException(
                        ErrorCode.LIMIT_REACHED,
                        "`" + user.name() + "` has " + held
                                + " connections open and may have no more; close some first");
            }
            open.put(key, new OpenConnection(id, session, limits.statementsPerConnection(), readAhead));
        }
    }

    /**
     * Does {@code work} on a connection, which is not idle meanwhile.
     *
     * @return what {@code work} returns; empty if the user has no connection of that id
     */
    <T, E extends Exception> Optional<T> use(Identity user, String id, Work<T, E> work) throws E {
        var key = Key.of(user, id);
        var connection = open.getIfPresent(key);
        if (connection == null) {
            return Optional.empty();
        }
        connection.begin();
        try {
            touch(key); // It works now, so its time to live is without end...
            return Optional.of(work.on(connection));
        } finally {
            connection.end();
            touch(key); // ...until it is idle again.
        }
    }

    private void touch(Key key) {
        var unused = open.getIfPresent(key);
    }

    /** Closes a connection with all it holds; false if the user has none of that id. */
    boolean close(Identity user, String id) {
        return open.asMap().remove(Key.of(user, id)) != null;
    }

    /** How many connections the user has open. */
    public long count(Identity user) {
        open.cleanUp();
        var owner = Owner.of(user);
        return open.asMap().keySet().stream()
                .filter(key -> key.owner().equals(owner))
                .count();
    }

    /** Closes all connections, stopping what they are doing. */
    @Override
    public void close() {
        open.invalidateAll();
        open.cleanUp();
        readAhead.close();
    }

    private record IdleTime(long nanos) implements Expiry<Key, OpenConnection> {
        @Override
        public long expireAfterCreate(Key key, OpenConnection connection, long now) {
            return nanos;
        }

        @Override
        public long expireAfterUpdate(Key key, OpenConnection connection, long now, long left) {
            return nanos;
        }

        @Override
        public long expireAfterRead(Key key, OpenConnection connection, long now, long left) {
            return connection.isBusy() ? Long.MAX_VALUE : nanos;
        }
    }
}
