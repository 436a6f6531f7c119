package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteMetaTest {
    private FakeServer server = start();
    private Connection connection = connect();

    private static FakeServer start() {
        try {
            return FakeServer.start().givingNumbers();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Connection connect() {
        try {
            return server.connect();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void rowsComeFrameByFrameInTheSizeAskedFor() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(10);
            assertEquals(FakeServer.ROWS, count(statement.executeQuery("SELECT n FROM t")));
        }
        assertEquals(
                List.of(10L, 20L),
                server.requests(Service.FetchRequest.class).stream()
                        .map(request -> request.offset)
                        .collect(Collectors.toList()));
    }

    @Test
    void aPreparedStatementKeepsToItsMaximumOfRows() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            statement.setMaxRows(12);
            statement.setFetchSize(10);
            statement.setInt(1, 0);
            assertEquals(12, count(statement.executeQuery()));
        }
    }

    @Test
    void theSignatureIsNotSentBack() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            statement.setObject(1, LocalDate.of(2026, 2, 3));
            assertEquals(FakeServer.ROWS, count(statement.executeQuery()));
        }
        var sent = server.requests(Service.ExecuteRequest.class).get(0);
        assertEquals(null, sent.statementHandle.signature);
        assertEquals("2026-02-03", sent.parameterValues.get(0).value);
    }

    @Test
    void anErrorIsTheServersWithItsSqlStateAndNothingAround() throws SQLException {
        server.on(
                        Service.PrepareAndExecuteRequest.class,
                        request -> FakeServer.error("table `nope` does not exist", "42P01"))
                .on(Service.PrepareRequest.class, request -> FakeServer.error("table `nope` does not exist", "42P01"));
        try (var statement = connection.createStatement()) {
            plain("42P01", "table `nope` does not exist", () -> statement.executeQuery("SELECT * FROM nope"));
            plain("42P01", "table `nope` does not exist", () -> statement.execute("SELECT * FROM nope"));
        }
        plain("42P01", "table `nope` does not exist", () -> connection.prepareStatement("SELECT * FROM nope"));
    }

    @Test
    void anErrorOfAPreparedStatementIsAsPlain() throws SQLException {
        server.on(Service.ExecuteRequest.class, request -> FakeServer.error("parameter 1 has no value", "07001"));
        try (var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            plain("07001", "parameter 1 has no value", statement::executeQuery);
            plain("07001", "parameter 1 has no value", statement::execute);
            plain("07001", "parameter 1 has no value", statement::executeUpdate);
        }
    }

    @Test
    void anErrorBetweenTwoFramesIsAsPlain() throws SQLException {
        server.on(Service.FetchRequest.class, request -> FakeServer.error("division by zero", "22000"));
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(10);
            var rows = statement.executeQuery("SELECT n FROM t");
            plain("22000", "division by zero", () -> count(rows));
        }
    }

    @Test
    void metadataErrorsAreAsPlain() throws SQLException {
        server.on(Service.TablesRequest.class, request -> FakeServer.error("no access", "28000"));
        var metadata = connection.getMetaData();
        plain("28000", "no access", () -> metadata.getTables(null, null, "%", null));
    }

    @Test
    void aParameterThatCannotBeSentIsRefused() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            var error = assertThrows(SQLException.class, () -> statement.setObject(1, new Object()));
            assertEquals("22023", error.getSQLState());
        }
    }

    @Test
    void aCommandCountsNoRows() throws SQLException {
        server.on(
                Service.PrepareAndExecuteRequest.class,
                request -> new Service.ExecuteResponse(
                        List.of(new Service.ResultSetResponse(
                                request.connectionId, request.statementId, false, null, null, 0, null)),
                        false,
                        null));
        try (var statement = connection.createStatement()) {
            assertFalse(statement.execute("CREATE ROLE r"));
            assertEquals(0, statement.getUpdateCount());
            assertEquals(0, statement.executeUpdate("CREATE ROLE r"));
        }
    }

    @Test
    void aCancelledStatementCanBeExecutedAgain() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT n FROM t WHERE n > ?")) {
            statement.setInt(1, 0);
            statement.cancel();
            assertEquals(2, server.requests(Service.CloseStatementRequest.class).get(0).statementId);
            server.on(
                            Service.PrepareRequest.class,
                            request -> new Service.PrepareResponse(
                                    new StatementHandle(request.connectionId, 3, FakeServer.signature(request.sql)),
                                    null))
                    .on(
                            Service.ExecuteRequest.class,
                            request -> request.statementHandle.id == 3
                                    ? FakeServer.rows(0)
                                    : new Service.ExecuteResponse(null, true, null));
            assertEquals(FakeServer.ROWS, count(statement.executeQuery()));
        }
        assertEquals(3, server.requests(Service.CloseStatementRequest.class).get(1).statementId);
    }

    @Test
    void theTimeoutOfAStatementCancelsIt() throws SQLException {
        var cancelled = new CountDownLatch(1);
        server.on(Service.CloseStatementRequest.class, request -> {
                    cancelled.countDown();
                    return new Service.CloseStatementResponse(null);
                })
                .on(Service.PrepareAndExecuteRequest.class, request -> {
                    try {
                        cancelled.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return FakeServer.error("the statement was cancelled", "57014");
                });
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            var error = assertThrows(SQLTimeoutException.class, () -> statement.executeQuery("SELECT n FROM t"));
            assertEquals("57014", error.getSQLState());
        }
    }

    @Test
    void keysAreFetchedFromAStatementThatTheServerPutsThemOn() throws SQLException {
        server.on(Service.SyncResultsRequest.class, request -> new Service.SyncResultsResponse(true, false, null))
                .on(
                        Service.FetchRequest.class,
                        request -> new Service.FetchResponse(
                                new Frame(
                                        0,
                                        true,
                                        List.of(Arrays.asList(
                                                null, "retail", "Shops", "Shop ID", (short) 1, "Shops_pkey"))),
                                false,
                                false,
                                null));
        try (var keys = connection.getMetaData().getPrimaryKeys(null, "retail", "Shops")) {
            assertTrue(keys.next());
            assertEquals("Shop ID", keys.getString("COLUMN_NAME"));
            assertEquals(1, keys.getShort("KEY_SEQ"));
            assertFalse(keys.next());
        }
        var state = server.requests(Service.SyncResultsRequest.class).get(0).state;
        assertEquals(MetaDataOperation.GET_PRIMARY_KEYS, state.metaDataOperation);
        assertEquals(Arrays.asList(null, "retail", "Shops"), Arrays.asList(state.operationArgs));
    }

    @Test
    void aSchemaThatIsNotThereIsRefusedAtOnce() {
        server.on(
                Service.ConnectionSyncRequest.class,
                request -> FakeServer.error("schema `nope` does not exist", "3F000"));
        plain("3F000", "schema `nope` does not exist", () -> connection.setSchema("nope"));
    }

    @Test
    void aConnectionIsValidWhileTheServerKnowsIt() throws SQLException {
        server.on(
                Service.ConnectionSyncRequest.class,
                request -> new Service.ConnectionSyncResponse(
                        new ConnectionPropertiesImpl(true, true, Connection.TRANSACTION_READ_COMMITTED, null, "retail"),
                        null));
        assertTrue(connection.isValid(5));
        assertTrue(connection.isReadOnly());
        assertEquals("retail", connection.getSchema());
        server.on(
                Service.ConnectionSyncRequest.class,
                request -> FakeServer.error("there is no such connection, or it was closed", "08003"));
        assertFalse(connection.isValid(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08003", "28000"})
    void aConnectionThatTheServerHasEndedCanBeClosed(String sqlState) throws SQLException {
        var statement = connection.createStatement();
        server.on(Service.CloseConnectionRequest.class, request -> FakeServer.error("no longer", sqlState))
                .on(Service.CloseStatementRequest.class, request -> FakeServer.error("no longer", sqlState));
        statement.close();
        connection.close();
        assertTrue(connection.isClosed());
    }

    @Test
    void aConnectionToAServerThatIsGoneCanBeClosed() throws SQLException {
        server.close();
        connection.close();
        assertTrue(connection.isClosed());
    }

    @Test
    void whatIcesparHasNotIsRefusedByName() throws SQLException {
        plain("0A000", "savepoints are not supported: Icespar only reads rows", connection::setSavepoint);
        try (var statement = connection.createStatement()) {
            var text = "batches are not supported: execute one statement at a time";
            plain("0A000", text, () -> statement.addBatch("CREATE ROLE r"));
            plain("0A000", text, statement::executeBatch);
        }
        assertThrows(SQLFeatureNotSupportedException.class, () -> connection.prepareCall("call f()"));
    }

    private static void plain(String sqlState, String text, Executable call) {
        var error = assertThrows(SQLException.class, call);
        assertEquals(text, error.getMessage());
        assertEquals(sqlState, error.getSQLState());
    }

    private static int count(java.sql.ResultSet rows) throws SQLException {
        try (rows) {
            int count = 0;
            while (rows.next()) {
                assertEquals(count, rows.getLong(1));
                count++;
            }
            return count;
        }
    }
}
