package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No setting of a client, be it one that Calcite or Avatica would follow, changes what a restricted user sees. */
@TestInstance(Lifecycle.PER_CLASS)
class ClientSettingsTest {
    private static final String SALES = "SELECT COUNT(*) FROM \"Sales\"";

    private final JdbcShop shop;

    ClientSettingsTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    static List<String> settings() {
        return List.of(
                "model=inline:{}",
                "schemaFactory=io.icespar.Nothing",
                "parserFactory=io.icespar.Nothing",
                "typeSystem=io.icespar.Nothing",
                "metaTableFactory=io.icespar.Nothing",
                "conformance=BABEL",
                "fun=all",
                "lex=MYSQL",
                "materializationsEnabled=true",
                "createMaterializations=true",
                "forceDecorrelate=false",
                "topDownOpt=true",
                "spark=true",
                "autoTemp=true",
                "caseSensitive=false",
                "nullEqualToEmpty=true",
                "timeZone=Asia/Tokyo",
                "locale=tr_TR",
                "defaultNullCollation=LOW",
                "doAs=bob",
                "httpclient_impl=io.icespar.Nothing",
                "factory=io.icespar.Nothing");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void itChangesNothing(String setting) throws SQLException {
        String name = setting.substring(0, setting.indexOf('='));
        String value = setting.substring(name.length() + 1);
        Properties properties = new Properties();
        properties.setProperty("user", "alice");
        properties.setProperty("password", "changeit");
        properties.setProperty(name, value);
        assertEquals("", seen(shop.url(), properties));
        properties.remove(name);
        assertEquals("", seen(shop.url() + "?" + name + "=" + value, properties));
        try (Connection connection = shop.connect(Way.REMOTE, "alice")) {
            assertEquals("2", count(connection));
            assertTrue(isRefused(connection, "SET " + name + " = '" + value + "'"), setting);
            assertTrue(isRefused(connection, "ALTER SESSION SET \"" + name + "\" = '" + value + "'"), setting);
            assertEquals("2", count(connection));
        }
    }

    /** What is wrong with what is seen; nothing if it is what alice may see, or nothing at all. */
    private static String seen(String url, Properties properties) {
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            String count = count(connection);
            return count.equals("2") ? "" : count;
        } catch (SQLException e) {
            return "";
        }
    }

    private static String count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SALES)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static boolean isRefused(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return false;
        } catch (SQLException e) {
            return true;
        }
    }
}
