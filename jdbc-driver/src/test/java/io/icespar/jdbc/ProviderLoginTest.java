package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins without a person: by the password grant, and by the secret of a client. */
class ProviderLoginTest {
    private static final String SECRET = "p& 5%s3cret";

    private final Program program = new Program();
    private FakeProvider provider = startProvider(0);
    private final FakeServer server = startServer();

    private static FakeProvider startProvider(int port) {
        try {
            return FakeProvider.start(port);
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

    private Connection connect() throws SQLException {
        return program.connect(server, "auth", "password", "user", "french-user", "password", SECRET);
    }

    private List<String> grants() {
        return provider.forms().stream().map(form -> form.get("grant_type")).collect(Collectors.toList());
    }

    @Test
    void theServerNamesTheProviderTheClientAndTheScopes() throws SQLException {
        connect().close();
        assertEquals(
                List.of(Map.of(
                        "grant_type", "password",
                        "username", "french-user",
                        "password", SECRET,
                        "scope", "openid roles",
                        "client_id", "the-driver")),
                provider.forms());
        assertEquals(List.of("Bearer token-1", "Bearer token-1"), server.authorizations());
    }

    @Test
    void clientAndScopesCanBeOthers() throws SQLException {
        program.connect(server, "auth", "password", "user", "u", "password", "p", "clientId", "mine", "scope", "openid")
                .close();
        assertEquals("mine", provider.forms().get(0).get("client_id"));
        assertEquals("openid", provider.forms().get(0).get("scope"));
    }

    @Test
    void aClientsSecretIsSentAsTheProviderWantsIt() throws SQLException {
        program.connect(server, "auth", "client_credentials", "clientId", "a:b", "clientSecret", SECRET)
                .close();
        var credentials = "a%3Ab:p%26+5%25s3cret".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                List.of(Map.of(
                        "grant_type",
                        "client_credentials",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials))),
                provider.forms());

        provider.discovered(provider.discovery("\"issuer\": \"" + provider.issuer() + "\"")
                .replace("\"client_secret_basic\"", "\"client_secret_post\""));
        program.connect(
                        server,
                        "auth",
                        "client_credentials",
                        "clientId",
                        "job",
                        "clientSecret",
                        SECRET,
                        "scope",
                        "api://icespar/.default")
                .close();
        assertEquals(
                Map.of(
                        "grant_type", "client_credentials",
                        "scope", "api://icespar/.default",
                        "client_id", "job",
                        "client_secret", SECRET),
                provider.forms().get(1));
    }

    // ---- Renewal

    @Test
    void aTokenThatWasNotRenewedInTimeIsRenewedWhenItIsNeeded() throws SQLException {
        try (var connection = connect()) {
            program.clock().passesAsleep(Duration.ofSeconds(59));
            Program.query(connection);
            assertEquals(List.of("password"), grants());
            program.clock().passesAsleep(Duration.ofSeconds(1));
            Program.query(connection);
            assertEquals(List.of("password", "refresh_token"), grants());
            assertEquals("refresh-1", provider.forms().get(1).get("refresh_token"));
            assertEquals("the-driver", provider.forms().get(1).get("client_id"));
        }
        assertEquals(
                "Bearer token-2",
                server.authorizations().get(server.authorizations().size() - 1));
    }

    @Test
    void aRefreshTokenIsKeptWhereNoOtherComes() throws SQLException {
        provider.onToken(form -> form.containsKey("refresh_token")
                ? new FakeProvider.Answer(
                        200, "{\"access_token\": \"again\", \"token_type\": \"bearer\", \"expires_in\": 60}")
                : provider.token(""));
        try (var connection = connect()) {
            for (int i = 0; i < 3; i++) {
                program.clock().passes(Duration.ofSeconds(50));
                Program.query(connection);
                assertEquals(
                        "refresh-1",
                        provider.forms().get(provider.forms().size() - 1).get("refresh_token"));
            }
        }
    }

    @Test
    void whereRefreshingIsRefusedThePasswordIsSentAgain() throws SQLException {
        provider.onToken(form -> form.containsKey("refresh_token")
                ? FakeProvider.error("invalid_grant", "Session not active")
                : provider.token(""));
        try (var connection = connect()) {
            program.clock().passesAsleep(Duration.ofMinutes(50));
            Program.query(connection);
            assertEquals(List.of("password", "refresh_token", "password"), grants());
        }
    }

