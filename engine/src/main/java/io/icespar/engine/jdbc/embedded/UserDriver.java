package io.icespar.engine.jdbc.embedded;

import io.icespar.avatica.IcesparConnection;
import io.icespar.avatica.JdbcObjects;
import io.icespar.engine.Engine;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.ProductVersion;
import io.icespar.security.identity.Identity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
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
        var connection = new IcesparConnection(this, url, new Properties(), whenClosed);
        // Not connection.openConnection(), which passes on what is for the client only.
        connection.link().openConnection(connection.handle, Map.of());
        return connection;
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
