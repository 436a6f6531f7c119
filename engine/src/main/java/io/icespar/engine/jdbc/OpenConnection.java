package io.icespar.engine.jdbc;

import io.icespar.engine.Session;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One user's open connection: a session and its open statements. Safe for use by several threads. */
final class OpenConnection {
    private final String id;
    private final Session session;
    private final int maxStatements;
    private final ReadAhead readAhead;
    private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
    private final AtomicInteger nextStatement = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean autoCommit = true;
    private volatile boolean closed;

    OpenConnection(String id, Session session, int maxStatements, ReadAhead readAhead) {
        this.id = id;
        this.session = session;
        this.maxStatements = maxStatements;
        this.readAhead = readAhead;
    }

    String id() {
        return id;
    }

    Session session() {
        return session;
    }

    /** Whether each statement is a transaction of its own; kept only to be told again, as there is nothing to commit. */
    boolean autoCommit() {
        return autoCommit;
    }

    void setAutoCommit(boolean autoCommit) {
        this.autoCommit = autoCommit;
    }

    /** A new statement; {@code LIMIT_REACHED} if there are too many. */
    OpenStatement openStatement() {
        if (statements.size() >= maxStatements) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "the connection has " + maxStatements + " statements open and may have no more; close some first");
        }
        var statement = new OpenStatement(nextStatement.getAndIncrement(), readAhead);
        statements.put(statement.id(), statement);
        if (closed) {
            // close() may have missed it.
            statement.close();
        }
        return statement;
    }

    Optional<OpenStatement> findStatement(int statementId) {
        return Optional.ofNullable(statements.get(statementId));
    }

    /** Closes a statement, stopping what it is doing; nothing happens if there is none of that id. */
    void closeStatement(int statementId) {
        var statement = statements.remove(statementId);
        if (statement != null) {
            statement.close();
        }
    }

    void begin() {
        working.incrementAndGet();
    }

    void end() {
        working.decrementAndGet();
    }

    boolean isBusy() {
        return working.get() > 0;
    }

    /** Closes all statements, stopping what they are doing. */
    void close() {
        closed = true;
        statements.keySet().forEach(this::closeStatement);
    }
}
