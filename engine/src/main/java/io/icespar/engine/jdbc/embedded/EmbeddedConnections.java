package io.icespar.engine.jdbc.embedded;

import io.icespar.engine.Engine;
import io.icespar.security.identity.Name;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections to an engine that the program holds already. */
public final class EmbeddedConnections {
    private EmbeddedConnections() {}

    /**
     * Opens a connection for a user, without a password: who holds the engine may be anyone in it.
     *
     * <p>The engine stays open when the connection is closed.
     *
     * @throws SQLException 28000 if there is no such user, or the user may not enter
     */
    public static Connection connect(Engine engine, Name user) throws SQLException {
        return connect(engine, user, EmbeddedDriver.PREFIX, () -> {});
    }

    static Connection connect(Engine engine, Name user, String url, Runnable whenClosed) throws SQLException {
        return new UserDriver(engine, user).connect(url, whenClosed);
    }
}
