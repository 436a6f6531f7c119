package io.icespar.engine.jdbc.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.SmallShop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The limits of queries, as JDBC shows them: each has its own error, and the connection can be used afterwards. */
@Timeout(300)
@TestInstance(Lifecycle.PER_CLASS)
class LimitsTest {
    /** It takes hours. */
    private static final String ENDLESS = "SELECT COUNT(*) FROM \"Numbers\" AS a, \"Numbers\" AS b, \"Numbers\" AS c"
            + " WHERE a.\"n\" + b.\"n\" * c.\"n\" = 17";

    private static final String NUMBERS = "SELECT \"n\" FROM \"Numbers\"";

    private final SmallShop shop;

    LimitsTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @AfterEach
    void unlimited() {
        for (String limit : new String[] {
            "queries_time_limit", "queries_result_limit", "queries_memory_limit", "max_concurrent_queries"
        }) {
            shop.command("ALTER USER bob RESET " + limit);
            shop.command("ALTER ROLE ROLE_USER RESET " + limit);
        }
    }

    private Connection connect() throws SQLException {
        return EmbeddedConnections.connect(shop.engine(), SmallShop.BOB);
    }

    private static long count(Statement statement, String sql) throws SQLException {
        long number = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                number++;
            }
        }
        return number;
    }

    private static String show(Statement statement, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW " + name)) {
            assertTrue(rows.next());
            return String.valueOf(rows.getString(1));
        }
    }

    private static void fails(String state, String words, Executable executable) {
        SQLException e = assertThrows(SQLException.class, executable);
        assertEquals(state, e.getSQLState(), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }

    @Test
    void aQueryThatTakesTooLongEndsByItself() throws SQLException {
        shop.command("ALTER ROLE ROLE_USER SET queries_time_limit = 1");
        try (var connection = connect();
                var statement = connection.createStatement()) {
            fails("57I01", "limit `queries_time_limit` is 1 s", () -> count(statement, ENDLESS));
            assertEquals(3, count(statement, "SELECT * FROM \"Shops\""));
            statement.execute("SET max_concurrent_queries = 1");
            assertEquals(3, count(statement, "SELECT * FROM \"Shops\""));
        }
    }

    @Test
    void aQueryThatGivesTooManyRowsEnds() throws SQLException {
        shop.command("ALTER USER bob SET queries_result_limit = 20000");
        try (var connection = connect();
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement(NUMBERS)) {
            fails("53I01", "limit `queries_result_limit` is 20000", () -> count(statement, NUMBERS));
            assertEquals(20_000, count(statement, NUMBERS + " WHERE \"n\" < 20000"));
            statement.execute("SET queries_result_limit = 5");
            fails("53I01", "limit `queries_result_limit` is 5", prepared::executeQuery);
            fails("42501", "can be lowered only", () -> statement.execute("SET queries_result_limit = 20001"));
            fails("42501", "can be lowered only", () -> statement.execute("SET GLOBAL queries_result_limit = NULL"));
            assertEquals("5", show(statement, "queries_result_limit"));
            statement.execute("RESET queries_result_limit");
            assertEquals("20000", show(statement, "queries_result_limit"));
            assertEquals(20_000, count(statement, NUMBERS + " WHERE \"n\" < 20000"));
            statement.setMaxRows(10);
            assertEquals(10, count(statement, NUMBERS));
        }
    }

    @Test
    void aUserRunsOnlySoManyQueriesAtATime() throws SQLException {
        shop.command("ALTER USER bob SET max_concurrent_queries = 2");
        try (var one = connect();
                var two = connect();
                var second = two.createStatement();
                var third = two.createStatement();
                var alice = EmbeddedConnections.connect(shop.engine(), SmallShop.ALICE)) {
            Statement first = one.createStatement();
            assertTrue(first.executeQuery(NUMBERS).next());
            assertTrue(second.executeQuery(NUMBERS).next());
            fails("53I02", "limit `max_concurrent_queries` is 2", () -> count(third, NUMBERS));
            assertEquals(SmallShop.NUMBERS, count(alice.createStatement(), NUMBERS));
            assertEquals("2", show(third, "max_concurrent_queries"));
            first.close();
            assertEquals(SmallShop.NUMBERS, count(third, NUMBERS));
            second.cancel();
            third.execute("SET max_concurrent_queries = 1");
            assertEquals(SmallShop.NUMBERS, count(third, NUMBERS));
        }
    }

    @Test
    void whatIsSetOnAConnectionEndsWithIt() throws SQLException {
        try (var one = connect();
                var two = connect()) {
            one.createStatement().execute("SET queries_result_limit = 7");
            one.createStatement().execute("SET GLOBAL queries_time_limit = 1000");
            assertEquals("7", show(one.createStatement(), "queries_result_limit"));
            assertEquals("null", show(two.createStatement(), "queries_result_limit"));
            assertEquals("1000", show(two.createStatement(), "queries_time_limit"));
            two.createStatement().execute("RESET GLOBAL queries_time_limit");
            assertEquals("null", show(one.createStatement(), "queries_time_limit"));
        }
    }
}
