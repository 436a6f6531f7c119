package io.icespar.engine.jdbc.embedded;

import io.icespar.avatica.Link;
import io.icespar.avatica.Unchecked;
import io.icespar.engine.Engine;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.IcesparMeta;
import io.icespar.engine.jdbc.Times;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Identity;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** One connection's {@link IcesparMeta}: it knows the statements, and its errors leave as JDBC's. */
final class EmbeddedMeta extends IcesparMeta implements Link {
    private final AvaticaConnection connection;

    EmbeddedMeta(Engine engine, Connections connections, Identity user, AvaticaConnection connection) {
        super(engine, connections, user, Times.MICROSECONDS);
        this.connection = connection;
    }

    @Override
    protected RuntimeException failure(Exception error) {
        return Unchecked.raise(
                error instanceof SQLException ? error : CallerError.of(error).toSqlException());
    }

    @Override
    protected int timeoutSeconds(StatementHandle handle) {
        return setting(handle, AvaticaStatement::getQueryTimeout);
    }

    @Override
    protected long maxRows(StatementHandle handle, long asked) {
        return setting(handle, AvaticaStatement::getLargeMaxRows);
    }

    /** It is as long as the user may enter. */
    @Override
    public boolean isAlive(ConnectionHandle handle, int timeoutSeconds) {
        return isKnown(handle);
    }

    @Override
    public String userName() {
        return callerName(connection.handle);
    }

    @Override
    public void setNetworkTimeout(int milliseconds, Runnable whenExceeded) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "there is no network between the program and an engine in process",
                ErrorCode.FEATURE_NOT_SUPPORTED.sqlState());
    }

    /** Nothing is left to close of a connection that was. */
    @Override
    public void closeStatement(StatementHandle handle) {
        try {
            if (!connection.isClosed()) {
                super.closeStatement(handle);
            }
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    @FunctionalInterface
    private interface Setting<T> {
        T of(AvaticaStatement statement) throws SQLException;
    }

    private <T> T setting(StatementHandle handle, Setting<T> setting) {
        var statement = connection.statementMap.get(handle.id);
        if (statement == null) {
            throw failure(new NoSuchStatementException(handle));
        }
        try {
            return setting.of(statement);
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    @Override
    public Iterable<Object> createIterable(
            StatementHandle handle,
            QueryState state,
            Signature signature,
            @Nullable List<TypedValue> parameters,
            @Nullable Frame firstFrame) {
        var first = firstFrame == null ? Frame.MORE : firstFrame;
        return first.done ? first.rows : () -> new Rows(handle, first);
    }

    /** The rows of frame after frame. */
    private final class Rows implements Iterator<Object> {
        private final StatementHandle handle;
        private Frame frame;
        private Iterator<Object> rows;
        private long given;

        Rows(StatementHandle handle, Frame first) {
            this.handle = handle;
            this.frame = first;
            this.rows = first.rows.iterator();
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext() && !frame.done) {
                try {
                    frame = fetch(handle, given, setting(handle, AvaticaStatement::getFetchSize));
                } catch (NoSuchStatementException | MissingResultsException e) {
                    throw failure(e);
                }
                rows = frame.rows.iterator();
            }
            return rows.hasNext();
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            given++;
            return rows.next();
        }
    }
}
