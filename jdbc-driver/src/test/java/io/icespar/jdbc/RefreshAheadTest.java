package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.jdbc.login.BackgroundThread;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens are renewed in the background while a connection is open. The provider's are good for a minute. */
class RefreshAheadTest {
    private final List<URI> opened = Collections.synchronizedList(new ArrayList<>());
    private final FakeProvider provider = FakeProvider.start();
    private final FakeServer server = FakeServer.start().givingNumbers().namingProvider(provider.issuer());
    private final Program program = new Program(this::browse);

    RefreshAheadTest() throws IOException {}

    /** A person who logs in. */
    private void browse(URI login) {
        opened.add(login);
        var parameters = FakeProvider.parameters(login);
        var answer = parameters.get("redirect_uri") + "?code=c0de&state=" + parameters.get("state") + "&iss="
                + provider.issuer();
        HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(answer)).build(), BodyHandlers.discarding())
                .join();
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private Connection inBrowser() throws SQLException {
        return program.connect(server, "auth", "browser");
    }

    private Connection byPassword() throws SQLException {
        return program.connect(server, "auth", "password", "user", "u", "password", "p");
    }

    private List<String> grants() {
        return provider.forms().stream().map(form -> form.get("grant_type")).collect(Collectors.toList());
    }

    private String lastAuthorization() {
        return server.authorizations().get(server.authorizations().size() - 1);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() throws SQLException {
        try (var connection = byPassword()) {
            program.clock().passes(Duration.ofSeconds(44));
            assertEquals(List.of("password"), grants());
            program.clock().passes(Duration.ofSeconds(1));
            assertEquals(List.of("password", "refresh_token"), grants());
            assertEquals("refresh-1", provider.forms().get(1).get("refresh_token"));
            Program.query(connection);
            assertEquals("Bearer token-2", lastAuthorization());
            assertEquals(2, grants().size());
        }
    }

    @Test
    void aStatementDoesNotWaitForAProviderThatIsSlow() throws Exception {
        try (var connection = byPassword()) {
            var asked = new CountDownLatch(1);
            var answered = new CountDownLatch(1);
            provider.onToken(form -> {
                asked.countDown();
                await(answered);
                return provider.token("");
            });
            var renewal = CompletableFuture.runAsync(() -> program.clock().passes(Duration.ofSeconds(45)));
            await(asked);
            Program.query(connection);
            assertEquals("Bearer token-1", lastAuthorization());
            answered.countDown();
            renewal.join();
            Program.query(connection);
            assertEquals("Bearer token-2", lastAuthorization());
        }
    }

    /** Neither does who closes the connection. */
    @Test
    void aConnectionIsClosedWhileItsTokenIsRenewed() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        var connection = byPassword();
        provider.onToken(form -> {
            asked.countDown();
            await(answered);
            return provider.token("");
        });
        var renewal = CompletableFuture.runAsync(() -> program.clock().passes(Duration.ofSeconds(45)));
        await(asked);
        connection.close();
        answered.countDown();
        renewal.join();
        assertEquals(0, program.clock().planned());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anIdleConnectionStaysLoggedIn() throws SQLException {
        try (var connection = inBrowser()) {
            program.clock().passes(Duration.ofMinutes(30));
            var renewals = grants().size() - 1;
            assertEquals(30 * 60 / 45, renewals);
            Program.query(connection);
            assertEquals(renewals + 1, grants().size());
        }
        assertEquals(1, opened.size());
    }

    @Test
    void connectionsThatShareALoginShareItsRenewals() throws SQLException {
        var first = inBrowser();
        try (var second = inBrowser()) {
            assertEquals(1, program.clock().planned());
            program.clock().passes(Duration.ofSeconds(45));
            assertEquals(List.of("authorization_code", "refresh_token"), grants());
            for (var connection : List.of(first, second)) {
                Program.query(connection);
                assertEquals("Bearer token-2", lastAuthorization());
            }
            first.close();
            program.clock().passes(Duration.ofSeconds(45));
            assertEquals(3, grants().size());
        }
    }

    @Test
    void nothingIsRenewedWhenAllConnectionsAreClosed() throws SQLException {
        inBrowser().close();
        byPassword().close();
        assertEquals(0, program.clock().planned());
        program.clock().passes(Duration.ofSeconds(50));
        assertEquals(List.of("authorization_code", "password"), grants());

        // The login is remembered, and kept fresh again.
        try (var again = inBrowser()) {
            assertEquals(1, program.clock().planned());
            program.clock().passes(Duration.ZERO);
            assertEquals("refresh_token", grants().get(2));
            Program.query(again);
            assertEquals(1, opened.size());
        }
        assertEquals(0, program.clock().planned());
    }

    @Test
    void nothingIsRenewedForAConnectionThatDidNotComeAbout() {
        server.accepting(authorization -> false);
        assertThrows(SQLException.class, this::byPassword);
        assertEquals(0, program.clock().planned());
    }

    @Test
    void aConnectionThatWasForgottenRenewsNothing() throws SQLException {
        var forgotten = new WeakReference<>(byPassword());
        while (forgotten.get() != null) {
            System.gc();
        }
        // What it held goes with it, at the latest when it is looked at again.
        while (program.clock().planned() > 0 && grants().size() < 100) {
            System.gc();
            program.clock().passes(Duration.ofSeconds(45));
        }
        assertEquals(0, program.clock().planned());
    }

    @Test
    void aProviderThatIsAwayIsAskedAgainLaterAndLater() throws SQLException {
        provider.onToken(
                form -> form.containsKey("refresh_token") ? new FakeProvider.Answer(503, "") : provider.token(""));
        try (var connection = inBrowser()) {
            program.clock().passes(Duration.ofSeconds(45 + 5 + 10 - 1));
            assertEquals(1 + 2, grants().size());
            Program.query(connection);
            program.clock().passes(Duration.ofSeconds(1));
            assertEquals(1 + 3, grants().size());

            program.clock().passes(Duration.ofHours(2));
            assertTrue(grants().size() < 2 * 60 / 5 + 10, grants().size() + " times");
            assertThrows(SQLException.class, () -> Program.query(connection));

            provider.onToken(form -> provider.token(""));
            program.clock().passes(Duration.ofMinutes(5));
            int renewed = grants().size();
            Program.query(connection);
            assertEquals(renewed, grants().size());
            assertEquals(1, opened.size());
        }
    }

    @Test
    void aPasswordThatIsWrongByNowIsNotSentAgainAndAgain() throws SQLException {
        try (var connection = byPassword()) {
            provider.onToken(form -> FakeProvider.error("invalid_grant", "Invalid user credentials"));
            program.clock().passes(Duration.ofDays(1));
            assertEquals(List.of("password", "refresh_token", "password"), grants());
            assertEquals(0, program.clock().planned());
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertEquals("28000", error.getSQLState());
            provider.onToken(form -> provider.token(""));
        }
    }

    @Test
    void aLoginThatCannotBeRenewedAsksNobodyUntilTheNextConnection() throws SQLException {
        try (var connection = inBrowser()) {
            provider.onToken(form -> FakeProvider.error("invalid_grant", "Session not active"));
            program.clock().passes(Duration.ofSeconds(50));
            assertEquals(0, program.clock().planned());
            // Still good for ten seconds.
            Program.query(connection);
            assertEquals(1, opened.size());
            provider.onToken(form -> provider.token(""));
            inBrowser().close();
            assertEquals(2, opened.size());
        }
    }

    @Test
    void whatCannotBeRenewedIsLeftAlone() throws SQLException {
        provider.onToken(form -> new FakeProvider.Answer(
                200, "{\"access_token\": \"only\", \"token_type\": \"Bearer\", \"expires_in\": 60}"));
        try (var connection = inBrowser()) {
            assertEquals(0, program.clock().planned());
            Program.query(connection);
        }
        provider.onToken(form -> new FakeProvider.Answer(
                200, "{\"access_token\": \"endless\", \"token_type\": \"Bearer\", \"refresh_token\": \"r\"}"));
        try (var connection = byPassword()) {
            assertEquals(0, program.clock().planned());
            Program.query(connection);
        }
    }

    @Test
    void aDriverThatIsTakenAwayRenewsNothing() throws SQLException {
        try (var connection = byPassword()) {
            program.removeDriver();
            assertEquals(0, program.clock().planned());
            program.clock().passes(Duration.ofMinutes(2));
            Program.query(connection);
            assertEquals(List.of("password", "refresh_token"), grants());
        }
    }

    @Test
    void theThreadIsThereOnlyWhileThereIsSomethingToDo() throws Exception {
        var background = new BackgroundThread(Duration.ofMillis(1));
        var first = thread(background);
        assertTrue(first.isDaemon());
        first.join();

        var later = background.after(Duration.ofDays(1), () -> {});
        var second = thread(background);
        assertTrue(second.isAlive());
        later.cancel(false);
        second.join();
    }

    private static Thread thread(BackgroundThread background) throws Exception {
        var worker = new CompletableFuture<Thread>();
        background
                .after(Duration.ZERO, () -> worker.complete(Thread.currentThread()))
                .get();
        return worker.join();
    }

    @Test
    void theThreadEndsWithTheDriverAndDoesNotComeBack() throws Exception {
        var background = new BackgroundThread(Duration.ofDays(1));
        var worker = thread(background);
        var begun = new CountDownLatch(1);
        var brokenOff = background.after(Duration.ZERO, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await(begun);
        background.stop();
        worker.join();
        assertTrue(brokenOff.isDone());
        assertFalse(background.after(Duration.ZERO, () -> {}).isDone());
    }
}
