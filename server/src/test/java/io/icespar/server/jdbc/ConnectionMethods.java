package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import java.util.Properties;

/** What the methods of connections and arrays must do. */
final class ConnectionMethods {
    private ConnectionMethods() {}

    static Conformance<Connection> of(JdbcShop.Way way) {
        var methods = new Conformance<>(Connection.class)
                .works(
                        "createStatement()",
                        c -> assertEquals("1", first(c.createStatement().executeQuery("VALUES (1)"))))
                .works("createStatement(int,int)", c -> {
                    try (var statement =
                            c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                        assertEquals(ResultSet.TYPE_FORWARD_ONLY, statement.getResultSetType());
                        assertEquals(ResultSet.CONCUR_READ_ONLY, statement.getResultSetConcurrency());
                        assertNotNull(c.getWarnings());
                    }
                    fails("22023", () -> c.createStatement(7, ResultSet.CONCUR_READ_ONLY));
                })
                .works("createStatement(int,int,int)", c -> {
                    var statement = c.createStatement(
                            ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT);
                    assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, statement.getResultSetHoldability());
                    assertNotNull(c.getWarnings());
                })
                .works("prepareStatement(String)", c -> {
                    assertEquals("1", first(c.prepareStatement("VALUES (1)").executeQuery()));
                    fails("42601", () -> c.prepareStatement("SELECT FROM"));
                    fails("22023", () -> c.prepareStatement(null));
                })
                .works(
                        "prepareStatement(String,int)",
                        c -> assertEquals(
                                "1",
                                first(c.prepareStatement("VALUES (1)", Statement.NO_GENERATED_KEYS)
                                        .executeQuery())))
                .works(
                        "prepareStatement(String,int,int)",
                        c -> assertEquals(
                                "1",
                                first(c.prepareStatement(
                                                "VALUES (1)", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)
                                        .executeQuery())))
                .works(
                        "prepareStatement(String,int,int,int)",
                        c -> assertEquals(
                                "1",
                                first(c.prepareStatement(
                                                "VALUES (1)",
                                                ResultSet.TYPE_FORWARD_ONLY,
                                                ResultSet.CONCUR_READ_ONLY,
                                                ResultSet.HOLD_CURSORS_OVER_COMMIT)
                                        .executeQuery())))
                .works("nativeSQL(String)", c -> assertEquals("VALUES (1)", c.nativeSQL("VALUES (1)")))
                .works("setAutoCommit(boolean) getAutoCommit()", c -> {
                    assertTrue(c.getAutoCommit());
                    c.setAutoCommit(false);
                    assertFalse(c.getAutoCommit());
                })
                .works("commit() rollback()", c -> {
                    fails("25000", c::commit);
                    fails("25000", c::rollback);
                    c.setAutoCommit(false);
                    var rows = c.createStatement().executeQuery("VALUES (1), (2)");
                    assertTrue(rows.next());
                    c.commit();
                    c.rollback();
                    assertTrue(rows.next(), "rows are held over the end of a transaction");
                })
                .works("close() isClosed()", c -> {
                    var statement = c.createStatement();
                    var rows = statement.executeQuery("VALUES (1)");
                    assertFalse(c.isClosed());
                    c.close();
                    c.close();
                    assertTrue(c.isClosed());
                    assertTrue(statement.isClosed());
                    assertTrue(rows.isClosed());
                    fails("08003", c::createStatement);
                    fails("08003", c::getMetaData);
                    fails("08003", c::getAutoCommit);
                    fails("08003", () -> c.setSchema("retail"));
                    fails("26000", () -> statement.executeQuery("VALUES (1)"));
                    fails("24000", rows::next);
                    statement.close();
                    rows.close();
                })
                .works("abort(Executor)", c -> {
                    fails("22023", () -> c.abort(null));
                    c.abort(Runnable::run);
                    assertTrue(c.isClosed());
                    c.abort(Runnable::run);
                })
                .works("isValid(int)", c -> {
                    assertTrue(c.isValid(0));
                    assertTrue(c.isValid(5));
                    fails("22023", () -> c.isValid(-1));
                    c.close();
                    assertFalse(c.isValid(1));
                })
                .works("getMetaData()", c -> assertEquals(c.getMetaData().getConnection(), c.unwrap(Connection.class)))
                .works("setReadOnly(boolean) isReadOnly()", c -> {
                    c.setReadOnly(true);
                    c.setReadOnly(false);
                    assertTrue(c.isReadOnly());
                    assertNull(c.getWarnings());
                })
                .works("setCatalog(String) getCatalog()", c -> {
                    c.setCatalog("ignored");
                    assertNull(c.getCatalog());
                })
                .works("setSchema(String) getSchema()", c -> {
                    c.setSchema("RETAIL");
                    assertEquals("retail", c.getSchema());
                    fails("3F000", () -> c.setSchema("nowhere"));
                    assertEquals("retail", c.getSchema());
                })
                .works("setTransactionIsolation(int) getTransactionIsolation()", c -> {
                    c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                    assertEquals(Connection.TRANSACTION_READ_COMMITTED, c.getTransactionIsolation());
                    fails("0A000", () -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
                    fails("0A000", () -> c.setTransactionIsolation(Connection.TRANSACTION_NONE));
                })
                .works("getWarnings() clearWarnings()", c -> {
                    assertNull(c.getWarnings());
                    c.setClientInfo("x", "y");
                    assertEquals("01000", c.getWarnings().getSQLState());
                    c.clearWarnings();
                    assertNull(c.getWarnings());
                })
                .works("getTypeMap() setTypeMap(Map)", c -> {
                    assertEquals(Map.of(), c.getTypeMap());
                    c.setTypeMap(Map.of());
                    fails("0A000", () -> c.setTypeMap(Map.of("t", String.class)));
                })
                .works("setHoldability(int) getHoldability()", c -> {
                    c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                    fails("0A000", () -> c.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
                    assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, c.getHoldability());
                })
                .works("getClientInfo() setClientInfo(Properties)", c -> {
                    c.setClientInfo(new Properties());
                    assertNull(c.getWarnings());
                    var info = new Properties();
                    info.setProperty("ApplicationName", "test");
                    c.setClientInfo(info);
                    assertNotNull(c.getWarnings());
                    assertEquals(0, c.getClientInfo().size());
                })
                .works("getClientInfo(String) setClientInfo(String,String)", c -> {
                    c.setClientInfo("ApplicationName", "test");
                    assertNotNull(c.getWarnings());
                    assertNull(c.getClientInfo("ApplicationName"));
                    c.close();
                    assertThrows(SQLClientInfoException.class, () -> c.setClientInfo("ApplicationName", "test"));
                })
                .works("createArrayOf(String,Object[])", c -> {
                    var array = c.createArrayOf("INTEGER", new Object[] {1, 2});
                    assertArrayEquals(new Object[] {1, 2}, (Object[]) array.getArray());
                    fails("22023", () -> c.createArrayOf("nonsense", new Object[0]));
                })
                .works("beginRequest() endRequest()", c -> {
                    c.beginRequest();
                    c.endRequest();
                })
                .works("unwrap(Class) isWrapperFor(Class)", c -> {
                    assertTrue(c.isWrapperFor(Connection.class));
                    assertFalse(c.isWrapperFor(String.class));
                    assertNotNull(c.unwrap(Connection.class));
                    fails("22023", () -> c.unwrap(String.class));
                });
        return way == JdbcShop.Way.EMBEDDED
                ? methods.works("getNetworkTimeout()", c -> assertEquals(0, c.getNetworkTimeout()))
                : methods.works("setNetworkTimeout(Executor,int) getNetworkTimeout()", c -> {
                    assertEquals(0, c.getNetworkTimeout());
                    fails("22023", () -> c.setNetworkTimeout(null, 1));
                    fails("22023", () -> c.setNetworkTimeout(Runnable::run, -1));
                    c.setNetworkTimeout(Runnable::run, 60_000);
                    assertEquals(60_000, c.getNetworkTimeout());
                    assertEquals("1", first(c.createStatement().executeQuery("VALUES (1)")));
                });
    }

    static Conformance<Array> arrays() {
        return new Conformance<>(Array.class)
                .works("getBaseTypeName()", array -> assertEquals("INTEGER", array.getBaseTypeName()))
                .works("getBaseType()", array -> assertEquals(Types.INTEGER, array.getBaseType()))
                .works("getArray()", array -> assertArrayEquals(new Object[] {1, 2, 3}, (Object[]) array.getArray()))
                .works(
                        "getArray(Map)",
                        array -> assertArrayEquals(new Object[] {1, 2, 3}, (Object[]) array.getArray(Map.of())))
                .works("getArray(long,int)", array -> {
                    assertArrayEquals(new Object[] {2, 3}, (Object[]) array.getArray(2, 9));
                    fails("22023", () -> array.getArray(0, 1));
                })
                .works(
                        "getArray(long,int,Map)",
                        array -> assertArrayEquals(new Object[] {1}, (Object[]) array.getArray(1, 1, Map.of())))
                .works("free()", array -> {
                    array.free();
                    array.free();
                    fails("55000", array::getArray);
                });
    }

    static String first(ResultSet rows) throws SQLException {
        assertTrue(rows.next());
        return rows.getString(1);
    }
}
