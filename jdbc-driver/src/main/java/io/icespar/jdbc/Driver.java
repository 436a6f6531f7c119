package io.icespar.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for a server of Icespar: {@code jdbc:icespar:http(s)://host[:port][/schema][?option=value&…]}, with
 * {@code user} and {@code password} among the properties.
 */
public final class Driver implements java.sql.Driver {
    static {
        try {
            DriverManager.registerDriver(new Driver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Creates a driver; programs have no need to, as {@link DriverManager} finds one by the URL. */
    public Driver() {}

    /**
     * Connects to the server and logs in.
     *
     * @return null if the URL is for another driver
     * @throws SQLException 08001 for a malformed URL and where there is no server; 22023 for a wrong option; 28000 for a
     *     wrong user or password, and for a user who may not enter; 28T01 after too many failed logins
     */
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return new ProtocolDriver(ConnectUrl.parse(url, info)).connect();
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        if (url == null) {
            throw SqlState.CANNOT_CONNECT.error("no URL was given");
        }
        return ConnectUrl.accepts(url);
    }

    /** All options, with the values that {@code info} gives them. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return Arrays.stream(DriverProperty.values())
                .map(property -> describe(property, info))
                .toArray(DriverPropertyInfo[]::new);
    }

    private static DriverPropertyInfo describe(DriverProperty property, @Nullable Properties info) {
        var given = info == null ? null : info.getProperty(property.key());
        var description = new DriverPropertyInfo(
                property.key(), given == null ? property.defaultValue().orElse(null) : given);
        description.description = property.description();
        description.required = property.required();
        if (property.isFlag()) {
            description.choices = new String[] {"true", "false"};
        }
        return description;
    }

    @Override
    public int getMajorVersion() {
        return ProductVersion.part(0);
    }

    @Override
    public int getMinorVersion() {
        return ProductVersion.part(1);
    }

    /** False: JDBC asks for commands that change rows. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    /** The logger of the driver, which logs nothing. */
    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.icespar.jdbc");
    }
}
