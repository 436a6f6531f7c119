package io.icespar.engine.jdbc.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.jdbc.SmallShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDriverTest {
    private final Path folder;
    private final Path settings;
    private final List<Engine> opened = new ArrayList<>();
    private final EmbeddedDriver driver = new EmbeddedDriver(file -> {
        opened.add(Engine.open(EngineSettings.read(file)));
        return opened.get(opened.size() - 1);
    });

    EmbeddedDriverTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.settings = SmallShop.write(folder);
    }

    private Connection connect(String url, String user, String password) throws SQLException {
        var info = new Properties();
        info.setProperty("user", user);
        info.setProperty("password", password);
        var connection = driver.connect(url, info);
        if (connection == null) {
            throw new AssertionError("the driver does not take " + url);
        }
        return connection;
    }

    private Connection connect(String user, String password) throws SQLException {
        return connect("jdbc:icespar:embedded:" + settings, user, password);
    }

    @Test
    void theDriverManagerFindsTheDriver() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:icespar:embedded:" + settings, "alice", "changeit");
                var rows = connection.createStatement().executeQuery("SELECT SUM(\"Quantity\") FROM \"Sales\"")) {
            assertTrue(rows.next());
            assertEquals(43010, rows.getInt(1));
            assertEquals("alice", connection.getMetaData().getUserName());
        }
    }

    @Test
    void theEngineOfAFileIsOpenWhileConnectionsAre() throws SQLException {
        try (var alice = connect("alice", "changeit")) {
            try (var bob = connect("jdbc:icespar:embedded:" + folder + "/./icespar.yaml", "bob", "changeit")) {
                assertEquals(1, opened.size());
                assertFalse(bob.isClosed());
            }
            assertTrue(alice.createStatement().executeQuery("SELECT 1").next());
        }
        assertThrows(
                RuntimeException.class,
                () -> opened.get(0).session(SmallShop.BOB).query("SELECT 1"));
        try (var again = connect("alice", "changeit")) {
            assertFalse(again.isClosed());
            assertEquals(2, opened.size());
            assertNotSame(opened.get(0), opened.get(1));
        }
    }

    @Test
    void aConnectionThatIsClosedTwiceCountsOnce() throws SQLException {
        var alice = connect("alice", "changeit");
        var bob = connect("bob", "changeit");
        alice.close();
        alice.close();
        assertTrue(bob.createStatement().executeQuery("SELECT 1").next());
        assertSame(opened.get(0), opened.get(opened.size() - 1));
        bob.close();
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreRefusedAlikeAndLeaveNothingOpen() {
        var wrong = fails("28000", () -> connect("alice", "wrong"));
        assertEquals("the user name or the password is wrong", wrong);
        assertEquals(wrong, fails("28000", () -> connect("mallory", "changeit")));
        assertEquals(wrong, fails("28000", () -> connect("", "")));
        fails("28000", () -> connect("eve", "changeit"));
        for (var engine : opened) {
            assertThrows(
                    RuntimeException.class, () -> engine.session(SmallShop.BOB).query("SELECT 1"));
        }
    }

    @Test
    void aMistakeInTheConfigurationIsToldInFull() throws IOException {
        Files.writeString(settings, Files.readString(settings).replace("data:", "dta:"));
        var text = fails("F0000", () -> connect("alice", "changeit"));
        assertTrue(text.contains("icespar.yaml:2:1: unknown key `dta`"), text);
    }

    @Test
    void aUrlWithoutAFileIsMalformed() {
        var text = fails("08001", () -> connect("jdbc:icespar:embedded:", "alice", "changeit"));
        assertTrue(text.contains("jdbc:icespar:embedded:/path/to/icespar.yaml"), text);
    }

    @Test
    void anUnknownOptionIsNamed() {
        var info = new Properties();
        info.setProperty("model", "inline:{}");
        var text = fails("22023", () -> driver.connect("jdbc:icespar:embedded:" + settings, info));
        assertTrue(text.contains("`model`"), text);
    }

    @Test
    void theUrlOfAServerIsNotTheDrivers() throws SQLException {
        assertNull(driver.connect("jdbc:icespar:http://localhost", new Properties()));
    }

    private static String fails(String sqlState, Executable call) {
        var error = assertThrows(SQLException.class, call);
        assertEquals(sqlState, error.getSQLState(), error.getMessage());
        return String.valueOf(error.getMessage());
    }
}