    @Test
    void aTokenWithoutALifetimeIsRenewedWhenTheServerRefusesIt() throws SQLException {
        provider.onToken(form -> new FakeProvider.Answer(
                200,
                "{\"access_token\": \"token-" + provider.forms().size()
                        + "\", \"token_type\": \"Bearer\", \"expires_in\": -5}"));
        try (var connection = connect()) {
            program.clock().passesAsleep(Duration.ofDays(50));
            Program.query(connection);
            assertEquals(List.of("password"), grants());
            server.accepting("Bearer token-2"::equals);
            Program.query(connection);
            assertEquals(List.of("password", "password"), grants());
        }
    }

    @Test
    void aProviderThatIsAwayIsNotMissedWhileTheTokenIsGood() throws SQLException {
        try (var connection = connect()) {
            int port = provider.port();
            provider.close();
            program.clock().passes(Duration.ofSeconds(59));
            Program.query(connection);

            program.clock().passes(Duration.ofSeconds(1));
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertEquals("28000", error.getSQLState());
            assertEquals(
                    "the login has expired and cannot be renewed: cannot log in through `http://127.0.0.1:" + port
                            + "/realms/test/token`: is it running?",
                    error.getMessage());

            provider = startProvider(port);
            Program.query(connection);
        }
    }

    @Test
    void aUserWhoIsLockedOutMeanwhileIsOutWhenTheTokenExpires() throws SQLException {
        var connection = connect();
        provider.onToken(form -> FakeProvider.error("invalid_grant", "Account disabled"));
        program.clock().passes(Duration.ofMinutes(2));
        var error = assertThrows(SQLException.class, () -> Program.query(connection));
        assertEquals("28000", error.getSQLState());
        assertEquals(
                "the login has expired and cannot be renewed: the provider `" + provider.issuer()
                        + "` refused the login (invalid_grant, \"Account disabled\")",
                error.getMessage());
        connection.close();
    }

    @Test
    void aTokenThatTheServerDoesNotAcceptIsRenewedOnceOnly() {
        server.accepting(authorization -> false);
        var error = assertThrows(SQLException.class, this::connect);
        assertEquals("28000", error.getSQLState());
        assertEquals(
                "the server does not accept the access token that the provider gave to `french-user`, which may have"
                        + " expired or be for another server: ask who runs the server, whose audit says why",
                error.getMessage());
        assertEquals(List.of("Bearer token-1", "Bearer token-2"), server.authorizations());
    }

    @Test
    void aRefusedPasswordIsNotSentWithEachStatement() throws SQLException {
        try (var connection = connect()) {
            provider.onToken(form -> FakeProvider.error("invalid_grant", "Invalid user credentials"));
            program.clock().passesAsleep(Duration.ofMinutes(2));
            var refused = passwordsAfterManyStatements(connection);
            assertEquals(2, refused);
            program.clock().passesAsleep(Duration.ofSeconds(4));
            assertEquals(2, passwordsAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(1));
            assertEquals(3, passwordsAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(9));
            assertEquals(3, passwordsAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(1));
            assertEquals(4, passwordsAfterManyStatements(connection));
            for (int i = 0; i < 20; i++) {
                program.clock().passesAsleep(Duration.ofMinutes(5));
                assertEquals(5 + i, passwordsAfterManyStatements(connection));
            }

            provider.onToken(form -> provider.token(""));
            program.clock().passesAsleep(Duration.ofMinutes(5));
            Program.query(connection);
        }
    }

    /** How often the password was sent, each statement having failed with the provider's refusal. */
    private long passwordsAfterManyStatements(Connection connection) {
        for (int i = 0; i < 3; i++) {
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertEquals("28000", error.getSQLState());
            assertEquals(
                    "the login has expired and cannot be renewed: the provider `" + provider.issuer()
                            + "` refused the login (invalid_grant, \"Invalid user credentials\")",
                    error.getMessage());
        }
        return grants().stream().filter("password"::equals).count();
    }

    @Test
    void tokensThatTheServerRefusesAreReplacedSeldom() throws SQLException {
        try (var connection = connect()) {
            server.accepting(authorization -> false);
            assertEquals(2, tokensAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(5));
            assertEquals(3, tokensAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(9));
            assertEquals(3, tokensAfterManyStatements(connection));
            program.clock().passesAsleep(Duration.ofSeconds(1));
            assertEquals(4, tokensAfterManyStatements(connection));
        }
    }

