package io.icespar.jdbc;

import io.icespar.avatica.ConnectionSettings;
import io.icespar.avatica.IcesparConnection;
import io.icespar.avatica.JdbcObjects;
import io.icespar.avatica.Unchecked;
import io.icespar.jdbc.login.Logins;
import java.sql.Connection;
import java.sql.SQLException;
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
        url.find(DriverProperty.FETCH_SIZE).ifPresent(rows -> info.setProperty(ConnectionSettings.FETCH_SIZE, rows));
        url.find(DriverProperty.TIME_ZONE).ifPresent(zone -> info.setProperty(ConnectionSettings.TIME_ZONE, zone));
        var connection = new IcesparConnection(this, url.withoutOptions(), info, () -> {});
        // Not connection.openConnection(), which asks Avatica's own list of settings; see ConnectionSettings.
        var isOpen = false;
        try {
            connection.link().openConnection(connection.handle, Map.of());
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                ((RemoteMeta) connection.link()).abandon();
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
