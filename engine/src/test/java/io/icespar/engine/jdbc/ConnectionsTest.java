package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Answer;
import io.icespar.engine.Session;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final SmallShop shop;
    private final AtomicLong clock = new AtomicLong();

    ConnectionsTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
    }

    @AfterAll
    void closeShop() {
        shop.close();
    }

    private Connections connections() {
        return new Connections(new Connections.Limits(2, 3, IDLE), ReadAhead.none(), clock::get);
    }

    private Session session(Name user) {
        return shop.engine().session(user);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Optional<String> find(Connections connections, Name user, String id) {
        return connections.use(Identity.local(user), id, OpenConnection::id);
    }

    @Test
    void aUserFindsTheUsersOwnConnectionsOnly() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.ALICE), "c", session(SmallShop.ALICE));
            assertEquals(Optional.of("c"), find(connections, SmallShop.ALICE, "c"));
            assertEquals(Optional.of("c"), find(connections, Name.of("ALICE"), "c"));
            assertEquals(Optional.empty(), find(connections, SmallShop.BOB, "c"));
            assertFalse(connections.close(Identity.local(SmallShop.BOB), "c"));
            connections.open(Identity.local(SmallShop.BOB), "c", session(SmallShop.BOB));
            assertTrue(connections.close(Identity.local(SmallShop.BOB), "c"));
            assertEquals(Optional.of("c"), find(connections, SmallShop.ALICE, "c"));
        }
    }

    @Test
    void anIdIsTakenOnce() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.ALICE), "c", session(SmallShop.ALICE));
            assertEquals(
                    ErrorCode.INVALID_PARAMETER,
                    assertThrows(
                                    IcesparException.class,
                                    () -> connections.open(
                                            Identity.local(SmallShop.ALICE), "c", session(SmallShop.ALICE)))
                            .code());
        }
    }

    @Test
    void oneUserCannotTakeTheConnectionsOfAll() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.ALICE), "1", session(SmallShop.ALICE));
            connections.open(Identity.local(SmallShop.ALICE), "2", session(SmallShop.ALICE));
            assertEquals(
                    ErrorCode.LIMIT_REACHED,
                    assertThrows(
                                    IcesparException.class,
                                    () -> connections.open(
                                            Identity.local(SmallShop.ALICE), "3", session(SmallShop.ALICE)))
                            .code());
            connections.open(Identity.local(SmallShop.BOB), "3", session(SmallShop.BOB));
            assertTrue(connections.close(Identity.local(SmallShop.ALICE), "1"));
            connections.open(Identity.local(SmallShop.ALICE), "3", session(SmallShop.ALICE));
            assertEquals(2, connections.count(Identity.local(SmallShop.ALICE)));
        }
    }

    @Test
    void statementsAreLimitedToo() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.ALICE), "c", session(SmallShop.ALICE));
            connections.use(Identity.local(SmallShop.ALICE), "c", connection -> {
                var first = connection.openStatement();
                connection.openStatement();
                connection.openStatement();
                assertEquals(
                        ErrorCode.LIMIT_REACHED,
                        assertThrows(IcesparException.class, connection::openStatement)
                                .code());
                connection.closeStatement(first.id());
                return connection.openStatement();
            });
        }
    }

    @Test
    void anIdleConnectionIsClosedWithItsRows() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.BOB), "c", session(SmallShop.BOB));
            var statement = connections
                    .use(Identity.local(SmallShop.BOB), "c", ConnectionsTest::openCursor)
                    .orElseThrow();
            pass(IDLE.minusSeconds(1));
            assertEquals(Optional.of("c"), find(connections, SmallShop.BOB, "c"));
            pass(IDLE.minusSeconds(1));
            assertEquals(Optional.of("c"), find(connections, SmallShop.BOB, "c"));
            assertEquals(1, statement.fetch(0, 1).rows.spliterator().getExactSizeIfKnown());
            pass(IDLE.plusSeconds(1));
            assertEquals(Optional.empty(), find(connections, SmallShop.BOB, "c"));
            assertEquals(0, connections.count(Identity.local(SmallShop.BOB)));
            assertEquals(
                    ErrorCode.INVALID_STATE,
                    assertThrows(IcesparException.class, () -> statement.fetch(1, 1))
                            .code());
        }
    }

    @Test
    void aConnectionThatWorksIsNotIdle() {
        try (var connections = connections()) {
            connections.open(Identity.local(SmallShop.BOB), "c", session(SmallShop.BOB));
            connections.use(Identity.local(SmallShop.BOB), "c", connection -> {
                pass(IDLE.multipliedBy(10));
                return assertEqualsOne(connections.count(Identity.local(SmallShop.BOB)));
            });
            assertEquals(Optional.of("c"), find(connections, SmallShop.BOB, "c"));
            pass(IDLE.plusSeconds(1));
            assertEquals(Optional.empty(), find(connections, SmallShop.BOB, "c"));
        }
    }

    private static boolean assertEqualsOne(long count) {
        assertEquals(1, count);
        return true;
    }

    @Test
    void closingAllClosesTheirRows() {
        var connections = connections();
        connections.open(Identity.local(SmallShop.BOB), "c", session(SmallShop.BOB));
        var statement = connections
                .use(Identity.local(SmallShop.BOB), "c", ConnectionsTest::openCursor)
                .orElseThrow();
        connections.close();
        assertEquals(0, connections.count(Identity.local(SmallShop.BOB)));
        assertEquals(
                ErrorCode.INVALID_STATE,
                assertThrows(IcesparException.class, () -> statement.fetch(0, 1))
                        .code());
    }

    private static OpenStatement openCursor(OpenConnection connection) {
        var statement = connection.openStatement();
        statement.execute(0, () -> {
            var answer = connection.session().query("SELECT \"n\" FROM \"Numbers\"");
            return Optional.of(WireValues.of(((Answer.Rows) answer).stream(), Times.MILLISECONDS));
        });
        return statement;
    }
}
