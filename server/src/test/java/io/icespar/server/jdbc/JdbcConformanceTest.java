package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every method of the interfaces of {@code java.sql} does what its Javadoc says, or is refused as not supported: over the
 * thin driver, and in process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcConformanceTest {
    private final JdbcShop shop;
    private final List<Connection> opened = new ArrayList<>();

    JdbcConformanceTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterEach
    void closeConnections() throws SQLException {
        for (var connection : opened) {
            connection.close();
        }
        opened.clear();
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private Connection connect(Way way) throws SQLException {
        var connection = shop.connect(way, "bob");
        opened.add(connection);
        return connection;
    }

    @ParameterizedTest
    @EnumSource
    void connections(Way way) throws Exception {
        ConnectionMethods.of(way).verify(() -> connect(way));
    }

    @ParameterizedTest
    @EnumSource
    void statements(Way way) throws Exception {
        var connection = connect(way);
        StatementMethods.statements().verify(connection::createStatement);
    }

    @ParameterizedTest
    @EnumSource
    void preparedStatements(Way way) throws Exception {
        var connection = connect(way);
        PreparedMethods.of().verify(() -> connection.prepareStatement(PreparedMethods.SQL));
    }

    @ParameterizedTest
    @EnumSource
    void parameters(Way way) throws Exception {
        var connection = connect(way);
        PreparedMethods.parameters()
                .verify(() -> connection.prepareStatement(PreparedMethods.SQL).getParameterMetaData());
    }

    @ParameterizedTest
    @EnumSource
    void rows(Way way) throws Exception {
        var connection = connect(way);
        ResultSetMethods.rows().verify(() -> {
            var rows = connection.createStatement().executeQuery(ResultSetMethods.SQL);
            rows.next();
            return rows;
        });
    }

    @ParameterizedTest
    @EnumSource
    void columns(Way way) throws Exception {
        var connection = connect(way);
        ResultSetMethods.columns()
                .verify(() -> connection.prepareStatement(ResultSetMethods.SQL).getMetaData());
    }

    @ParameterizedTest
    @EnumSource
    void database(Way way) throws Exception {
        var connection = connect(way);
        DatabaseMethods.of(way).verify(connection::getMetaData);
    }

    @ParameterizedTest
    @EnumSource
    void arrays(Way way) throws Exception {
        var connection = connect(way);
        ConnectionMethods.arrays().verify(() -> array(connection));
    }

    private static Array array(Connection connection) throws SQLException {
        try (ResultSet rows =
                connection.createStatement().executeQuery("SELECT ARRAY[1, 2, 3] FROM (VALUES (1)) AS v")) {
            rows.next();
            return rows.getArray(1);
        }
    }

    /** docs/jdbc.md is what this says; {@code -Dicespar.docs.write} writes it anew. */
    @Test
    void theDocumentTellsWhatWorksAndWhatIsRefused() throws IOException {
        var file = Path.of("..", "docs", "jdbc.md");
        var text = JdbcDocument.text();
        if (System.getProperty("icespar.docs.write") != null) {
            Files.writeString(file, text);
        }
        assertEquals(
                text,
                Files.readString(file),
                "docs/jdbc.md is out of date; run this test with -Dicespar.docs.write to write it");
    }
}
