package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static io.icespar.server.jdbc.ConnectionMethods.first;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.Conformance.Check;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import javax.sql.rowset.serial.SerialClob;
import org.jspecify.annotations.Nullable;

/** What the methods of prepared statements and their parameters' descriptions must do. */
final class PreparedMethods {
    /** The statement of each check: its parameter is a text. */
    static final String SQL = "SELECT CAST(? AS VARCHAR) FROM (VALUES (1)) AS v";

    private PreparedMethods() {}

    @SuppressWarnings("deprecation") // JDBC still has what it deprecates.
    static Conformance<PreparedStatement> of() {
        return new Conformance<>(PreparedStatement.class)
                .works("execute() executeQuery()", p -> {
                    fails("07001", p::execute);
                    p.setString(1, "x");
                    assertTrue(p.execute());
                    assertEquals("x", first(p.getResultSet()));
                    assertEquals("x", first(p.executeQuery()));
                    fails("55000", () -> p.executeQuery("VALUES (1)"));
                    fails("55000", () -> p.execute("VALUES (1)"));
                    fails("55000", () -> p.executeUpdate("VALUES (1)"));
                })
                .works("executeUpdate() executeLargeUpdate()", p -> {
                    p.setString(1, "x");
                    fails("55000", p::executeUpdate);
                    fails("55000", p::executeLargeUpdate);
                    var command = p.getConnection().prepareStatement("SET SESSION AUTHORIZATION DEFAULT");
                    assertEquals(0, command.executeUpdate());
                    assertEquals(0, command.executeLargeUpdate());
                    assertNull(command.getMetaData());
                    fails("55000", command::executeQuery);
                })
                .works("clearParameters()", p -> {
                    p.setString(1, "x");
                    p.clearParameters();
                    fails("07001", p::executeQuery);
                })
                .works("getMetaData()", p -> assertEquals(1, p.getMetaData().getColumnCount()))
                .works(
                        "getParameterMetaData()",
                        p -> assertEquals(1, p.getParameterMetaData().getParameterCount()))
                .works("setString(int,String)", p -> {
                    is("it's", q -> q.setString(1, "it's")).check(p);
                    is(null, q -> q.setString(1, null)).check(p);
                    fails("07009", () -> p.setString(2, "x"));
                    fails("07009", () -> p.setString(0, "x"));
                })
                .works("setNull(int,int)", is(null, p -> p.setNull(1, Types.VARCHAR)))
                .works("setNull(int,int,String)", is(null, p -> p.setNull(1, Types.VARCHAR, "ignored")))
                .works("setBoolean(int,boolean)", typed("BOOLEAN", "true", p -> p.setBoolean(1, true)))
                .works("setByte(int,byte)", typed("SMALLINT", "7", p -> p.setByte(1, (byte) 7)))
                .works("setShort(int,short)", typed("INTEGER", "7", p -> p.setShort(1, (short) 7)))
                .works("setInt(int,int)", p -> {
                    typed("INTEGER", "7", q -> q.setInt(1, 7)).check(p);
                    typed("BIGINT", "7", q -> q.setInt(1, 7)).check(p);
                    fails(
                            "07001",
                            () -> typed("SMALLINT", "", q -> q.setInt(1, 70_000))
                                    .check(p));
                })
                .works("setLong(int,long)", typed("BIGINT", "9223372036854775807", p -> p.setLong(1, Long.MAX_VALUE)))
                .works("setFloat(int,float)", typed("REAL", "0.5", p -> p.setFloat(1, 0.5f)))
                .works("setDouble(int,double)", typed("DOUBLE", "0.1", p -> p.setDouble(1, 0.1)))
                .works(
                        "setBigDecimal(int,BigDecimal)",
                        typed("DECIMAL(10, 2)", "12.30", p -> p.setBigDecimal(1, new BigDecimal("12.3"))))
                .works("setClob(int,Clob)", p -> {
                    Clob text = new SerialClob("word".toCharArray());
                    is("word", q -> q.setClob(1, text)).check(p);
                })
                .works("setNClob(int,NClob)", is(null, p -> p.setNClob(1, (NClob) null)))
                .works("setAsciiStream(int,InputStream)", is("word", p -> p.setAsciiStream(1, bytes("word"))))
                .works(
                        "setCharacterStream(int,Reader)",
                        is("word", p -> p.setCharacterStream(1, new StringReader("word"))))
                .works(
                        "setNCharacterStream(int,Reader)",
                        is("word", p -> p.setNCharacterStream(1, new StringReader("word"))))
                .works("setClob(int,Reader)", is("word", p -> p.setClob(1, new StringReader("word"))))
                .works("setNClob(int,Reader)", is("word", p -> p.setNClob(1, new StringReader("word"))))
                .works("setAsciiStream(int,InputStream,int)", is("word", p -> p.setAsciiStream(1, bytes("word"), 4)))
                .works(
                        "setCharacterStream(int,Reader,int)",
                        is("word", p -> p.setCharacterStream(1, new StringReader("word"), 4)))
                .works("setAsciiStream(int,InputStream,long)", is("word", p -> p.setAsciiStream(1, bytes("word"), 4L)))
                .works(
                        "setCharacterStream(int,Reader,long)",
                        is("word", p -> p.setCharacterStream(1, new StringReader("word"), 4L)))
                .works(
                        "setNCharacterStream(int,Reader,long)",
                        is("word", p -> p.setNCharacterStream(1, new StringReader("word"), 4L)))
                .works("setClob(int,Reader,long)", is("word", p -> p.setClob(1, new StringReader("word"), 4L)))
                .works("setNClob(int,Reader,long)", is("word", p -> p.setNClob(1, new StringReader("word"), 4L)))
                .works(
                        "setUnicodeStream(int,InputStream,int)",
                        is("word", p -> p.setUnicodeStream(1, bytes("word"), 4)))
                .works("setNString(int,String)", is("word", p -> p.setNString(1, "word")))
                .works("setDate(int,Date)", typed("DATE", "2020-02-29", p -> p.setDate(1, Date.valueOf("2020-02-29"))))
                .works(
                        "setDate(int,Date,Calendar)",
                        typed("DATE", "2020-02-29", p -> p.setDate(1, new Date(MOMENT), utc())))
                .works("setTime(int,Time)", typed("TIME", "01:02:03", p -> p.setTime(1, Time.valueOf("01:02:03"))))
                .works(
                        "setTime(int,Time,Calendar)",
                        typed("TIME", "01:02:03", p -> p.setTime(1, new Time(MOMENT), utc())))
                .works(
                        "setTimestamp(int,Timestamp)",
                        typed(
                                "TIMESTAMP(3)",
                                "2020-02-29 01:02:03.4",
                                p -> p.setTimestamp(1, Timestamp.valueOf("2020-02-29 01:02:03.4"))))
                .works(
                        "setTimestamp(int,Timestamp,Calendar)",
                        typed(
                                "TIMESTAMP(3)",
                                "2020-02-29 01:02:03",
                                p -> p.setTimestamp(1, new Timestamp(MOMENT), utc())))
                .works("setObject(int,Object)", p -> {
                    is("x", q -> q.setObject(1, "x")).check(p);
                    is("x", q -> q.setObject(1, 'x')).check(p);
                    is(null, q -> q.setObject(1, null)).check(p);
                    fails("22023", () -> p.setObject(1, new Object()));
                    fails("22023", () -> p.setObject(1, List.of(1)));
                    fails("22023", () -> p.setObject(1, Thread.State.NEW));
                    typed("INTEGER", "7", q -> q.setObject(1, 7)).check(p);
                    typed("DATE", "2020-02-29", q -> q.setObject(1, LocalDate.of(2020, 2, 29)))
                            .check(p);
                    typed("TIME", "01:02:03", q -> q.setObject(1, LocalTime.of(1, 2, 3)))
                            .check(p);
                    typed(
                                    "TIMESTAMP(3)",
                                    "2020-02-29 01:02:03",
                                    q -> q.setObject(1, LocalDateTime.of(2020, 2, 29, 1, 2, 3)))
                            .check(p);
                    typed("TIMESTAMP(3)", "1970-01-01 00:00:00", q -> q.setObject(1, LocalDate.EPOCH))
                            .check(p);
                    fails("0A000", () -> p.setObject(1, new byte[] {10}));
                    fails("0A000", () -> p.setObject(1, p.getConnection().createArrayOf("INTEGER", new Object[] {1})));
                })
                .works("setObject(int,Object,int)", p -> {
                    typed("INTEGER", "7", q -> q.setObject(1, "7", Types.INTEGER))
                            .check(p);
                    typed("DATE", "2020-02-29", q -> q.setObject(1, "2020-02-29", Types.DATE))
                            .check(p);
                    fails("22000", () -> p.setObject(1, "word", Types.INTEGER));
                })
                .works(
                        "setObject(int,Object,int,int)",
                        typed("DECIMAL(10, 2)", "1.50", p -> p.setObject(1, new BigDecimal("1.5"), Types.DECIMAL, 2)))
                .works("setObject(int,Object,SQLType)", typed("INTEGER", "7", p -> p.setObject(1, 7, JDBCType.INTEGER)))
                .works(
                        "setObject(int,Object,SQLType,int)",
                        typed(
                                "DECIMAL(10, 2)",
                                "1.50",
                                p -> p.setObject(1, new BigDecimal("1.5"), JDBCType.DECIMAL, 2)));
    }

