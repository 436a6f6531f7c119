package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each getter gives for each type: JDBC 4.3's appendix B, tables B-5 and B-6. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversionsTest {
    private static final String SQL = """
            SELECT CAST(7 AS TINYINT), CAST(300 AS SMALLINT), 70000, CAST(3000000000 AS BIGINT), CAST(7.5 AS REAL),
              CAST(1e300 AS DOUBLE), CAST(7.50 AS DECIMAL(5, 2)), TRUE, CAST('7' AS CHAR(1)), CAST('2020-02-29' AS VARCHAR),
              DATE '2020-02-29', TIME '01:02:03.000004', TIMESTAMP '2020-02-29 01:02:03.456789', X'0aff', ARRAY[1, 2]
            FROM (VALUES (1)) AS v""";

    /** By column, in the order of the query. An SQLSTATE stands for an error; spaces in values are written _. */
    private static final String EXPECTED = """
            getString      7 300 70000 3000000000 7.5 1.0E300 7.50 true 7 2020-02-29 2020-02-29 01:02:03.000004 2020-02-29_01:02:03.456789 0aff [1,_2]
            getBoolean     true true true true true true true true 22000 22000 22000 22000 22000 22000 22000
            getByte        7 22003 22003 22003 7 22003 7 1 7 22000 22000 22000 22000 22000 22000
            getShort       7 300 22003 22003 7 22003 7 1 7 22000 22000 22000 22000 22000 22000
            getInt         7 300 70000 22003 7 22003 7 1 7 22000 22000 22000 22000 22000 22000
            getLong        7 300 70000 3000000000 7 22003 7 1 7 22000 22000 22000 22000 22000 22000
            getFloat       7.0 300.0 70000.0 3.0E9 7.5 22003 7.5 1.0 7.0 22000 22000 22000 22000 22000 22000
            getDouble      7.0 300.0 70000.0 3.0E9 7.5 1.0E300 7.5 1.0 7.0 22000 22000 22000 22000 22000 22000
            getBigDecimal  7 300 70000 3000000000 7.5 1.0E+300 7.50 1 7 22000 22000 22000 22000 22000 22000
            getBytes       22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 0aff 22000
            getDate        22000 22000 22000 22000 22000 22000 22000 22000 22000 2020-02-29 2020-02-29 22000 2020-02-29 22000 22000
            getTime        22000 22000 22000 22000 22000 22000 22000 22000 22000 00:00:00 22000 01:02:03 01:02:03 22000 22000
            getTimestamp   22000 22000 22000 22000 22000 22000 22000 22000 22000 2020-02-29_00:00:00.0 2020-02-29_00:00:00.0 1970-01-01_01:02:03.000004 2020-02-29_01:02:03.456789 22000 22000
            getAsciiStream 22000 22000 22000 22000 22000 22000 22000 22000 7 2020-02-29 22000 22000 22000 hex:0aff 22000
            getBinaryStream 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 hex:0aff 22000
            getCharacterStream 22000 22000 22000 22000 22000 22000 22000 22000 7 2020-02-29 22000 22000 22000 22000 22000
            getArray       22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 [1,_2]
            getObject      Integer:7 Integer:300 Integer:70000 Long:3000000000 Float:7.5 Double:1.0E300 BigDecimal:7.50 Boolean:true String:7 String:2020-02-29 Date:2020-02-29 Time:01:02:03 Timestamp:2020-02-29_01:02:03.456789 byte[]:0aff IcesparArray:[1,_2]
            LocalDate      22000 22000 22000 22000 22000 22000 22000 22000 22000 2020-02-29 2020-02-29 22000 2020-02-29 22000 22000
            LocalTime      22000 22000 22000 22000 22000 22000 22000 22000 22000 00:00 22000 01:02:03.000004 01:02:03.456789 22000 22000
            LocalDateTime  22000 22000 22000 22000 22000 22000 22000 22000 22000 2020-02-29T00:00 2020-02-29T00:00 1970-01-01T01:02:03.000004 2020-02-29T01:02:03.456789 22000 22000
            UUID           22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000 22000
            """;

    private static final Map<String, Getter> GETTERS = getters();

    private final JdbcShop shop;

    ConversionsTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @FunctionalInterface
    private interface Getter {
        @Nullable
        Object get(ResultSet rows, int column) throws SQLException;
    }

    private static Map<String, Getter> getters() {
        var getters = new LinkedHashMap<String, Getter>();
        getters.put("getString", ResultSet::getString);
        getters.put("getBoolean", ResultSet::getBoolean);
        getters.put("getByte", ResultSet::getByte);
        getters.put("getShort", ResultSet::getShort);
        getters.put("getInt", ResultSet::getInt);
        getters.put("getLong", ResultSet::getLong);
        getters.put("getFloat", ResultSet::getFloat);
        getters.put("getDouble", ResultSet::getDouble);
        getters.put("getBigDecimal", ResultSet::getBigDecimal);
        getters.put("getBytes", ResultSet::getBytes);
        getters.put("getDate", ResultSet::getDate);
        getters.put("getTime", ResultSet::getTime);
        getters.put("getTimestamp", ResultSet::getTimestamp);
        getters.put("getAsciiStream", ResultSet::getAsciiStream);
        getters.put("getBinaryStream", ResultSet::getBinaryStream);
        getters.put("getCharacterStream", ResultSet::getCharacterStream);
        getters.put("getArray", ResultSet::getArray);
        getters.put("getObject", (rows, column) -> {
            var value = rows.getObject(column);
            return value == null ? null : value.getClass().getSimpleName() + ":" + text(value);
        });
        for (var type : List.of(LocalDate.class, LocalTime.class, LocalDateTime.class, UUID.class)) {
            getters.put(type.getSimpleName(), (rows, column) -> rows.getObject(column, type));
        }
        return getters;
    }

    @ParameterizedTest
    @EnumSource
    void eachGetterGivesWhatJdbcLaysDown(Way way) throws SQLException, IOException {
        try (var connection = shop.connect(way, "bob");
                var rows = connection.createStatement().executeQuery(SQL)) {
            rows.next();
            var count = rows.getMetaData().getColumnCount();
            var found = new StringBuilder();
            for (var getter : GETTERS.entrySet()) {
                found.append(getter.getKey());
                for (int column = 1; column <= count; column++) {
                    found.append(' ').append(read(getter.getValue(), rows, column));
                }
                found.append('\n');
            }
            assertEquals(EXPECTED.replaceAll(" +", " "), found.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void timestampsGoAndComeToTheMicrosecond(Way way) throws SQLException {
        var timestamps = List.of(
                Timestamp.valueOf("0004-02-29 00:00:00.000001"),
                Timestamp.valueOf("1500-01-01 00:00:00.123456"),
                Timestamp.valueOf("1969-12-31 23:59:59.999999"),
                Timestamp.valueOf("2020-02-29 01:02:03.000001"),
                Timestamp.valueOf("2020-02-29 01:02:03.5"));
        try (var connection = shop.connect(way, "bob");
                var statement = connection.prepareStatement("SELECT CAST(? AS TIMESTAMP) FROM (VALUES (1)) AS v")) {
            for (var timestamp : timestamps) {
                statement.setTimestamp(1, timestamp);
                assertEquals(timestamp, only(statement));
                statement.setObject(1, timestamp);
                assertEquals(timestamp, only(statement));
                statement.setTimestamp(1, timestamp, null);
                assertEquals(timestamp, only(statement));
                statement.setObject(1, timestamp, Types.TIMESTAMP);
                assertEquals(timestamp, only(statement));
                statement.setObject(1, timestamp.toLocalDateTime());
                assertEquals(timestamp, only(statement));
                var zone = Calendar.getInstance(TimeZone.getTimeZone("Asia/Kathmandu"));
                statement.setTimestamp(1, timestamp, zone);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    assertEquals(timestamp, rows.getTimestamp(1, zone));
                }
            }
        }
    }

    private static Timestamp only(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return rows.getTimestamp(1);
        }
    }

    private static String read(Getter getter, ResultSet rows, int column) throws SQLException, IOException {
        try {
            var value = getter.get(rows, column);
            if (value instanceof InputStream stream) {
                var bytes = stream.readAllBytes();
                return bytes.length == 2
                        ? "hex:" + HexFormat.of().formatHex(bytes)
                        : new String(bytes, StandardCharsets.UTF_8);
            }
            if (value instanceof Reader reader) {
                var text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            }
            return text(value).replace(' ', '_');
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static String text(@Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Array array ? Arrays.toString((Object[]) array.getArray()) : String.valueOf(value);
    }
}
