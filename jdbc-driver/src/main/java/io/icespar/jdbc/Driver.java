package io.icespar.jdbc;

import io.icespar.jdbc.login.Logins;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for a server of Icespar: {@code jdbc:icespar:http(s)://host[:port][/schema][?option=value&…]}, with
 * {@code user} and {@code password} among the properties, or with what another way to log in needs.
 */
public final class Driver implements java.sql.Driver {
    static {
        var driver = new Driver();
        try {
            // Who takes the driver away, as when a web application is undeployed, takes what it does in the background.
            DriverManager.registerDriver(driver, driver.logins::close);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Logins logins;

    /** Creates a driver; programs have no need to, as {@link DriverManager} finds one by the URL. */
    public Driver() {
        this(Logins.ofDesktop());
    }

    Driver(Logins logins) {
        this.logins = logins;
    }

    /**
     * Connects to the server and logs in.
     *
     * @return null if the URL is for another driver
     * @throws SQLException 08001 for a malformed URL and where there is no server or no provider; 22023 for a wrong
     *     option; 28000 for a wrong user or password, any other login that fails, and for a user who may not enter; 28T01
     *     after too many failed logins
     */
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return new ProtocolDriver(ConnectUrl.parse(url, info), logins).connect();
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        if (url == null) {
            throw SqlState.CANNOT_CONNECT.error("no URL was given");
        }
        return ConnectUrl.accepts(url);
    }

    /** All options, with the values that the URL and {@code info} give them; those that are secret without. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) {
        var options = ConnectUrl.findOptions(url, info == null ? new Properties() : info);
        return Arrays.stream(DriverProperty.values())
                .map(property -> describe(property, options))
                .toArray(DriverPropertyInfo[]::new);
    }

    private static DriverPropertyInfo describe(DriverProperty property, Map<DriverProperty, String> options) {
        var value = property.isSecret() ? null : options.get(property);
        var description = new DriverPropertyInfo(
                property.key(), value == null ? property.defaultValue().orElse(null) : value);
        description.description = property.description();
        description.required = LoginMethod.needs(options).contains(property);
        if (property.isFlag()) {
            description.choices = new String[] {"true", "false"};
        } else if (property == DriverProperty.AUTH) {
            description.choices = LoginMethod.keys().toArray(String[]::new);
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