    /** How many tokens the provider gave, each statement having failed with the server's refusal. */
    private int tokensAfterManyStatements(Connection connection) {
        for (int i = 0; i < 3; i++) {
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertTrue(String.valueOf(error.getMessage()).startsWith("the server does not accept"), error.getMessage());
        }
        return grants().size();
    }

    @Test
    void nobodyLogsInToSeeWhetherAConnectionIsValidNorToCloseIt() throws SQLException {
        var refused = connect();
        var expired = connect();
        server.accepting(authorization -> false);
        assertFalse(refused.isValid(0));
        refused.close();
        program.clock().passesAsleep(Duration.ofMinutes(2));
        assertFalse(expired.isValid(0));
        expired.close();
        assertEquals(List.of("password", "password"), grants());
    }

    // ---- What goes wrong

    @Test
    void aServerWithoutProviderSaysHowElseToLogIn() throws Exception {
        try (var other = FakeServer.start()) {
            var error = assertThrows(
                    SQLException.class,
                    () -> program.connect(other, "auth", "password", "user", "u", "password", SECRET));
            assertEquals("28000", error.getSQLState());
            assertEquals(
                    "the server at `" + other.address()
                            + "` names no provider to log in at: log in with `auth=basic`, by user and password",
                    error.getMessage());
            assertEquals(List.of(), other.authorizations());
        }
    }

    @Test
    void aProviderThatIsNotThereIsNamed() {
        provider.close();
        var error = refused("08001");
        assertEquals(
                "cannot log in through `" + provider.issuer() + "/.well-known/openid-configuration`: is it running?",
                error.getMessage());
    }

