package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.identity.Identity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.avatica.remote.Driver;
import org.apache.calcite.avatica.remote.LocalJsonService;
import org.apache.calcite.avatica.remote.LocalProtobufService;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Avatica's own client makes of our answers, in both forms of its protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class StockClientTest {
    /** The client takes its way to the server from a static field; so it is one of the thread's. */
    public static final ThreadLocal<Service.Factory> SERVER = new ThreadLocal<>();

    private final SmallShop shop;
    private final Connections connections = new Connections(Connections.Limits.DEFAULT);

    StockClientTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
    }

    @AfterAll
    void close() {
        connections.close();
        shop.close();
    }

    enum Form {
        JSON {
            @Override
            Service over(LocalService server) {
                return new LocalJsonService(server);
            }
        },
        PROTOBUF {
            @Override
            Service over(LocalService server) {
                return new LocalProtobufService(server, new ProtobufTranslationImpl());
            }
        };

        abstract Service over(LocalService server);
    }

    private Connection connect(Form form) throws SQLException {
        var server = new LocalService(
                new IcesparMeta(shop.engine(), connections, Identity.local(SmallShop.BOB), Times.MILLISECONDS));
        SERVER.set(connection -> form.over(server));
        try {
            return new Driver()
                    .connect(
                            "jdbc:avatica:remote:factory=" + StockClientTest.class.getName() + "#SERVER",
                            new Properties());
        } finally {
            SERVER.remove();
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyTypeArrivesAsItWasSent(Form form) throws SQLException {
        try (var connection = connect(form);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT * FROM \"Kinds\" ORDER BY \"k\"")) {
            assertTrue(row.next());
            assertEquals(1L, row.getLong("k"));
            assertEquals(-7, row.getInt("i"));
            assertTrue(row.getBoolean("b"));
            assertEquals(0.5, row.getDouble("f"));
            assertEquals(0, new BigDecimal("12.3").compareTo(row.getBigDecimal("d")));
            assertEquals("l'été, \"here\"", row.getString("s"));
            assertEquals(Date.valueOf("1969-12-31"), row.getDate("day"));
            assertEquals("1969-12-31", row.getString("day"));
            assertEquals("23:59:58", row.getTime("t").toLocalTime().withNano(0).toString());
            assertEquals(Timestamp.valueOf("1969-12-31 23:59:59.123"), row.getTimestamp("ts"));
            assertTrue(row.next());
            for (var column : List.of("i", "b", "f", "d", "s", "day", "t", "ts")) {
                assertNull(row.getString(column), column);
                assertTrue(row.wasNull(), column);
            }
            assertFalse(row.next());
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void extremesArriveAsTheyWereSent(Form form) throws SQLException {
        try (var connection = connect(form);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CAST(9223372036854775807 AS BIGINT), CAST(1e300 AS DOUBLE),"
                        + " CAST('12345678901234567890.12' AS DECIMAL(38, 2)), DATE '9999-12-31', DATE '0001-01-01',"
                        + " TIMESTAMP '9999-12-31 23:59:59.999', CAST(-1 AS SMALLINT), X'00ff', ARRAY[1, 2]"
                        + " FROM (VALUES (1)) AS v")) {
            assertTrue(row.next());
            assertEquals(Long.MAX_VALUE, row.getLong(1));
            assertEquals(1e300, row.getDouble(2));
            assertEquals(new BigDecimal("12345678901234567890.12"), row.getBigDecimal(3));
            assertEquals("9999-12-31", row.getString(4));
            assertEquals("0001-01-01", row.getString(5));
            assertEquals(
                    LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000),
                    row.getTimestamp(6).toLocalDateTime());
            assertEquals(-1, row.getShort(7));
            assertArrayEquals(new byte[] {0, -1}, row.getBytes(8));
            assertArrayEquals(new Object[] {1, 2}, (Object[]) row.getArray(9).getArray());
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void parametersArriveAsTheyWereSent(Form form) throws SQLException {
        var sql = "SELECT COUNT(*) FROM \"Kinds\" WHERE \"i\" = ? AND \"b\" = ? AND \"f\" = ? AND \"d\" = ?"
                + " AND \"s\" = ? AND \"day\" = ? AND \"t\" < ? AND \"ts\" >= ?";
        try (var connection = connect(form);
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, -7);
            statement.setBoolean(2, true);
            statement.setDouble(3, 0.5);
            statement.setBigDecimal(4, new BigDecimal("12.30"));
            statement.setString(5, "l'été, \"here\"");
            statement.setDate(6, Date.valueOf(LocalDate.of(1969, 12, 31)));
            statement.setTime(7, Time.valueOf("23:59:59"));
            statement.setTimestamp(8, Timestamp.valueOf("1969-12-31 23:59:59.123"));
            assertEquals(List.of(1L), numbers(statement.executeQuery()));
            statement.setTimestamp(8, Timestamp.valueOf("1969-12-31 23:59:59.124"));
            assertEquals(List.of(0L), numbers(statement.executeQuery()));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aParameterOfEachTypeArrivesAsItWasSent(Form form) throws SQLException {
        var sql = "SELECT CAST(? AS SMALLINT), CAST(? AS BIGINT), CAST(? AS REAL), CAST(? AS DECIMAL(20, 2)),"
                + " CAST(? AS VARCHAR), CAST(? AS BOOLEAN), CAST(? AS DATE), CAST(? AS TIME(3)),"
                + " CAST(? AS TIMESTAMP(3)), CAST(? AS INTEGER) FROM (VALUES (1)) AS v";
        try (var connection = connect(form);
                var statement = connection.prepareStatement(sql)) {
            assertEquals(10, statement.getParameterMetaData().getParameterCount());
            statement.setShort(1, Short.MIN_VALUE);
            statement.setLong(2, Long.MIN_VALUE);
            statement.setFloat(3, 0.1f);
            statement.setBigDecimal(4, new BigDecimal("123456789012345678.90"));
            statement.setString(5, "l'été 🦊");
            statement.setBoolean(6, true);
            statement.setDate(7, Date.valueOf("0001-01-01"));
            statement.setTime(8, Time.valueOf("23:59:59"));
            statement.setTimestamp(9, Timestamp.valueOf("9999-12-31 23:59:59.999"));
            statement.setNull(10, Types.INTEGER);
            try (var row = statement.executeQuery()) {
                assertTrue(row.next());
                assertEquals(Short.MIN_VALUE, row.getShort(1));
                assertEquals(Long.MIN_VALUE, row.getLong(2));
                assertEquals(0.1f, row.getFloat(3));
                assertEquals(new BigDecimal("123456789012345678.90"), row.getBigDecimal(4));
                assertEquals("l'été 🦊", row.getString(5));
                assertTrue(row.getBoolean(6));
                assertEquals("0001-01-01", row.getString(7));
                assertEquals(Time.valueOf("23:59:59"), row.getTime(8));
                assertEquals(Timestamp.valueOf("9999-12-31 23:59:59.999"), row.getTimestamp(9));
                assertEquals(0, row.getInt(10));
                assertTrue(row.wasNull());
            }
        }
    }

    /** Its protocol has no request for it: the client itself reads no further, and the next statement runs. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void cancellingEndsTheReading(Form form) throws SQLException {
        try (var connection = connect(form);
                var statement = connection.createStatement()) {
            var rows = statement.executeQuery("SELECT \"n\" FROM \"Numbers\" ORDER BY 1");
            assertTrue(rows.next());
            statement.cancel();
            assertThrows(SQLException.class, () -> numbers(rows));
        }
        try (var connection = connect(form);
                var statement = connection.createStatement()) {
            assertEquals(List.of(1L), numbers(statement.executeQuery("VALUES (1)")));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatTheServerHasClosedCanBeClosed(Form form) throws SQLException {
        var connection = connect(form);
        var statement = connection.createStatement();
        connections.close();
        statement.close();
        connection.close();
        assertTrue(connection.isClosed());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void rowsComeFrameByFrame(Form form) throws SQLException {
        try (var connection = connect(form);
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement("SELECT \"n\" FROM \"Numbers\" ORDER BY 1")) {
            statement.setFetchSize(7_000);
            var expected = new ArrayList<Long>();
            for (long n = 0; n < SmallShop.NUMBERS; n++) {
                expected.add(n);
            }
            assertEquals(expected, numbers(statement.executeQuery("SELECT \"n\" FROM \"Numbers\" ORDER BY 1")));
            assertEquals(expected, numbers(prepared.executeQuery()));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void metadataArrives(Form form) throws SQLException {
        try (var connection = connect(form)) {
            var metadata = connection.getMetaData();
            try (var tables = metadata.getTables(null, "ret%", "S%", new String[] {"TABLE"})) {
                assertEquals(List.of("Sales", "Shops"), strings(tables, "TABLE_NAME"));
            }
            try (var columns = metadata.getColumns(null, null, "SHOPS", "%")) {
                assertEquals(List.of("Shop ID", "City"), strings(columns, "COLUMN_NAME"));
            }
            try (var schemas = metadata.getSchemas()) {
                assertEquals(List.of("retail"), strings(schemas, "TABLE_SCHEM"));
            }
            try (var types = metadata.getTableTypes()) {
                assertEquals(List.of("TABLE", "VIEW"), strings(types, "TABLE_TYPE"));
            }
            try (var types = metadata.getTypeInfo()) {
                assertTrue(strings(types, "TYPE_NAME").contains("VARCHAR"));
            }
            try (var catalogs = metadata.getCatalogs()) {
                assertEquals(List.of(), strings(catalogs, "TABLE_CAT"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void theConnectionIsToldOfItsState(Form form) throws SQLException {
        try (var connection = connect(form)) {
            assertTrue(connection.isReadOnly());
            assertTrue(connection.getAutoCommit());
            assertEquals("retail", connection.getSchema());
            connection.setAutoCommit(false);
            assertFalse(connection.getAutoCommit());
            connection.commit();
            connection.rollback();
        }
        assertEquals(0, connections.count(Identity.local(SmallShop.BOB)));
    }

    private static List<Long> numbers(ResultSet rows) throws SQLException {
        var values = new ArrayList<Long>();
        while (rows.next()) {
            values.add(rows.getLong(1));
        }
        return values;
    }

    private static List<String> strings(ResultSet rows, String column) throws SQLException {
        var values = new ArrayList<String>();
        while (rows.next()) {
            values.add(rows.getString(column));
        }
        return values;
    }
}
