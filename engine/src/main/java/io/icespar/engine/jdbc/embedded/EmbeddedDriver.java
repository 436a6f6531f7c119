package io.icespar.engine.jdbc.embedded;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.ProductVersion;
import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.Origin;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.ErrorCode.Audience;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for an engine in the same process: {@code jdbc:icespar:embedded:/path/to/icespar.yaml}, with
 * {@code user} and {@code password} among the properties.
 *
 * <p>The engine of a file is opened with the first connection and closed with the last. It is kept by the driver, of
 * which {@link DriverManager} has one.
 */
public final class EmbeddedDriver implements java.sql.Driver {
    static final String PREFIX = "jdbc:icespar:embedded:";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String CANNOT_CONNECT = "08001";

    static {
        try {
            DriverManager.registerDriver(new EmbeddedDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Function<Path, Engine> opener;

    /** Guarded by itself. */
    private final Map<Path, SharedEngine> engines = new HashMap<>();

    /** Creates a driver, with engines of its own. Programs have no need to, as {@link DriverManager} has one. */
    public EmbeddedDriver() {
        this(file -> Engine.open(EngineSettings.read(file)));
    }

    EmbeddedDriver(Function<Path, Engine> opener) {
        this.opener = opener;
    }

    /** An open engine, and how many connections hold it. */
    private static final class SharedEngine {
        final Engine engine;
        int holders;

        SharedEngine(Engine engine) {
            this.engine = engine;
        }
    }

    /**
     * Logs in to the engine of a configuration file, opening it if no connection has.
     *
     * @return null if the URL is for another driver
     * @throws SQLException 08001 for a malformed URL; 28000 for a wrong user or password, and for a user who may not
     *     enter; 28T01 after too many failed logins; F0000 with all mistakes if the configuration is wrong
     */
    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        var file = file(url);
        checkProperties(info);
        var engine = acquire(file);
        var connected = false;
        try {
            var user = engine.security()
                    .authenticate(
                            info.getProperty(USER, ""), new Secret(info.getProperty(PASSWORD, "")), Origin.PROCESS);
            if (user instanceof AuthenticationResult.Throttled throttled) {
                throw new SQLException(
                        "too many failed logins for this user; try again in "
                                + (throttled.retryAfter().toSeconds() + 1) + " seconds",
                        ErrorCode.TOO_MANY_LOGINS.sqlState());
            }
            if (!(user instanceof AuthenticationResult.Authenticated authenticated)) {
                throw new SQLException(
                        "the user name or the password is wrong", ErrorCode.INVALID_AUTHORIZATION.sqlState());
            }
            var connection = EmbeddedConnections.connect(
                    engine, Identity.local(authenticated.user()), PREFIX + file, () -> release(file));
            connected = true;
            return connection;
        } catch (IcesparException e) {
            throw CallerError.of(e).toSqlException();
        } finally {
            if (!connected) {
                release(file);
            }
        }
    }

    private static Path file(String url) throws SQLException {
        var text = url.substring(PREFIX.length());
        try {
            if (!text.isBlank()) {
                return Path.of(text).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // As malformed as an empty one.
        }
        throw new SQLException("the URL is malformed: expected `" + PREFIX + "/path/to/icespar.yaml`", CANNOT_CONNECT);
    }

    private static void checkProperties(Properties info) throws SQLException {
        for (var name : info.stringPropertyNames()) {
            if (!Set.of(USER, PASSWORD).contains(name.toLowerCase(Locale.ROOT))) {
                throw new SQLException(
                        "unknown option `" + name + "`, expected `" + USER + "` and `" + PASSWORD + "`",
                        ErrorCode.INVALID_PARAMETER.sqlState());
            }
        }
    }

    private Engine acquire(Path file) throws SQLException {
        // One lock for all files: to open an engine twice at once would be worse than to wait.
        synchronized (engines) {
            try {
                var shared = engines.computeIfAbsent(file, path -> new SharedEngine(opener.apply(path)));
                shared.holders++;
                return shared.engine;
            } catch (IcesparException e) {
                // Whoever opens an engine is its operator, and reads what is wrong with its files.
                throw e.code().audience() == Audience.OPERATOR && e.code() != ErrorCode.INTERNAL
                        ? new SQLException(e.getMessage(), e.code().sqlState())
                        : CallerError.of(e).toSqlException();
            }
        }
    }

    private void release(Path file) {
        synchronized (engines) {
            var shared = engines.get(file);
            if (shared != null && --shared.holders == 0) {
                engines.remove(file);
                shared.engine.close();
            }
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        if (url == null) {
            throw new SQLException("no URL was given", CANNOT_CONNECT);
        }
        return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[] {
            property(USER, info, "The user to log in as."), property(PASSWORD, info, "The password of the user.")
        };
    }

    private static DriverPropertyInfo property(String name, @Nullable Properties info, String description) {
        var property = new DriverPropertyInfo(name, info == null ? null : info.getProperty(name));
        property.required = true;
        property.description = description;
        return property;
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

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.icespar.engine.jdbc");
    }
}
