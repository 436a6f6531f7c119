package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.jdbc.login.Browser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins of a person, by a browser that brings the provider's answers, or what others make of them. */
class BrowserLoginTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<URI> opened = Collections.synchronizedList(new ArrayList<>());
    private final FakeProvider provider = startProvider();
    private final FakeServer server = startServer();
    private final Program program = new Program(address -> {
        opened.add(address);
        browse(address);
    });
    private volatile Browser browser = address -> answer(address, "&code=c0de");

    private void browse(URI address) {
        browser.open(address);
    }

    private static FakeProvider startProvider() {
        try {
            return FakeProvider.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FakeServer startServer() {
        try {
            return FakeServer.start().givingNumbers().namingProvider(provider.issuer());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private java.sql.Connection connect() throws SQLException {
        return program.connect(server, "auth", "browser");
    }

    /** What the provider's login page was opened with. */
    private Map<String, String> request() {
        return FakeProvider.parameters(opened.get(opened.size() - 1));
    }

    /** Brings an answer with the right state and issuer, and more. */
    private int answer(URI login, String more) {
        var parameters = FakeProvider.parameters(login);
        return bring(login, "?state=" + parameters.getOrDefault("state", "") + "&iss=" + provider.issuer() + more);
    }

    /** Brings any answer to where the login page was told to; gives the status. */
    private int bring(URI login, String query) {
        var parameters = FakeProvider.parameters(login);
        return send(HttpRequest.newBuilder(URI.create(parameters.getOrDefault("redirect_uri", "") + query))
                        .build())
                .statusCode();
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theLoginPageIsOpenedAndItsAnswerExchangedForAToken() throws Exception {
        connect().close();
        var request = request();
        assertTrue(opened.get(0).toString().startsWith(provider.issuer() + "/login?theme=dark&response_type=code"));
        assertEquals("the-driver", request.getOrDefault("client_id", ""));
        assertEquals("openid roles", request.getOrDefault("scope", ""));
        assertEquals("S256", request.getOrDefault("code_challenge_method", ""));
        assertTrue(request.getOrDefault("redirect_uri", "").matches("http://127\\.0\\.0\\.1:\\d+/"));
        assertEquals(43, request.getOrDefault("state", "").length());
        assertEquals(43, request.getOrDefault("nonce", "").length());

        var form = provider.forms().get(0);
        assertEquals("authorization_code", form.getOrDefault("grant_type", ""));
        assertEquals("c0de", form.getOrDefault("code", ""));
        assertEquals("the-driver", form.getOrDefault("client_id", ""));
        assertEquals(request.getOrDefault("redirect_uri", ""), form.getOrDefault("redirect_uri", ""));
        var digest = MessageDigest.getInstance("SHA-256")
                .digest(form.getOrDefault("code_verifier", "").getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                request.getOrDefault("code_challenge", ""),
                Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        assertEquals(List.of("Bearer token-1", "Bearer token-1"), server.authorizations());
    }

    @Test
    void allConnectionsToAServerShareOneLogin() throws Exception {
        connect().close();
        connect().close();
        assertEquals(1, opened.size());
        try (var other = FakeServer.start().namingProvider(provider.issuer())) {
            program.connect(other, "auth", "browser").close();
            assertEquals(2, opened.size());
            assertEquals("Bearer token-2", other.authorizations().get(0));
        }
        assertFalse(server.authorizations().contains("Bearer token-2"));
    }

    @Test
    void connectionsThatAreOpenedTogetherAskOnceAndFailTogether() throws Exception {
        var count = 4;
        var waiting = new CountDownLatch(count);
        browser = address -> {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer(address, "&error=access_denied");
        };
        var workers = Executors.newFixedThreadPool(count);
        try {
            var connecting = IntStream.range(0, count)
                    .mapToObj(i -> (Callable<SQLException>) () -> {
                        waiting.countDown();
                        return assertThrows(SQLException.class, this::connect);
                    })
                    .collect(Collectors.toList());
            for (var error : workers.invokeAll(connecting)) {
                assertEquals("28000", error.get().getSQLState());
            }
        } finally {
            workers.shutdownNow();
        }
        assertTrue(opened.size() < count, opened.toString());
    }

    @Test
    void theTokenIsRefreshedForAllAndNobodyIsAskedInTheMiddleOfAStatement() throws Exception {
        try (var first = connect();
                var second = connect()) {
            program.clock().passesAsleep(Duration.ofMinutes(5));
            Program.query(first);
            Program.query(second);
            assertEquals(2, provider.forms().size());
            assertEquals("refresh-1", provider.forms().get(1).getOrDefault("refresh_token", ""));

            provider.onToken(form -> FakeProvider.error("invalid_grant", "Session not active"));
            program.clock().passesAsleep(Duration.ofMinutes(5));
            for (var connection : List.of(first, second)) {
                var error = assertThrows(SQLException.class, () -> Program.query(connection));
                assertEquals("28000", error.getSQLState());
                assertEquals(
                        "the login has expired and cannot be renewed: connect again to log in again",
                        error.getMessage());
            }
            assertEquals(1, opened.size());

            provider.onToken(form -> provider.token(""));
            connect().close();
            assertEquals(2, opened.size());
            // Whoever logged in then may be someone else.
            assertThrows(SQLException.class, () -> Program.query(first));
        }
    }

    @Test
    void anAnswerWithoutTheStateChangesNothing() throws Exception {
        browser = login -> {
            assertEquals(400, bring(login, "?code=forged&state=guessed&iss=" + provider.issuer()));
            assertEquals(400, bring(login, "?code=forged"));
            assertEquals(400, bring(login, ""));
            assertEquals(400, bring(login, "favicon.ico"));
            assertEquals(400, bring(login, "?error=access_denied&state="));
            var state = FakeProvider.parameters(login).getOrDefault("state", "");
            assertEquals(400, bring(login, "?code=forged&code=forged&state=" + state));
            assertEquals(400, bring(login, "elsewhere?code=forged&state=" + state));
            assertEquals(400, post(login, state));
            // Another name of this machine, as a page that rebinds its own name has.
            var named = URI.create(login.toString().replace("127.0.0.1%3A", "localhost%3A"));
            assertEquals(400, bring(named, "?code=forged&state=" + state));
            assertEquals(200, answer(login, "&code=c0de"));
        };
        connect().close();
        assertEquals("c0de", provider.forms().get(0).getOrDefault("code", ""));
    }

    private static int post(URI login, String state) {
        var address = FakeProvider.parameters(login).getOrDefault("redirect_uri", "") + "?code=forged&state=" + state;
        var request = HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return send(request).statusCode();
    }

    @Test
    void thePageThatIsShownInTheEndHoldsNothingOfTheAnswer() throws Exception {
        var page = new CompletableFuture<HttpResponse<String>>();
        browser = login -> {
            var parameters = FakeProvider.parameters(login);
            page.complete(send(HttpRequest.newBuilder(URI.create(parameters.getOrDefault("redirect_uri", "")
                            + "?code=c0de&state=" + parameters.getOrDefault("state", "") + "&iss=" + provider.issuer()
                            + "&x=%3Cscript%3E"))
                    .build()));
        };
        connect().close();
        var shown = page.join();
        assertEquals(
                "default-src 'none'",
                shown.headers().firstValue("Content-Security-Policy").orElse(""));
        assertEquals("no-store", shown.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "no-referrer", shown.headers().firstValue("Referrer-Policy").orElse(""));
        for (var part : List.of("c0de", "script", request().getOrDefault("state", ""))) {
            assertFalse(shown.body().contains(part), shown.body());
        }
    }

    @Test
    void nobodyListensAfterTheLogin() throws Exception {
        connect().close();
        var address = URI.create(request().getOrDefault("redirect_uri", ""));
        assertThrows(
                IOException.class,
                () -> HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&iss=https://login.example.org"})
    void anAnswerOfAnotherProviderIsRefused(String issuer) {
        browser = login -> bring(
                login, "?code=c0de&state=" + FakeProvider.parameters(login).getOrDefault("state", "") + issuer);
        assertEquals(
                "the browser brought an answer that is not of the provider `" + provider.issuer() + "`",
                refused().getMessage());
        assertEquals(List.of(), provider.forms());
    }

    @Test
    void aRefusalOfTheProviderIsTold() {
        browser = login -> answer(login, "&error=access_denied&error_description=Not+today");
        assertEquals(
                "the provider `" + provider.issuer() + "` refused the login (\"Not today\")",
                refused().getMessage());
    }

    @Test
    void anIdTokenOfThisLoginIsAccepted() throws Exception {
        provider.onToken(form -> withIdentity(request().getOrDefault("nonce", ""), provider.issuer(), "the-driver"));
        connect().close();
    }

    @ParameterizedTest
    @CsvSource({"other, , the-driver", ", https://login.example.org, the-driver", ", , another-client"})
    void anIdTokenOfAnotherLoginIsRefused(String nonce, String issuer, String audience) {
        provider.onToken(form -> withIdentity(
                nonce == null ? request().getOrDefault("nonce", "") : nonce,
                issuer == null ? provider.issuer() : issuer,
                audience));
        assertEquals(
                "the provider `" + provider.issuer() + "` answers with an ID token of another login",
                refused().getMessage());
    }

    private FakeProvider.Answer withIdentity(String nonce, String issuer, String audience) {
        var claims = "{\"nonce\": \"" + nonce + "\", \"iss\": \"" + issuer + "\", \"aud\": [\"" + audience + "\"]}";
        return provider.token(", \"id_token\": \"" + FakeProvider.identity(claims) + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.!.c", "e30.e30.e30"})
    void whatIsNoIdTokenIsRefused(String text) {
        provider.onToken(form -> provider.token(", \"id_token\": \"" + text + "\""));
        refused();
    }

    @Test
    void aLoginThatNobodyMakesIsGivenUp() {
        browser = login -> {};
        var error =
                assertThrows(SQLException.class, () -> program.connect(server, "auth", "browser", "loginTimeout", "1"));
        assertEquals("28000", error.getSQLState());
        assertEquals("nobody logged in in the browser within 1 seconds", error.getMessage());
        browser = login -> answer(login, "&code=c0de");
    }

    private SQLException refused() {
        var error = assertThrows(SQLException.class, this::connect);
        assertEquals("28000", error.getSQLState(), error.getMessage());
        assertEquals(List.of(), server.authorizations());
        return error;
    }
}
