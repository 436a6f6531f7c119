package io.icespar.jdbc;

import io.icespar.jdbc.login.Logins;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/**
 * What Avatica's connections call a driver: here, of one connection.
 *
 * <p>Not Avatica's remote driver: that one registers itself beside ours, takes options that load classes, and speaks of
 * errors in its own way.
 */
final class ProtocolDriver extends UnregisteredDriver {
    private final ConnectUrl url;
    private final Logins logins;

    ProtocolDriver(ConnectUrl url, Logins logins) {
        this.url = url;
        this.logins = logins;
    }

    Connection connect() throws SQLException {
        var info = new Properties();
        // Without what is for the login only, some of which is secret.
        for (var property : List.of(DriverProperty.FETCH_SIZE, DriverProperty.TIME_ZONE)) {
            url.find(property).ifPresent(value -> info.setProperty(property.key(), value));
        }
        var connection = new IcesparConnection(this, factory, url.withoutOptions(), info);
        // Not connection.openConnection(), which asks Avatica's own list of settings; see ClientSettings.
        var isOpen = false;
        try {
            connection.server().openConnection(connection.handle, Map.of());
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                connection.server().abandon();
            }
        }
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new JdbcObjects();
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        try {
            var http = TrustedHttp.client(url);
            var credentials = url.login().credentials(url, logins, http);
            return new RemoteMeta(
                    connection, new ServerConnection(url, credentials, http), url.find(DriverProperty.SCHEMA));
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    @Override
    protected String getConnectStringPrefix() {
        return "jdbc:icespar:";
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return new DriverVersion(
                ProductVersion.DRIVER_NAME,
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
