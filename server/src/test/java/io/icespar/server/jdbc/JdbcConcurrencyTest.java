package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static io.icespar.server.jdbc.ConnectionMethods.first;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several statements and several threads on one connection, and what ends while rows are read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class JdbcConcurrencyTest {
    /** More rows than anyone can read. */
    private static final String ENDLESS = "SELECT 1 FROM \"Kinds\" AS k0" + StatementMethods.joins(40);

    private static final int THREADS = 8;
    private static final int ROUNDS = 25;

    private final JdbcShop shop;

    JdbcConcurrencyTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfSeveralStatementsAreReadInTurn(Way way) throws SQLException {
        try (var connection = shop.connect(way, "bob");
                var one = connection.createStatement();
                var other = connection.prepareStatement("SELECT \"k\" FROM \"Kinds\" WHERE \"k\" > ? ORDER BY 1")) {
            one.setFetchSize(1);
            other.setFetchSize(1);
            other.setInt(1, 0);
            try (var shops = one.executeQuery("SELECT \"Shop ID\" FROM \"Shops\" ORDER BY 1");
                    var kinds = other.executeQuery()) {
                var read = new ArrayList<String>();
                while (shops.next()) {
                    read.add("shop " + shops.getString(1));
                    if (kinds.next()) {
                        read.add("kind " + kinds.getString(1));
                    }
                    try (var listing = connection.getMetaData().getTables(null, null, "Shops", null)) {
                        assertTrue(listing.next());
                    }
                }
                assertEquals(List.of("shop 1", "kind 1", "shop 2", "kind 2", "shop 3"), read);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyThreadsShareAConnection(Way way) throws Exception {
        try (var connection = shop.connect(way, "alice")) {
            inThreads(thread -> {
                for (int i = 0; i < ROUNDS; i++) {
                    var number = thread * ROUNDS + i;
                    try (var statement = connection.prepareStatement(
                            "SELECT COUNT(*) + CAST(? AS BIGINT) FROM \"Sales\" WHERE \"Quantity\" > ?")) {
                        statement.setLong(1, number);
                        statement.setInt(2, 0);
                        assertEquals(String.valueOf(2 + number), first(statement.executeQuery()));
                    }
                    try (var columns = connection.getMetaData().getColumns(null, null, "Shops", null)) {
                        assertEquals(2, StatementMethods.count(columns));
                    }
                    assertTrue(connection.isValid(5));
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementOfManyThreadsGivesEachRowsOrAnError(Way way) throws Exception {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement()) {
            inThreads(thread -> {
                for (int i = 0; i < ROUNDS; i++) {
                    try {
                        var rows = statement.executeQuery("SELECT \"Shop ID\" FROM \"Shops\" ORDER BY 1");
                        var shops = new ArrayList<String>();
                        while (rows.next()) {
                            shops.add(rows.getString(1));
                        }
                        assertEquals(List.of("1", "2", "3").subList(0, shops.size()), shops);
                    } catch (SQLException e) {
                        // Another thread has executed it again, which closes these rows.
                        String state = String.valueOf(e.getSQLState());
                        if (!List.of("24000", "55000", "57014").contains(state)) {
                            throw e;
                        }
                    }
                }
            });
            assertEquals("1", first(statement.executeQuery("VALUES (1)")));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(Work work) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (int i = 0; i < THREADS; i++) {
                var thread = i;
                tasks.add(() -> {
                    work.run(thread);
                    return null;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancellingEndsTheReading(Way way) throws Exception {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement()) {
            statement.setFetchSize(10);
            var rows = statement.executeQuery(ENDLESS);
            var begun = new CountDownLatch(1);
            var reading = CompletableFuture.runAsync(() -> fails("57014", () -> readAll(rows, begun)));
            begun.await();
            statement.cancel();
            reading.get();
            assertEquals("1", first(statement.executeQuery("VALUES (1)")), "the statement can be executed again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTheStatementEndsTheReading(Way way) throws Exception {
        try (var connection = shop.connect(way, "bob")) {
            var statement = connection.createStatement();
            var rows = statement.executeQuery(ENDLESS);
            var begun = new CountDownLatch(1);
            var reading = CompletableFuture.supplyAsync(() -> state(() -> readAll(rows, begun)));
            begun.await();
            statement.close();
            assertTrue(List.of("24000", "57014", "26000").contains(reading.get()), reading.get());
            assertTrue(rows.isClosed());
            assertEquals("1", first(connection.createStatement().executeQuery("VALUES (1)")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTheConnectionEndsTheReading(Way way) throws Exception {
        var connection = shop.connect(way, "bob");
        var rows = connection.createStatement().executeQuery(ENDLESS);
        var begun = new CountDownLatch(1);
        var reading = CompletableFuture.supplyAsync(() -> state(() -> readAll(rows, begun)));
        begun.await();
        connection.close();
        assertTrue(List.of("08003", "24000", "57014", "26000").contains(reading.get()), reading.get());
        assertTrue(rows.isClosed());
    }

    /** Over a network, each wait for the server has the timeout to itself, as JDBC leaves to a driver. */
    @ParameterizedTest
    @EnumSource(names = "EMBEDDED")
    void inProcessTheTimeoutHoldsWhileRowsAreRead(Way way) throws SQLException {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            var rows = statement.executeQuery(ENDLESS);
            fails("57014", () -> readAll(rows, new CountDownLatch(1)));
            assertEquals("1", first(statement.executeQuery("VALUES (1)")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void executingAgainClosesTheRowsBefore(Way way) throws SQLException {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement();
                var prepared = connection.prepareStatement("VALUES (1), (2)")) {
            var before = statement.executeQuery("VALUES (1), (2)");
            statement.executeQuery("VALUES (1)");
            assertTrue(before.isClosed());
            fails("24000", before::next);
            var first = prepared.executeQuery();
            prepared.executeQuery();
            assertTrue(first.isClosed());
        }
    }

    /** Whatever the server has read ahead by then. */
    @ParameterizedTest
    @EnumSource
    void executingAgainAfterSomeRowsGivesThoseOfTheNewExecution(Way way) throws SQLException {
        var forty = "SELECT v + CAST(? AS BIGINT) FROM (VALUES "
                + IntStream.range(0, 40).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(", "))
                + ") AS t (v) ORDER BY 1";
        try (var connection = shop.connect(way, "bob");
                var prepared = connection.prepareStatement(forty);
                var statement = connection.createStatement()) {
            prepared.setFetchSize(3);
            statement.setFetchSize(3);
            for (int i = 0; i < 8 * ROUNDS; i++) {
                prepared.setLong(1, 1000L * i);
                var rows = i % 2 == 0
                        ? prepared.executeQuery()
                        : statement.executeQuery(forty.replace("?", "" + 1000 * i));
                for (int n = 0; n < i * 7 % 40; n++) {
                    assertTrue(rows.next());
                    assertEquals(1000 * i + n, rows.getLong(1));
                }
            }
        }
    }

    private static void readAll(ResultSet rows, CountDownLatch begun) throws SQLException {
        while (rows.next()) {
            begun.countDown();
        }
    }

    @FunctionalInterface
    private interface Failing {
        void run() throws SQLException;
    }

    private static String state(Failing action) {
        try {
            action.run();
            return "no error";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }
}
