package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.avatica.remote.Driver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Avatica's own driver at a server, over HTTP, in both forms of its protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockDriverTest {
    private final JdbcShop shop;

    StockDriverTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private Connection connect(Driver.Serialization form, String user, String password) throws SQLException {
        var info = new Properties();
        info.setProperty("serialization", form.name());
        info.setProperty("authentication", "BASIC");
        info.setProperty("avatica_user", user);
        info.setProperty("avatica_password", password);
        return new Driver().connect("jdbc:avatica:remote:url=" + shop.endpoint(), info);
    }

    @ParameterizedTest
    @EnumSource(Driver.Serialization.class)
    void eachUserSeesTheirOwn(Driver.Serialization form) throws SQLException {
        try (var alice = connect(form, "alice", "changeit");
                var bob = connect(form, "bob", "changeit")) {
            assertEquals(
                    List.of("40"),
                    rows(alice.createStatement().executeQuery("SELECT SUM(\"Quantity\") FROM \"Sales\"")));
            assertEquals(
                    List.of("240"),
                    rows(bob.createStatement().executeQuery("SELECT SUM(\"Quantity\") FROM \"Sales\"")));
            assertEquals(
                    List.of("Kinds", "Sales", "Shops"),
                    names(alice.getMetaData().getTables(null, null, null, null), "TABLE_NAME"));
            assertEquals(
                    List.of("Kinds", "Sales", "Secrets", "Shops"),
                    names(bob.getMetaData().getTables(null, null, null, null), "TABLE_NAME"));
            assertEquals(
                    List.of("Sale ID", "Shop", "Quantity"),
                    names(alice.getMetaData().getColumns(null, null, "Sales", null), "COLUMN_NAME"));
        }
    }

    /** Its protocol has nothing finer. */
    @ParameterizedTest
    @EnumSource(Driver.Serialization.class)
    void timesComeToTheMillisecond(Driver.Serialization form) throws SQLException {
        try (var connection = connect(form, "bob", "changeit");
                var row = connection
                        .createStatement()
                        .executeQuery("SELECT TIMESTAMP '1969-12-31 23:59:59.123456', TIME '01:02:03.000999'"
                                + " FROM (VALUES (1)) AS v")) {
            assertTrue(row.next());
            assertEquals(Timestamp.valueOf("1969-12-31 23:59:59.123"), row.getTimestamp(1));
            assertEquals(3, row.getMetaData().getPrecision(1));
            assertEquals(Time.valueOf("01:02:03"), row.getTime(2));
            assertEquals(3, row.getMetaData().getPrecision(2));
        }
    }

    @ParameterizedTest
    @EnumSource(Driver.Serialization.class)
    void aWrongPasswordIsRefused(Driver.Serialization form) {
        assertThrows(Exception.class, () -> {
            try (var connection = connect(form, "bob", "wrong")) {
                connection.createStatement();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Driver.Serialization.class)
    void errorsArriveWithTheirSqlState(Driver.Serialization form) throws SQLException {
        try (var connection = connect(form, "bob", "changeit");
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement(
                        "SELECT 10 / \"Quantity\" FROM \"Sales\" WHERE 1 / CAST(? AS INTEGER) = 1")) {
            refuses("42601", () -> statement.executeQuery("SELECT FROM"));
            refuses("42P01", () -> statement.executeQuery("SELECT * FROM \"Nothing\""));
            refuses("42703", () -> connection.prepareStatement("SELECT \"nothing\" FROM \"Shops\""));
            refuses("0A000", () -> statement.executeUpdate("DELETE FROM \"Shops\""));
            refuses("22000", () -> {
                prepared.setInt(1, 0);
                rows(prepared.executeQuery());
            });
            // The statement is none the worse for it.
            prepared.setInt(1, 1);
            assertEquals(List.of("1", "0", "0"), rows(prepared.executeQuery()));
        }
    }

    private static void refuses(String sqlState, Executable action) {
        var refusal = assertThrows(SQLException.class, action);
        assertEquals(sqlState, refusal.getSQLState(), refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("io.icespar"), refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Driver.Serialization.class)
    void rowsComeFrameByFrame(Driver.Serialization form) throws SQLException {
        try (var connection = connect(form, "bob", "changeit");
                var statement = connection.createStatement()) {
            statement.setFetchSize(7);
            var many = rows(statement.executeQuery(
                    "SELECT a.\"k\" * 0 + ROW_NUMBER() OVER (ORDER BY a.\"k\") FROM \"Kinds\" AS a" + crossJoins(7)));
            assertEquals(256, many.size());
            assertTrue(many.contains("256"), many::toString);
            statement.setMaxRows(3);
            assertEquals(
                    3,
                    rows(statement.executeQuery("SELECT 1 FROM \"Kinds\" AS a" + crossJoins(3)))
                            .size());
        }
    }

    private static String crossJoins(int count) {
        var joins = new StringBuilder();
        for (int i = 0; i < count; i++) {
            joins.append(" CROSS JOIN \"Kinds\" AS k").append(i);
        }
        return joins.toString();
    }

    private static List<String> rows(ResultSet rows) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(rows.getString(1));
        }
        return values;
    }

    private static List<String> names(ResultSet rows, String column) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(rows.getString(column));
        }
        return values;
    }
}
