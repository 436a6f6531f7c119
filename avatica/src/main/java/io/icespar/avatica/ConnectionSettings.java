package io.icespar.avatica;

import java.util.Properties;
import org.apache.calcite.avatica.ConnectionConfigImpl;
import org.jspecify.annotations.Nullable;

/**
 * The few settings that Avatica's connections ask for. Its own list of settings is left alone, since it is made with
 * classes of an HTTP client that the driver does without.
 */
public final class ConnectionSettings extends ConnectionConfigImpl {
    /** How many rows are fetched at once. */
    public static final String FETCH_SIZE = "fetchSize";

    /** The zone in which a {@link java.sql.Timestamp} has the fields of a TIMESTAMP; that of the JVM if not set. */
    public static final String TIME_ZONE = "timeZone";

    private static final String DEFAULT_FETCH_SIZE = "1000";

    ConnectionSettings(Properties properties) {
        super(properties);
    }

    @Override
    public @Nullable String timeZone() {
        return properties.getProperty(TIME_ZONE);
    }

    @Override
    public int fetchSize() {
        return Integer.parseInt(properties.getProperty(FETCH_SIZE, DEFAULT_FETCH_SIZE));
    }

    /** False: what a lost connection had set would be lost unseen. */
    @Override
    public boolean transparentReconnectionEnabled() {
        return false;
    }
}
