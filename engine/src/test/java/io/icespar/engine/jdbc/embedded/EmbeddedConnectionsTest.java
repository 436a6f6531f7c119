package io.icespar.engine.jdbc.embedded;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.SmallShop;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedConnectionsTest {
    private final SmallShop shop;

    EmbeddedConnectionsTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private Connection connect() throws SQLException {
        return EmbeddedConnections.connect(shop.engine(), SmallShop.BOB);
    }

    @Test
    void theUsersNameIsSpelledAsTheEngineKnowsIt() throws SQLException {
        try (var connection = EmbeddedConnections.connect(shop.engine(), Name.of("BOB"))) {
            assertEquals("bob", connection.getMetaData().getUserName());
        }
    }

    @Test
    void aUserSeesTheUsersRowsOnly() throws SQLException {
        var sql = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
        try (var alice = EmbeddedConnections.connect(shop.engine(), SmallShop.ALICE);
                var bob = connect()) {
            assertEquals(
                    "[43010]", rows(alice.createStatement().executeQuery(sql)).toString());
            assertEquals(
                    "[43210]", rows(bob.createStatement().executeQuery(sql)).toString());
        }
    }

    @Test
    void whoMayNotEnterIsRefusedAtOnce() {
        fails("28000", () -> EmbeddedConnections.connect(shop.engine(), SmallShop.EVE));
    }

    @Test
    void everyTypeIsReadAsItIs() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM \"Kinds\" ORDER BY \"k\"")) {
            assertTrue(row.next());
            assertEquals(1L, row.getObject("k"));
            assertEquals(-7, row.getObject("i"));
            assertEquals(true, row.getObject("b"));
            assertEquals(0.5, row.getObject("f"));
            assertEquals(new BigDecimal("12.30"), row.getObject("d"));
            assertEquals("l'été, \"here\"", row.getObject("s"));
            assertEquals(LocalDate.of(1969, 12, 31), row.getDate("day").toLocalDate());
            assertEquals("1969-12-31", row.getString("day"));
            assertEquals(LocalDate.of(1969, 12, 31), row.getObject("day", LocalDate.class));
            assertEquals(LocalTime.of(23, 59, 58), row.getTime("t").toLocalTime());
            assertEquals(LocalTime.of(23, 59, 58, 123_456_000), row.getObject("t", LocalTime.class));
            assertEquals(
                    LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000),
                    row.getTimestamp("ts").toLocalDateTime());
            assertEquals(
                    LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000), row.getObject("ts", LocalDateTime.class));
            assertTrue(row.next());
            for (var column : List.of("i", "b", "f", "d", "s", "day", "t", "ts")) {
                assertNull(row.getObject(column), column);
                assertNull(row.getString(column), column);
                assertTrue(row.wasNull(), column);
            }
            assertFalse(row.next());
        }
    }

    @Test
    void columnsAreDescribed() throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("SELECT \"k\", \"d\" AS \"price\", 1 + 1 FROM \"Kinds\"")) {
            var columns = statement.getMetaData();
            assertEquals(3, columns.getColumnCount());
            assertEquals("k", columns.getColumnLabel(1));
            assertEquals(Types.BIGINT, columns.getColumnType(1));
            assertEquals("Kinds", columns.getTableName(1));
            assertEquals("retail", columns.getSchemaName(1));
            assertEquals("price", columns.getColumnLabel(2));
            assertEquals("DECIMAL", columns.getColumnTypeName(2));
            assertEquals(10, columns.getPrecision(2));
            assertEquals(2, columns.getScale(2));
            assertEquals("java.math.BigDecimal", columns.getColumnClassName(2));
            assertEquals("", columns.getTableName(3));
        }
    }

    @Test
    void parametersAreTakenInTheirTypes() throws SQLException {
        var sql = "SELECT \"k\" FROM \"Kinds\" WHERE \"i\" = ? AND \"b\" = ? AND \"f\" = ? AND \"d\" = ? AND \"s\" = ?"
                + " AND \"day\" = ? AND \"ts\" > ?";
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            assertEquals(7, statement.getParameterMetaData().getParameterCount());
            assertEquals(Types.INTEGER, statement.getParameterMetaData().getParameterType(1));
            statement.setLong(1, -7);
            statement.setBoolean(2, true);
            statement.setFloat(3, 0.5f);
            statement.setString(4, "12.3");
            statement.setString(5, "l'été, \"here\"");
            statement.setObject(6, LocalDate.of(1969, 12, 31));
            statement.setObject(7, LocalDateTime.of(1969, 12, 31, 23, 59, 59));
            assertEquals("[1]", rows(statement.executeQuery()).toString());
            statement.setDate(6, java.sql.Date.valueOf("1969-12-31"));
            statement.setTimestamp(7, java.sql.Timestamp.valueOf("1969-12-31 23:59:59.123"));
            assertEquals("[1]", rows(statement.executeQuery()).toString());
            statement.setInt(1, 7);
            assertEquals("[]", rows(statement.executeQuery()).toString());
        }
    }

    @Test
    void parametersHaveTheTypesOfTheirPlaces() throws SQLException {
        var sql =
                "SELECT CASE \"s\" WHEN 'a' THEN ? WHEN ? THEN 2 ELSE \"i\" END FROM \"Kinds\" WHERE \"f\" > ? LIMIT ?";
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            var parameters = statement.getParameterMetaData();
            assertEquals("INTEGER", parameters.getParameterTypeName(1));
            assertEquals("VARCHAR", parameters.getParameterTypeName(2));
            assertEquals("DOUBLE", parameters.getParameterTypeName(3));
            assertEquals(4, parameters.getParameterCount());
        }
    }

    @Test
    void whatIsNoTextIsWrittenAsOne() throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("SELECT CAST(? AS VARCHAR) FROM \"Kinds\" LIMIT 1")) {
            for (var value : Map.of(
                            5,
                            "5",
                            new BigDecimal("1E+2"),
                            "100",
                            true,
                            "true",
                            LocalDate.of(2021, 1, 31),
                            "2021-01-31",
                            java.sql.Timestamp.valueOf("2021-01-31 10:11:12.5"),
                            "2021-01-31 10:11:12.5")
                    .entrySet()) {
                statement.setObject(1, value.getKey());
                assertEquals(
                        "[" + value.getValue() + "]",
                        rows(statement.executeQuery()).toString());
            }
        }
    }

    @Test
    void parametersThatDoNotFitAreRefusedWithoutTheirValues() throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("SELECT 1 FROM \"Kinds\" WHERE \"i\" = ?")) {
            assertEquals("parameter 1 has no value", fails("07001", statement::executeQuery));
            statement.setString(1, "s3cret");
            assertEquals("the value of parameter 1 is not a `INTEGER`", fails("07001", statement::executeQuery));
            statement.setLong(1, 1L << 40);
            assertEquals("the value of parameter 1 is not a `INTEGER`", fails("07001", statement::executeQuery));
            fails("07001", () -> connection.createStatement().executeQuery("SELECT 1 FROM \"Kinds\" WHERE \"i\" = ?"));
        }
    }

    @Test
    void errorsAreTheEnginesWithNothingAround() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var text = fails("42P01", () -> statement.executeQuery("SELECT * FROM \"nope\""));
            assertEquals(text, fails("42P01", () -> statement.execute("SELECT * FROM \"nope\"")));
            assertEquals(text, fails("42P01", () -> connection.prepareStatement("SELECT * FROM \"nope\"")));
            assertTrue(text.contains("nope") && !text.contains("Exception"), text);
            fails("42601", () -> statement.executeQuery("SELEC"));
            fails("42501", () -> statement.execute("CREATE ROLE \"mine\""));
            fails("3F000", () -> connection.setSchema("nope"));
            fails("0A000", connection::setSavepoint);
            fails("0A000", () -> statement.addBatch("SELECT 1"));
            fails("0A000", statement::executeBatch);
        }
    }

    @Test
    void rowsStreamInFramesOfTheFetchSizeUpToTheMaximum() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement("SELECT \"n\" FROM \"Numbers\" ORDER BY 1")) {
            for (int size : new int[] {0, 1000, 24_999, 25_000, 1_000_000}) {
                statement.setFetchSize(size);
                var rows = rows(statement.executeQuery("SELECT \"n\" FROM \"Numbers\" ORDER BY 1"));
                assertEquals(SmallShop.NUMBERS, rows.size());
                assertEquals(SmallShop.NUMBERS - 1, rows.get(rows.size() - 1));
            }
            statement.setMaxRows(1234);
            prepared.setMaxRows(1234);
            assertEquals(
                    1234,
                    rows(statement.executeQuery("SELECT \"n\" FROM \"Numbers\""))
                            .size());
            assertEquals(1234, rows(prepared.executeQuery()).size());
        }
    }

    @Test
    void aNewRestrictionHoldsInStatementsThatArePreparedAlready() throws SQLException {
        try (var bob = connect();
                var prepared = bob.prepareStatement("SELECT COUNT(*) FROM \"Shops\"")) {
            shop.command("CREATE ROLE \"ROLE_LYON\"");
            shop.command("CREATE RESTRICTION \"lyon\" ON \"Shops\" USING (\"City\" = 'Lyon') TO \"ROLE_LYON\"");
            assertEquals("[3]", rows(prepared.executeQuery()).toString());
            shop.command("GRANT \"ROLE_LYON\" TO USER \"bob\"");
            assertEquals("[1]", rows(prepared.executeQuery()).toString());
            shop.command("DROP RESTRICTION \"lyon\"");
            shop.command("DROP ROLE \"ROLE_LYON\"");
            assertEquals("[3]", rows(prepared.executeQuery()).toString());
        }
    }

    @Test
    void aCommandCountsNoRows() throws SQLException {
        try (var admin = EmbeddedConnections.connect(shop.engine(), SmallShop.ADMIN);
                var statement = admin.createStatement();
                var prepared = admin.prepareStatement("DROP ROLE \"counted\"")) {
            assertFalse(statement.execute("CREATE ROLE \"counted\""));
            assertEquals(0, statement.getUpdateCount());
            assertEquals(0, prepared.executeUpdate());
            fails("42704", prepared::execute);
        }
    }

    @Test
    void aCancelledStatementFailsAndCanBeExecutedAgain() throws SQLException {
        try (var connection = connect();
                var statement = connection.prepareStatement("SELECT \"n\" FROM \"Numbers\"")) {
            statement.setFetchSize(10);
            var rows = statement.executeQuery();
            assertTrue(rows.next());
            statement.cancel();
            fails("57014", () -> rows(rows));
            assertEquals(SmallShop.NUMBERS, rows(statement.executeQuery()).size());
        }
    }

    @Test
    void aStatementIsCancelledAfterItsTimeout() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            fails(
                    "57014",
                    () -> rows(statement.executeQuery(
                            "SELECT COUNT(*) FROM \"Numbers\" AS a, \"Numbers\" AS b, \"Numbers\" AS c"
                                    + " WHERE a.\"n\" + b.\"n\" * c.\"n\" = 17")));
        }
    }

    @Test
    void aConnectionIsReadOnlyAndCommitsNothing() throws SQLException {
        try (var connection = connect()) {
            assertTrue(connection.isReadOnly());
            connection.setReadOnly(false);
            assertTrue(connection.isReadOnly());
            assertTrue(connection.getAutoCommit());
            connection.setAutoCommit(false);
            assertFalse(connection.getAutoCommit());
            connection.commit();
            connection.rollback();
            assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            fails("0A000", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            assertEquals("retail", connection.getSchema());
            connection.setSchema("RETAIL");
            assertEquals("retail", connection.getSchema());
            assertNull(connection.getCatalog());
            assertTrue(connection.isValid(1));
        }
    }

    @Test
    void arraysAreRead() throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT ARRAY[1, 2, 3], ARRAY['a', 'b'] FROM (VALUES (1)) AS v")) {
            assertTrue(rows.next());
            assertArrayEquals(
                    new Object[] {1, 2, 3}, (Object[]) rows.getArray(1).getArray());
            assertArrayEquals(
                    new Object[] {"a", "b"}, (Object[]) rows.getArray(2).getArray());
        }
    }

    static List<Object> rows(ResultSet rows) throws SQLException {
        var values = new ArrayList<Object>();
        while (rows.next()) {
            values.add(rows.getObject(1));
        }
        return values;
    }

    private static String fails(String sqlState, Executable call) {
        var error = assertThrows(SQLException.class, call);
        assertEquals(sqlState, error.getSQLState(), error.getMessage());
        return String.valueOf(error.getMessage());
    }
}
