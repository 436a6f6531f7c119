package io.icespar.engine.jdbc.embedded;

import io.icespar.engine.Engine;
import io.icespar.security.identity.Identity;
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
        return connect(engine, Identity.local(user));
    }

    /**
     * Opens a connection for someone whom an identity provider vouches for. Whoever calls this has checked it.
     *
     * <p>The engine stays open when the connection is closed.
     *
     * @throws SQLException 28000 if the user may not enter, or what the provider said has expired
     */
    public static Connection connect(Engine engine, Identity identity) throws SQLException {
        return connect(engine, identity, EmbeddedDriver.PREFIX, () -> {});
    }

    static Connection connect(Engine engine, Identity user, String url, Runnable whenClosed) throws SQLException {
        return new UserDriver(engine, user).connect(url, whenClosed);
    }
}
