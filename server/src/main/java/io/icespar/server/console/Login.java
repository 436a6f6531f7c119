package io.icespar.server.console;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * What a command logs in with.
 *
 * @param url the JDBC URL, which holds no secret
 * @param user the user, where the URL does not say how else to log in
 * @param password the user's password, likewise
 */
record Login(String url, Optional<String> user, Optional<String> password) {
    /** A connection; whoever gets it closes it. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(text -> properties.setProperty("password", text));
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return url;
    }
}
