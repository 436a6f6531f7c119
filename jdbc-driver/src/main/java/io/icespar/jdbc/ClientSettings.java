package io.icespar.jdbc;

import java.util.Properties;
import org.apache.calcite.avatica.ConnectionConfigImpl;

/**
 * The few settings that Avatica's connections ask for. Its own list of settings is left alone, since it is made with
 * classes of an HTTP client that the driver does without.
 */
final class ClientSettings extends ConnectionConfigImpl {
    ClientSettings(Properties properties) {
        super(properties);
    }

    @Override
    public String timeZone() {
        return properties.getProperty(DriverProperty.TIME_ZONE.key());
    }

    @Override
    public int fetchSize() {
        return Integer.parseInt(properties.getProperty(DriverProperty.FETCH_SIZE.key()));
    }

    /** False: what a lost connection had set would be lost unseen. */
    @Override
    public boolean transparentReconnectionEnabled() {
        return false;
    }
}
