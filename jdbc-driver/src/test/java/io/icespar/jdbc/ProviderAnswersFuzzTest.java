package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icespar.jdbc.login.Credentials;
import io.icespar.jdbc.login.LoginException;
import io.icespar.jdbc.login.LoginTarget;
import io.icespar.jdbc.login.Logins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the server says of its provider, the provider of itself, and its token endpoint to a login: the login fails
 * by a LoginException or gives a header that can be sent, and the password is neither shown nor sent readably elsewhere.
 *
 * <p>All that the driver sends is caught by a proxy on this machine, whatever address it is for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderAnswersFuzzTest {
    private static final String SECRET = "pA55-w0rD";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Long enough for a token to expire, and to be renewed a few dozen times, each of which is a request. */
    private static final Duration LATER = Duration.ofMinutes(30);

    private static final Pattern STATUS = Pattern.compile("(?s)([2-5]\\d\\d) (.*)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

    /** What has no body. */
    private static final Set<Integer> EMPTY = Set.of(204, 304);

    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder()
            .proxy(ProxySelector.of(http.getAddress()))
            .connectTimeout(PATIENCE)
            .build();
    private final String self = "http://127.0.0.1:" + http.getAddress().getPort();
    private final List<URI> gaveSecret = Collections.synchronizedList(new ArrayList<>());
    private volatile String[] documents = {};

    ProviderAnswersFuzzTest() throws IOException {
        http.createContext("/", this::answer);
        http.setExecutor(workers);
        http.start();
    }

    @AfterAll
    void stop() {
        http.stop(0);
        workers.shutdownNow();
    }

    /** How to log in; then, after blank lines, the three documents, each with its status if that is not 200. */
    static Stream<byte[]> inputs() {
        var server = "{\"authorization_servers\": [\"$SELF/realm\"], \"scopes_supported\": [\"openid\"],"
                + " \"icespar_client_id\": \"driver\"}";
        var provider = "{\"issuer\": \"$SELF/realm\", \"token_endpoint\": \"$SELF/token\", \"authorization_endpoint\":"
                + " \"$SELF/login?a=b\", \"token_endpoint_auth_methods_supported\": [\"client_secret_post\"]}";
        var token = "{\"access_token\": \"abc.def\", \"token_type\": \"Bearer\", \"expires_in\": 60,"
                + " \"refresh_token\": \"r\"}";
        var identity = token.replace("}", ", \"id_token\": \"" + FakeProvider.identity("{\"nonce\": 1}") + "\"}");
        return Stream.of(
                        String.join("\n\n", "client", server, provider, token),
                        String.join("\n\n", "password", server, provider, token),
                        String.join("\n\n", "browser", server, provider, token),
                        String.join("\n\n", "browser", server, provider, identity),
                        String.join("\n\n", "client", "404 ", provider, token),
                        String.join("\n\n", "client", server, "302 {}", token),
                        String.join("\n\n", "client", server, "500 " + provider, token),
                        String.join(
                                "\n\n",
                                "password",
                                server,
                                provider,
                                "400 {\"error\": \"invalid_grant\", \"error_description\": \"pA55 is wrong\"}"),
                        String.join(
                                "\n\n",
                                "client",
                                server.replace("$SELF/realm", "http://p.example/realm"),
                                provider.replace("$SELF/realm", "http://p.example/realm"),
                                token),
                        String.join("\n\n", "client", server.replace("$SELF/realm", "http://[::1]/?"), provider),
                        String.join("\n\n", "client", server, provider.replace("$SELF/token", "https:///"), token),
                        String.join("\n\n", "client", server, provider.replace("$SELF/token", "http://a@h/#"), token),
                        String.join("\n\n", "client", server, provider, token.replace("60", "1e308")),
                        String.join("\n\n", "client", server, provider, token.replace("abc.def", "a b")),
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void aLoginGivesAHeaderOrFailsByALoginException(byte[] input) {
        var given = new String(input, StandardCharsets.UTF_8);
        var parts = given.replace("$SELF", self).split("\n\n", -1);
        documents = new String[] {part(parts, 1), part(parts, 2), part(parts, 3)};
        gaveSecret.clear();
        var clock = new TestClock();
        var target = new LoginTarget(URI.create(self), client, PATIENCE, Optional.empty(), Optional.empty());
        var logins = new Logins(this::browse, clock, new SecureRandom(), clock);
        var credentials = credentials(logins, target, parts[0]);
        var isSecret = !given.contains(SECRET);
        try {
            var authorization = credentials.authorization();
            assertAuthorization(authorization);
            clock.passes(LATER);
            credentials.afterRefusal(authorization).ifPresent(ProviderAnswersFuzzTest::assertAuthorization);
            clock.passes(LATER);
            assertAuthorization(credentials.authorization());
        } catch (LoginException e) {
            assertFalse(isSecret && e.toString().contains(SECRET), e.text());
            assertFalse(e.text().contains("no answer within"), e.text());
        }
        gaveSecret.forEach(address -> assertTrue(isLoopback(address), address.toString()));
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private static Credentials credentials(Logins logins, LoginTarget target, String way) {
        switch (way) {
            case "password":
                return logins.passwordAtProvider(target, Optional.empty(), Optional.empty(), "u", SECRET);
            case "browser":
                return logins.browser(target, Optional.empty(), Optional.empty(), PATIENCE);
            default:
                return logins.clientCredentials(target, "c", SECRET);
        }
    }

    private static void assertAuthorization(String authorization) {
        assertTrue(authorization.matches("Bearer [!-~]+"), authorization);
    }

    private static boolean isLoopback(URI address) {
        return LOOPBACK.matcher(String.valueOf(address.getHost()).toLowerCase(Locale.ROOT))
                .matches();
    }

    /** Comes back at once, as from a login that went well. */
    private void browse(URI address) {
        var parameters = FakeProvider.parameters(address);
        var answer = URI.create(parameters.get("redirect_uri") + "?code=c&state=" + parameters.get("state"));
        var request = HttpRequest.newBuilder(answer).timeout(PATIENCE).build();
        try {
            // Not by the proxy, as it is for this machine.
            var sent = HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            assertEquals(200, sent.statusCode());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var address = exchange.getRequestURI();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (body.contains(SECRET) || exchange.getRequestHeaders().containsKey("Authorization")) {
            gaveSecret.add(address);
        }
        var path = String.valueOf(address.getPath());
        var document = path.contains("/.well-known/oauth") ? 0 : path.contains("/.well-known/openid") ? 1 : 2;
        var given = documents[document];
        var withStatus = STATUS.matcher(given);
        var status = withStatus.matches() ? Integer.parseInt(withStatus.group(1)) : 200;
        var bytes = (withStatus.matches() ? withStatus.group(2) : given).getBytes(StandardCharsets.UTF_8);
        var empty = bytes.length == 0 || EMPTY.contains(status);
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
