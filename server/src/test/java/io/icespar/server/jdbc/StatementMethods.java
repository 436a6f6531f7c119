package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static io.icespar.server.jdbc.ConnectionMethods.first;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the methods of statements must do. */
final class StatementMethods {
    private static final String NUMBERS = "VALUES (1), (2), (3)";
    private static final String COMMAND = "SET SESSION AUTHORIZATION DEFAULT";

    private StatementMethods() {}

    static Conformance<Statement> statements() {
        return new Conformance<>(Statement.class)
                .works("executeQuery(String)", s -> {
                    assertEquals("1", first(s.executeQuery(NUMBERS)));
                    fails("42601", () -> s.executeQuery("SELECT FROM"));
                    fails("55000", () -> s.executeQuery(COMMAND));
                    fails("22023", () -> s.executeQuery(null));
                })
                .works("execute(String) getResultSet() getUpdateCount() getLargeUpdateCount()", s -> {
                    assertNull(s.getResultSet());
                    assertEquals(-1, s.getUpdateCount());
                    assertTrue(s.execute(NUMBERS));
                    assertEquals("1", first(s.getResultSet()));
                    assertEquals(-1, s.getUpdateCount());
                    assertFalse(s.execute(COMMAND));
                    assertNull(s.getResultSet());
                    assertEquals(0, s.getUpdateCount());
                    assertEquals(0, s.getLargeUpdateCount());
                })
                .works("executeUpdate(String) executeLargeUpdate(String)", s -> {
                    assertEquals(0, s.executeUpdate(COMMAND));
                    assertEquals(0, s.executeLargeUpdate(COMMAND));
                    fails("55000", () -> s.executeUpdate(NUMBERS));
                    fails("0A000", () -> s.executeUpdate("DELETE FROM \"Shops\""));
                })
                .works("execute(String,int)", s -> {
                    assertTrue(s.execute(NUMBERS, Statement.NO_GENERATED_KEYS));
                    fails("0A000", () -> s.execute(NUMBERS, Statement.RETURN_GENERATED_KEYS));
                })
                .works("executeUpdate(String,int) executeLargeUpdate(String,int)", s -> {
                    assertEquals(0, s.executeUpdate(COMMAND, Statement.NO_GENERATED_KEYS));
                    assertEquals(0, s.executeLargeUpdate(COMMAND, Statement.NO_GENERATED_KEYS));
                    fails("22023", () -> s.executeUpdate(COMMAND, 99));
                })
                .works("getMoreResults() getMoreResults(int)", s -> {
                    var rows = s.executeQuery(NUMBERS);
                    assertFalse(s.getMoreResults());
                    assertTrue(rows.isClosed());
                    assertNull(s.getResultSet());
                    assertEquals(-1, s.getUpdateCount());
                    assertFalse(s.getMoreResults(Statement.CLOSE_CURRENT_RESULT));
                    fails("0A000", () -> s.getMoreResults(Statement.KEEP_CURRENT_RESULT));
                    fails("22023", () -> s.getMoreResults(99));
                })
                .works("close() isClosed()", s -> {
                    var rows = s.executeQuery(NUMBERS);
                    assertFalse(s.isClosed());
                    s.close();
                    s.close();
                    assertTrue(s.isClosed());
                    assertTrue(rows.isClosed());
                    fails("26000", () -> s.executeQuery(NUMBERS));
                    fails("26000", s::getResultSet);
                    fails("26000", s::cancel);
                    fails("26000", s::getConnection);
                    fails("26000", () -> s.setFetchSize(1));
                })
                .works("closeOnCompletion() isCloseOnCompletion()", s -> {
                    assertFalse(s.isCloseOnCompletion());
                    s.closeOnCompletion();
                    assertTrue(s.isCloseOnCompletion());
                    s.executeQuery(NUMBERS).close();
                    assertTrue(s.isClosed());
                })
                .works("cancel()", s -> {
                    s.cancel();
                    assertEquals("1", first(s.executeQuery(NUMBERS)));
                    var endless = CompletableFuture.runAsync(
                            () -> fails("57014", () -> s.executeQuery("SELECT COUNT(*) FROM \"Kinds\" AS a" + many())));
                    while (!endless.isDone()) {
                        s.cancel();
                    }
                    endless.get();
                })
                .works("setQueryTimeout(int) getQueryTimeout()", s -> {
                    assertEquals(0, s.getQueryTimeout());
                    s.setQueryTimeout(Integer.MAX_VALUE);
                    assertEquals(Integer.MAX_VALUE, s.getQueryTimeout());
                    assertEquals("1", first(s.executeQuery(NUMBERS)));
                    fails("22023", () -> s.setQueryTimeout(-1));
                    s.setQueryTimeout(1);
                    fails("57014", () -> s.executeQuery("SELECT COUNT(*) FROM \"Kinds\" AS a" + many()));
                })
                .works("setMaxRows(int) getMaxRows()", s -> {
                    assertEquals(0, s.getMaxRows());
                    s.setMaxRows(2);
                    assertEquals(2, s.getMaxRows());
                    assertEquals(2, count(s.executeQuery(NUMBERS)));
                    fails("22023", () -> s.setMaxRows(-1));
                })
                .works("setLargeMaxRows(long) getLargeMaxRows()", s -> {
                    s.setLargeMaxRows(1L << 40);
                    assertEquals(1L << 40, s.getLargeMaxRows());
                    assertEquals(Integer.MAX_VALUE, s.getMaxRows());
                    assertEquals(3, count(s.executeQuery(NUMBERS)));
                })
                .works("setFetchSize(int) getFetchSize()", s -> {
                    assertEquals(1000, s.getFetchSize());
                    s.setFetchSize(1);
                    assertEquals(1, s.getFetchSize());
                    assertEquals(3, count(s.executeQuery(NUMBERS)));
                    fails("22023", () -> s.setFetchSize(-1));
                })
                .works("setFetchDirection(int) getFetchDirection()", s -> {
                    assertEquals(ResultSet.FETCH_FORWARD, s.getFetchDirection());
                    s.setFetchDirection(ResultSet.FETCH_UNKNOWN);
                    assertEquals(ResultSet.FETCH_UNKNOWN, s.getFetchDirection());
                    fails("22023", () -> s.setFetchDirection(7));
                })
                .works("setMaxFieldSize(int) getMaxFieldSize()", s -> {
                    s.setMaxFieldSize(0);
                    assertEquals(0, s.getMaxFieldSize());
                    fails("0A000", () -> s.setMaxFieldSize(1));
                    fails("22023", () -> s.setMaxFieldSize(-1));
                })
                .works("setEscapeProcessing(boolean)", s -> {
                    s.setEscapeProcessing(true);
                    assertEquals("A", first(s.executeQuery("SELECT {fn UCASE('a')} FROM (VALUES (1)) AS v")));
                })
                .works("setCursorName(String)", s -> s.setCursorName("ignored"))
                .works("setPoolable(boolean) isPoolable()", s -> {
                    assertFalse(s.isPoolable());
                    s.setPoolable(true);
                    assertTrue(s.isPoolable());
                })
                .works("clearBatch()", Statement::clearBatch)
                .works("getWarnings() clearWarnings()", s -> {
                    s.clearWarnings();
                    assertNull(s.getWarnings());
                })
                .works("getConnection()", s -> assertFalse(s.getConnection().isClosed()))
                .works("getResultSetType()", s -> assertEquals(ResultSet.TYPE_FORWARD_ONLY, s.getResultSetType()))
                .works(
                        "getResultSetConcurrency()",
                        s -> assertEquals(ResultSet.CONCUR_READ_ONLY, s.getResultSetConcurrency()))
                .works(
                        "getResultSetHoldability()",
                        s -> assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, s.getResultSetHoldability()))
                .works("enquoteLiteral(String)", s -> assertEquals("'it''s'", s.enquoteLiteral("it's")))
                .works("enquoteNCharLiteral(String)", s -> assertEquals("N'it''s'", s.enquoteNCharLiteral("it's")))
                .works("enquoteIdentifier(String,boolean) isSimpleIdentifier(String)", s -> {
                    assertEquals("\"Sale ID\"", s.enquoteIdentifier("Sale ID", false));
                    assertEquals("\"City\"", s.enquoteIdentifier("City", true));
                    assertTrue(s.isSimpleIdentifier("City"));
                    assertFalse(s.isSimpleIdentifier("Sale ID"));
                    assertEquals("\"order\"", s.enquoteIdentifier("order", false));
                    assertEquals("\"order\"", s.enquoteIdentifier("\"order\"", false));
                    assertEquals("City", s.enquoteIdentifier("City", false));
                    assertFalse(s.isSimpleIdentifier("Order"));
                })
                .works("unwrap(Class) isWrapperFor(Class)", s -> {
                    assertTrue(s.isWrapperFor(Statement.class));
                    assertFalse(s.isWrapperFor(String.class));
                    assertNotNull(s.unwrap(Statement.class));
                    fails("22023", () -> s.unwrap(String.class));
                });
    }

    /** More cross joins than end within a test. */
    private static String many() {
        return joins(40);
    }

    /** As many cross joins, with {@code Kinds} as {@code k1}, {@code k2} and so on: each doubles the rows. */
    static String joins(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> " CROSS JOIN \"Kinds\" AS k" + i)
                .collect(Collectors.joining());
    }

    static int count(ResultSet rows) throws SQLException {
        int count = 0;
        while (rows.next()) {
            count++;
        }
        return count;
    }
}
