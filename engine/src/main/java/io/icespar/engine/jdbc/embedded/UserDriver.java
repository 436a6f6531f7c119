package io.icespar.engine.jdbc.embedded;

import io.icespar.engine.Engine;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.ProductVersion;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/** What Avatica's connections call a driver: here, of one connection, of one user. */
final class UserDriver extends UnregisteredDriver {
    /** A connection in process is the program's own to close. */
    private static final Connections.Limits LIMITS = new Connections.Limits(1, 100_000, Duration.ofDays(36_500));

    private final Engine engine;
    private final Identity user;

    UserDriver(Engine engine, Identity user) {
        this.engine = engine;
        this.user = user;
    }

    Connection connect(String url, Runnable whenClosed) throws SQLException {
        var info = new Properties();
        info.setProperty("user", userName());
        info.setProperty("fetch_size", "1000");
        var connection = new EmbeddedConnection(this, factory, url, info, whenClosed);
        connection.openConnection();
        return connection;
    }

    /** The name by which the engine knows the user; whether it does is found out when the connection is opened. */
    private String userName() throws SQLException {
        try {
            return engine.security()
                    .state()
                    .findCaller(user)
                    .map(Caller::name)
                    .orElse(user.name())
                    .spelling();
        } catch (IcesparException e) {
            throw CallerError.of(e).toSqlException();
        }
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new JdbcObjects();
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new EmbeddedMeta(engine, new Connections(LIMITS), user, connection);
    }

    @Override
    protected String getConnectStringPrefix() {
        return EmbeddedDriver.PREFIX;
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion(
                "Icespar embedded JDBC driver",
                ProductVersion.text(),
                ProductVersion.NAME,
                ProductVersion.text(),
                false,
                ProductVersion.part(0),
                ProductVersion.part(1),
                ProductVersion.part(0),
                ProductVersion.part(1));
    }
}
