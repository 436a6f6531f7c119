package io.icespar.jdbc;

import io.icespar.jdbc.login.Browser;
import io.icespar.jdbc.login.Logins;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** A program with the driver: its clock is a test's, and so is the browser in front of it. */
final class Program {
    private final TestClock clock = new TestClock();
    private final Logins logins;
    private final Driver driver;

    /** A program on a machine without a browser. */
    Program() {
        this(address -> {
            throw new AssertionError("a browser was opened");
        });
    }

    Program(Browser browser) {
        logins = new Logins(browser, clock, new SecureRandom(), clock);
        driver = new Driver(logins);
    }

    TestClock clock() {
        return clock;
    }

    /** What happens when the driver is taken away. */
    void removeDriver() {
        logins.close();
    }

    /** Connects; the options are keys and values in turn. */
    Connection connect(FakeServer server, String... options) throws SQLException {
        var info = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            info.setProperty(options[i], options[i + 1]);
        }
        var connection = driver.connect(server.url(), info);
        if (connection == null) {
            throw new AssertionError("the driver does not take its own URL");
        }
        return connection;
    }

    static void query(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT n FROM t")) {
            rows.next();
        }
    }
}
