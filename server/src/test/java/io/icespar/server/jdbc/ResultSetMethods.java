package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** What the methods of rows and their descriptions must do. */
final class ResultSetMethods {
    /** Two rows of each type; the first is current when a check begins. */
    static final String SQL = "SELECT \"Kinds\".*, X'0aff' AS \"bin\", ARRAY[1, 2] AS \"arr\", \"k\" AS \"K\","
            + " \"s\" AS \"VARCHAR\""
            + " FROM \"Kinds\" ORDER BY 1";

    private ResultSetMethods() {}

    @SuppressWarnings("deprecation") // JDBC still has what it deprecates.
    static Conformance<ResultSet> rows() {
        return new Conformance<>(ResultSet.class)
                .works("getString(int) getString(String)", r -> {
                    assertEquals("word", r.getString(6));
                    assertEquals("word", r.getString("s"));
                    fails("42703", () -> r.getString("nothing"));
                    fails("42703", () -> r.getString(99));
                })
                .works("getNString(int) getNString(String)", r -> {
                    assertEquals("word", r.getNString(6));
                    assertEquals("word", r.getNString("s"));
                    fails("42703", () -> r.getNString("nothing"));
                    fails("42703", () -> r.getNString(99));
                })
                .works("getBoolean(int) getBoolean(String)", r -> {
                    assertEquals(true, r.getBoolean(3));
                    assertEquals(true, r.getBoolean("b"));
                    fails("42703", () -> r.getBoolean("nothing"));
                    fails("42703", () -> r.getBoolean(99));
                })
                .works("getByte(int) getByte(String)", r -> {
                    assertEquals(-7, r.getByte(2));
                    assertEquals(-7, r.getByte("I"));
                    fails("42703", () -> r.getByte("nothing"));
                    fails("42703", () -> r.getByte(99));
                })
                .works("getShort(int) getShort(String)", r -> {
                    assertEquals(-7, r.getShort(2));
                    assertEquals(-7, r.getShort("I"));
                    fails("42703", () -> r.getShort("nothing"));
                    fails("42703", () -> r.getShort(99));
                })
                .works("getInt(int) getInt(String)", r -> {
                    assertEquals(-7, r.getInt(2));
                    assertEquals(-7, r.getInt("I"));
                    fails("42703", () -> r.getInt("nothing"));
                    fails("42703", () -> r.getInt(99));
                })
                .works("getLong(int) getLong(String)", r -> {
                    assertEquals(1, r.getLong(1));
                    assertEquals(1, r.getLong("k"));
                    fails("42703", () -> r.getLong("nothing"));
                    fails("42703", () -> r.getLong(99));
                })
                .works("getFloat(int) getFloat(String)", r -> {
                    assertEquals(0.5f, r.getFloat(4));
                    assertEquals(0.5f, r.getFloat("f"));
                    fails("42703", () -> r.getFloat("nothing"));
                    fails("42703", () -> r.getFloat(99));
                })
                .works("getDouble(int) getDouble(String)", r -> {
                    assertEquals(0.5, r.getDouble(4));
                    assertEquals(0.5, r.getDouble("f"));
                    fails("42703", () -> r.getDouble("nothing"));
                    fails("42703", () -> r.getDouble(99));
                })
                .works("getBigDecimal(int) getBigDecimal(String)", r -> {
                    assertEquals(new BigDecimal("12.30"), r.getBigDecimal(5));
                    assertEquals(new BigDecimal("12.30"), r.getBigDecimal("D"));
                    fails("42703", () -> r.getBigDecimal("nothing"));
                    fails("42703", () -> r.getBigDecimal(99));
                })
                .works("getBigDecimal(int,int) getBigDecimal(String,int)", r -> {
                    assertEquals(new BigDecimal("12.3"), r.getBigDecimal(5, 1));
                    assertEquals(new BigDecimal("12.3"), r.getBigDecimal("D", 1));
                    fails("42703", () -> r.getBigDecimal("nothing", 1));
                    fails("42703", () -> r.getBigDecimal(99, 1));
                })
                .works("getBytes(int) getBytes(String)", r -> {
                    assertEquals("[10, -1]", Arrays.toString(r.getBytes(10)));
                    assertEquals("[10, -1]", Arrays.toString(r.getBytes("bin")));
                    fails("42703", () -> r.getBytes("nothing"));
                    fails("42703", () -> r.getBytes(99));
                })
                .works("getBinaryStream(int) getBinaryStream(String)", r -> {
                    assertEquals(
                            "[10, -1]", Arrays.toString(r.getBinaryStream(10).readAllBytes()));
                    assertEquals(
                            "[10, -1]", Arrays.toString(r.getBinaryStream("bin").readAllBytes()));
                    fails("42703", () -> r.getBinaryStream("nothing"));
                    fails("42703", () -> r.getBinaryStream(99));
                })
                .works("getAsciiStream(int) getAsciiStream(String)", r -> {
                    assertEquals("word", text(r.getAsciiStream(6)));
                    assertEquals("word", text(r.getAsciiStream("s")));
                    fails("42703", () -> r.getAsciiStream("nothing"));
                    fails("42703", () -> r.getAsciiStream(99));
                })
                .works("getUnicodeStream(int) getUnicodeStream(String)", r -> {
                    assertEquals("word", text(r.getUnicodeStream(6)));
                    assertEquals("word", text(r.getUnicodeStream("s")));
                    fails("42703", () -> r.getUnicodeStream("nothing"));
                    fails("42703", () -> r.getUnicodeStream(99));
                })
                .works("getCharacterStream(int) getCharacterStream(String)", r -> {
                    assertEquals("word", text(r.getCharacterStream(6)));
                    assertEquals("word", text(r.getCharacterStream("s")));
                    fails("42703", () -> r.getCharacterStream("nothing"));
                    fails("42703", () -> r.getCharacterStream(99));
                })
                .works("getNCharacterStream(int) getNCharacterStream(String)", r -> {
                    assertEquals("word", text(r.getNCharacterStream(6)));
                    assertEquals("word", text(r.getNCharacterStream("s")));
                    fails("42703", () -> r.getNCharacterStream("nothing"));
                    fails("42703", () -> r.getNCharacterStream(99));
                })
                .works("getDate(int) getDate(String)", r -> {
                    assertEquals(Date.valueOf("1969-12-31"), r.getDate(7));
                    assertEquals(Date.valueOf("1969-12-31"), r.getDate("day"));
                    fails("42703", () -> r.getDate("nothing"));
                    fails("42703", () -> r.getDate(99));
                })
                .works("getDate(int,Calendar) getDate(String,Calendar)", r -> {
                    assertEquals(-86_400_000L, r.getDate(7, utc()).getTime());
                    assertEquals(-86_400_000L, r.getDate("day", utc()).getTime());
                    fails("42703", () -> r.getDate("nothing", utc()));
                    fails("42703", () -> r.getDate(99, utc()));
                })
                .works("getTime(int) getTime(String)", r -> {
                    assertEquals("23:59:58", r.getTime(8).toString());
                    assertEquals("23:59:58", r.getTime("t").toString());
                    fails("42703", () -> r.getTime("nothing"));
                    fails("42703", () -> r.getTime(99));
                })
                .works("getTime(int,Calendar) getTime(String,Calendar)", r -> {
                    assertEquals(86_398_123L, r.getTime(8, utc()).getTime());
                    assertEquals(86_398_123L, r.getTime("t", utc()).getTime());
                    fails("42703", () -> r.getTime("nothing", utc()));
                    fails("42703", () -> r.getTime(99, utc()));
                })
                .works("getTimestamp(int) getTimestamp(String)", r -> {
                    assertEquals(Timestamp.valueOf("1969-12-31 23:59:59.123"), r.getTimestamp(9));
                    assertEquals(Timestamp.valueOf("1969-12-31 23:59:59.123"), r.getTimestamp("ts"));
                    fails("42703", () -> r.getTimestamp("nothing"));
                    fails("42703", () -> r.getTimestamp(99));
                })
                .works("getTimestamp(int,Calendar) getTimestamp(String,Calendar)", r -> {
                    assertEquals(-877L, r.getTimestamp(9, utc()).getTime());
                    assertEquals(-877L, r.getTimestamp("ts", utc()).getTime());
                    fails("42703", () -> r.getTimestamp("nothing", utc()));
                    fails("42703", () -> r.getTimestamp(99, utc()));
                })
                .works("getObject(int) getObject(String)", r -> {
                    assertEquals(1L, r.getObject(1));
                    assertEquals(1L, r.getObject("k"));
                    fails("42703", () -> r.getObject("nothing"));
                    fails("42703", () -> r.getObject(99));
                })
                .works("getObject(int,Map) getObject(String,Map)", r -> {
                    assertEquals(1L, r.getObject(1, Map.of()));
                    assertEquals(1L, r.getObject("k", Map.of()));
                    fails("42703", () -> r.getObject("nothing", Map.of()));
                    fails("42703", () -> r.getObject(99, Map.of()));
                })
                .works("getObject(int,Class) getObject(String,Class)", r -> {
                    assertEquals(LocalDate.of(1969, 12, 31), r.getObject(7, LocalDate.class));
                    assertEquals(LocalDate.of(1969, 12, 31), r.getObject("day", LocalDate.class));
                    fails("42703", () -> r.getObject("nothing", LocalDate.class));
                    fails("42703", () -> r.getObject(99, LocalDate.class));
                })
                .works("getArray(int) getArray(String)", r -> {
                    assertEquals(
                            "[1, 2]", Arrays.toString((Object[]) r.getArray(11).getArray()));
                    assertEquals("[1, 2]", Arrays.toString((Object[])
                            r.getArray("arr").getArray()));
                    fails("42703", () -> r.getArray("nothing"));
                    fails("42703", () -> r.getArray(99));
                })
                .works("next()", r -> {
                    assertTrue(r.next());
                    assertFalse(r.next());
                    assertFalse(r.next());
                    fails("24000", () -> r.getInt(1));
                })
                .works("wasNull()", r -> {
                    assertEquals(-7, r.getInt("i"));
                    assertFalse(r.wasNull());
                    assertTrue(r.next());
                    for (var column : List.of("i", "b", "f", "d", "s", "day", "t", "ts")) {
                        assertNull(r.getString(column));
                        assertNull(r.getObject(column));
                        assertTrue(r.wasNull());
                    }
                    assertEquals(0, r.getInt("i"));
                    assertFalse(r.getBoolean("b"));
                    assertNull(r.getBigDecimal("d"));
                    assertNull(r.getDate("day"));
                    assertNull(r.getObject("ts", LocalDate.class));
                    assertNull(r.getCharacterStream("s"));
                })
                .works("findColumn(String)", r -> {
                    assertEquals(1, r.findColumn("K"), "the first of two, whatever their case");
                    assertEquals(7, r.findColumn("DAY"));
                    fails("42703", () -> r.findColumn("nothing"));
                    fails("42703", () -> r.findColumn(null));
                })
                .works("isBeforeFirst() isFirst() isLast() isAfterLast() getRow()", r -> {
                    assertTrue(r.isFirst());
                    assertFalse(r.isBeforeFirst() || r.isLast() || r.isAfterLast());
                    assertEquals(1, r.getRow());
                    assertTrue(r.next());
                    assertTrue(r.isLast());
                    assertEquals(2, r.getRow());
                    assertFalse(r.next());
                    assertTrue(r.isAfterLast());
                    assertFalse(r.isLast());
                    assertEquals(0, r.getRow());
                    var statement = r.getStatement();
                    var others = statement.executeQuery("VALUES (1)");
                    assertTrue(others.isBeforeFirst());
                    fails("24000", () -> others.getInt(1));
                    var none = statement.executeQuery("SELECT \"k\" FROM \"Kinds\" WHERE \"k\" < 0");
                    assertFalse(none.isBeforeFirst() || none.isAfterLast());
                })
                .works("close() isClosed()", r -> {
                    r.close();
                    r.close();
                    assertTrue(r.isClosed());
                    fails("24000", r::next);
                    fails("24000", () -> r.getInt(1));
                    fails("24000", r::getMetaData);
                })
                .works("getStatement()", r -> assertFalse(r.getStatement().isClosed()))
                .works("getMetaData()", r -> assertEquals(13, r.getMetaData().getColumnCount()))
                .works("getType()", r -> assertEquals(ResultSet.TYPE_FORWARD_ONLY, r.getType()))
                .works("getConcurrency()", r -> assertEquals(ResultSet.CONCUR_READ_ONLY, r.getConcurrency()))
                .works("getHoldability()", r -> assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, r.getHoldability()))
                .works("setFetchDirection(int) getFetchDirection()", r -> {
                    r.setFetchDirection(ResultSet.FETCH_FORWARD);
                    assertEquals(ResultSet.FETCH_FORWARD, r.getFetchDirection());
                    fails("22023", () -> r.setFetchDirection(ResultSet.FETCH_REVERSE));
                })
                .works("setFetchSize(int) getFetchSize()", r -> {
                    r.setFetchSize(7);
                    assertEquals(7, r.getFetchSize());
                    fails("22023", () -> r.setFetchSize(-1));
                })
                .works("rowUpdated() rowInserted() rowDeleted()", r -> {
                    assertFalse(r.rowUpdated() || r.rowInserted() || r.rowDeleted());
                })
                .works("getWarnings() clearWarnings()", r -> {
                    r.clearWarnings();
                    assertNull(r.getWarnings());
                })
                .works("unwrap(Class) isWrapperFor(Class)", r -> {
                    assertTrue(r.isWrapperFor(ResultSet.class));
                    assertFalse(r.isWrapperFor(String.class));
                    assertNotNull(r.unwrap(ResultSet.class));
                    fails("22023", () -> r.unwrap(String.class));
                });
    }

    static Conformance<ResultSetMetaData> columns() {
        return new Conformance<>(ResultSetMetaData.class)
                .works("getColumnCount()", m -> assertEquals(13, m.getColumnCount()))
                .works("getColumnLabel(int)", m -> {
                    assertEquals("bin", m.getColumnLabel(10));
                    fails("42703", () -> m.getColumnLabel(0));
                    fails("42703", () -> m.getColumnLabel(14));
                })
                .works("getColumnName(int)", m -> assertEquals("day", m.getColumnName(7)))
                .works("getColumnType(int)", m -> {
                    var types = new int[] {
                        Types.BIGINT,
                        Types.INTEGER,
                        Types.BOOLEAN,
                        Types.DOUBLE,
                        Types.DECIMAL,
                        Types.VARCHAR,
                        Types.DATE,
                        Types.TIME,
                        Types.TIMESTAMP,
                        Types.BINARY,
                        Types.ARRAY
                    };
                    for (int i = 0; i < types.length; i++) {
                        assertEquals(types[i], m.getColumnType(i + 1), m.getColumnName(i + 1));
                    }
                })
                .works("getColumnTypeName(int)", m -> assertEquals("DECIMAL", m.getColumnTypeName(5)))
                .works("getColumnClassName(int)", m -> {
                    assertEquals(Long.class.getName(), m.getColumnClassName(1));
                    assertEquals(Integer.class.getName(), m.getColumnClassName(2));
                    assertEquals(Date.class.getName(), m.getColumnClassName(7));
                    assertEquals(byte[].class.getName(), m.getColumnClassName(10));
                })
                .works("getPrecision(int)", m -> {
                    assertEquals(10, m.getPrecision(5));
                    assertEquals(19, m.getPrecision(1));
                })
                .works("getScale(int)", m -> {
                    assertEquals(2, m.getScale(5));
                    assertEquals(0, m.getScale(1));
                })
                .works("getColumnDisplaySize(int)", m -> {
                    assertEquals("-9223372036854775808".length(), m.getColumnDisplaySize(1));
                    assertEquals("2000-01-01".length(), m.getColumnDisplaySize(7));
                })
                .works("getSchemaName(int)", m -> {
                    assertEquals("retail", m.getSchemaName(1));
                    assertEquals("", m.getSchemaName(10));
                })
                .works("getTableName(int)", m -> {
                    assertEquals("Kinds", m.getTableName(1));
                    assertEquals("", m.getTableName(10));
                })
                .works("getCatalogName(int)", m -> assertEquals("", m.getCatalogName(1)))
                .works("isNullable(int)", m -> {
                    assertEquals(ResultSetMetaData.columnNoNulls, m.isNullable(1));
                    assertEquals(ResultSetMetaData.columnNullable, m.isNullable(2));
                })
                .works("isSigned(int)", m -> {
                    assertTrue(m.isSigned(1) && m.isSigned(4) && m.isSigned(5));
                    assertFalse(m.isSigned(6) || m.isSigned(7));
                })
                .works("isCaseSensitive(int)", m -> {
                    assertTrue(m.isCaseSensitive(6));
                    assertFalse(m.isCaseSensitive(1));
                })
                .works("isAutoIncrement(int)", m -> assertFalse(m.isAutoIncrement(1)))
                .works("isSearchable(int)", m -> assertTrue(m.isSearchable(1)))
                .works("isCurrency(int)", m -> assertFalse(m.isCurrency(5)))
                .works("isReadOnly(int)", m -> assertTrue(m.isReadOnly(1)))
                .works("isWritable(int)", m -> assertFalse(m.isWritable(1)))
                .works("isDefinitelyWritable(int)", m -> assertFalse(m.isDefinitelyWritable(1)))
                .works("unwrap(Class) isWrapperFor(Class)", m -> {
                    assertTrue(m.isWrapperFor(ResultSetMetaData.class));
                    assertFalse(m.isWrapperFor(String.class));
                    assertNotNull(m.unwrap(ResultSetMetaData.class));
                    fails("22023", () -> m.unwrap(String.class));
                });
    }

    private static Calendar utc() {
        return Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String text(Reader reader) throws IOException {
        var text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }
}