    static Conformance<ParameterMetaData> parameters() {
        return new Conformance<>(ParameterMetaData.class)
                .works("getParameterCount()", m -> assertEquals(1, m.getParameterCount()))
                .works("getParameterType(int)", m -> {
                    assertEquals(Types.VARCHAR, m.getParameterType(1));
                    fails("07009", () -> m.getParameterType(2));
                })
                .works("getParameterTypeName(int)", m -> assertEquals("VARCHAR", m.getParameterTypeName(1)))
                .works(
                        "getParameterClassName(int)",
                        m -> assertEquals(String.class.getName(), m.getParameterClassName(1)))
                .works("getParameterMode(int)", m -> {
                    assertEquals(ParameterMetaData.parameterModeIn, m.getParameterMode(1));
                    fails("07009", () -> m.getParameterMode(0));
                })
                .works("isNullable(int)", m -> {
                    assertEquals(ParameterMetaData.parameterNullable, m.isNullable(1));
                    fails("07009", () -> m.isNullable(2));
                })
                .works("isSigned(int)", m -> assertFalse(m.isSigned(1)))
                .works("getPrecision(int)", m -> assertTrue(m.getPrecision(1) >= 0))
                .works("getScale(int)", m -> assertEquals(0, m.getScale(1)))
                .works("unwrap(Class) isWrapperFor(Class)", m -> {
                    assertTrue(m.isWrapperFor(ParameterMetaData.class));
                    assertNotNull(m.unwrap(ParameterMetaData.class));
                    fails("22023", () -> m.unwrap(List.class));
                });
    }

    /** 2020-02-29 01:02:03 in UTC. */
    private static final long MOMENT = 1_582_938_123_000L;

    private static Calendar utc() {
        return Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sees what the parameter is once it is set. */
    private static Check<PreparedStatement> is(@Nullable String expected, Check<PreparedStatement> set) {
        return statement -> {
            set.check(statement);
            assertEquals(expected, first(statement.executeQuery()));
        };
    }

    /** Sees what a parameter of a type is once it is set. The statement itself is told as well, and does not mind. */
    private static Check<PreparedStatement> typed(String type, String expected, Check<PreparedStatement> set) {
        return statement -> {
            set.check(statement);
            var sql = "SELECT CAST(? AS " + type + ") FROM (VALUES (1)) AS v";
            try (var other = statement.getConnection().prepareStatement(sql)) {
                set.check(other);
                assertEquals(expected, first(other.executeQuery()));
            }
        };
    }
}