    @Test
    void aRefusalOfTheProviderIsToldInItsWords() {
        provider.onToken(form -> FakeProvider.error("invalid_grant", "Invalid user credentials"));
        assertEquals(
                "the provider `" + provider.issuer()
                        + "` refused the login (invalid_grant, \"Invalid user credentials\")",
                refused("28000").getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "x", "/../test"})
    void aProviderThatCallsItselfOtherwiseIsSentNothing(String end) {
        if (end.isEmpty()) {
            provider.discovered("{}");
        } else {
            provider.discovered(provider.discovery("\"issuer\": \"" + provider.issuer() + end + "\""));
        }
        assertEquals(
                "the provider that the server names, `" + provider.issuer()
                        + "`, calls itself otherwise; nothing was sent to it",
                refused("28000").getMessage());
        assertEquals(List.of(), provider.forms());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://provider.example.org/token",
                "http://127.0.0.1.example.org/token",
                "ftp://127.0.0.1/token",
                "https://user@provider.example.org/token",
                "/token",
                "https:",
                "",
            })
    void aSecretIsNotSentWhereOthersCanReadIt(String endpoint) {
        provider.discovered("{\"issuer\": \"" + provider.issuer() + "\", \"token_endpoint\": \"" + endpoint + "\"}");
        assertEquals(
                "the provider's `token_endpoint` is no address by https, and not on this machine: nothing was sent"
                        + " to it",
                refused("28000").getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://provider.example.org", "file:/etc/passwd", "provider", "https://provider/?a=b"})
    void aServerCannotNameJustAnythingAsProvider(String issuer) throws Exception {
        try (var other = FakeServer.start().namingProvider(issuer)) {
            var error = assertThrows(
                    SQLException.class,
                    () -> program.connect(other, "auth", "password", "user", "u", "password", SECRET));
            assertEquals("28000", error.getSQLState());
            assertEquals(List.of(), other.authorizations());
        }
    }

    @Test
    void theProviderCanBeFixedBeforehand() throws SQLException {
        program.connect(server, "auth", "password", "user", "u", "password", SECRET, "issuer", provider.issuer())
                .close();
        var error = assertThrows(
                SQLException.class,
                () -> program.connect(
                        server,
                        "auth",
                        "password",
                        "user",
                        "u",
                        "password",
                        SECRET,
                        "issuer",
                        "https://login.example"));
        assertEquals("28000", error.getSQLState());
        assertEquals(1, provider.forms().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectOfTheProviderIsNotFollowed(int status) throws Exception {
        try (var elsewhere = FakeProvider.start()) {
            provider.onToken(
                    form -> new FakeProvider.Answer(status, Map.of("Location", elsewhere.issuer() + "/token"), ""));
            assertEquals(
                    "cannot log in through `" + provider.issuer() + "/token`: it answers with HTTP " + status
                            + ", a redirect, which is not followed",
                    refused("08001").getMessage());
            assertEquals(List.of(), elsewhere.requests());
        }
    }

    @ParameterizedTest
    @CsvSource({"200, {}", "200, []", "200, <html>", "204, ''", "404, {}", "429, {}", "500, {}", "503, ''"})
    void aProviderThatAnswersAsNoneIsSaidTo(int status, String body) {
        provider.onToken(form -> new FakeProvider.Answer(status, body));
        refused("08001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"to ken\"", "\"a\\r\\nX: y\"", "17", "null", "\"\""})
    void whatIsNoTokenIsNotTakenForOne(String token) {
        provider.onToken(
                form -> new FakeProvider.Answer(200, "{\"access_token\": " + token + ", \"token_type\": \"Bearer\"}"));
        refused("08001");
        assertEquals(List.of(), server.authorizations());
    }

    @Test
    void aTokenOfAnotherTypeIsNotTaken() {
        provider.onToken(
                form -> new FakeProvider.Answer(200, "{\"access_token\": \"token\", \"token_type\": \"DPoP\"}"));
        refused("08001");
    }

    @Test
    void anAnswerWithoutEndIsBrokenOff() {
        provider.onToken(form -> new FakeProvider.Answer(200, "{\"x\": \"" + "a".repeat(10_000_000) + "\"}"));
        assertEquals(
                "cannot log in through `" + provider.issuer() + "/token`: the answer is longer than 262144 bytes",
                refused("08001").getMessage());
    }

    /** What is no HTTP is an error of the HTTP client, which repeats it. */
    @Test
    void anAnswerThatIsNoHttpIsNotRepeated() throws Exception {
        try (var echo = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            provider.discovered("{\"issuer\": \"" + provider.issuer() + "\", \"token_endpoint\": \"http://127.0.0.1:"
                    + echo.getLocalPort() + "/token\"}");
            var answering = CompletableFuture.runAsync(() -> {
                try (var client = echo.accept()) {
                    assertTrue(client.getInputStream().read() >= 0);
                    client.getOutputStream().write((SECRET + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertEquals(
                    "cannot log in through `http://127.0.0.1:" + echo.getLocalPort() + "/token`: the connection broke",
                    refused("08001").getMessage());
            answering.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void anAnswerThatDoesNotComeToItsEndIsGivenUp() throws Exception {
        try (var slow = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var issuer = "http://127.0.0.1:" + slow.getLocalPort();
            var answering = CompletableFuture.runAsync(() -> {
                try (var client = slow.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"
                                    .getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                    // Until the driver hangs up.
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (var other = FakeServer.start().namingProvider(issuer)) {
                var error = assertThrows(
                        SQLException.class,
                        () -> program.connect(
                                other, "auth", "password", "user", "u", "password", SECRET, "responseTimeout", "1"));
                assertEquals("08001", error.getSQLState());
                assertEquals(
                        "cannot log in through `" + issuer
                                + "/.well-known/openid-configuration`: no answer within 1 seconds",
                        error.getMessage());
            }
            answering.get(30, TimeUnit.SECONDS);
        }
    }

    /** A chatty or hostile provider repeats what it was sent, as it is or as it came. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "P& 5%S3CRET",
                "p%26+5%25s3cret",
                "cCYgNSVzM2NyZXQ=",
                "wrong\\u000aline",
                "\\u202eesrever"
            })
    void whatTheProviderSaysIsShownOnlyIfItHoldsNoSecret(String description) {
        provider.onToken(form -> FakeProvider.error(description, "you sent: " + description));
        assertEquals(
                "the provider `" + provider.issuer() + "` refused the login (HTTP 400)",
                refused("28000").getMessage());
    }

    private SQLException refused(String sqlState) {
        var error = assertThrows(SQLException.class, this::connect);
        assertEquals(sqlState, error.getSQLState(), error.getMessage());
        assertEquals(List.of(), server.authorizations());
        return error;
    }
}
