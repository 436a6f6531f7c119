package io.icespar.engine.jdbc.embedded;

import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/** A statement. */
final class EmbeddedStatement extends AvaticaStatement {
    EmbeddedStatement(
            AvaticaConnection connection,
            @Nullable StatementHandle handle,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability) {
        super(connection, handle, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    /** Stops the query. Unlike Avatica's, it does not wait for what it is to stop. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The thread that executes may hold the monitor.
    public void cancel() throws SQLException {
        checkOpen();
        EmbeddedConnection.of(connection).engine().cancel(handle);
    }

    /** Ignored: there are no escapes to process. */
    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    /** Ignored: it is a hint. */
    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }
}
