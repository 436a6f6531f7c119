package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.Security;
import io.icespar.security.audit.Audit;
import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.H2SecurityStore;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.http.AuthenticatorChain;
import io.icespar.server.http.BasicAuthenticator;
import io.icespar.server.http.LoginHandler;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.http.WhoAmI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in the headers {@code Authorization} of a request, it is answered, and only one right password or one
 * token of the provider lets its user in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationFuzzTest {
    /** Else a flood of wrong tokens would shut out the right one. */
    private static final LoginLimits UNLIMITED = new LoginLimits(0, 0, Duration.ofMinutes(1));

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Set<Integer> STATUSES = Set.of(200, 400, 401, 431);
    private static final int PATIENCE_SECONDS = 10;

    private final FuzzedProvider provider = new FuzzedProvider();
    private final Security security =
            Security.open(H2SecurityStore.inMemory(), Audit.inMemory(), UNLIMITED, 4, Ticker.systemTicker());
    private final Server jetty = new Server();
    private final LocalConnector connector = new LocalConnector(jetty);
    private final String token;

    AuthorizationFuzzTest(@TempDir Path folder) throws Exception {
        OidcSettings settings =
                SmallServer.settings(folder, provider.issuer()).oidc().orElseThrow();
        Provider seen = Provider.start(settings.issuer(), FuzzedProvider.CLOCK);
        var tokens = new TokenAuthenticator(
                TokenVerifier.of(settings, seen, FuzzedProvider.CLOCK),
                security,
                new ServerAddress(Optional.empty()),
                FuzzedProvider.CLOCK);
        token = provider.token(
                "{\"alg\":\"ES256\",\"kid\":\"k\"}",
                "{\"iss\":\"$ISSUER\",\"aud\":\"icespar\",\"exp\":1767225900,\"scope\":\"a\",\"preferred_username\":\"ann\"}");
        jetty.addConnector(connector);
        jetty.setHandler(new LoginHandler(
                new AuthenticatorChain(List.of(new BasicAuthenticator(AuthorizationFuzzTest::check), tokens)),
                AuthorizationFuzzTest::caller,
                Optional.empty(),
                new WhoAmI()));
        jetty.start();
    }

    private static AuthenticationResult check(String user, Secret password, Origin origin) {
        return user.equals("alice") && password.value().equals("changeit")
                ? new AuthenticationResult.Authenticated(Name.of(user), false)
                : new AuthenticationResult.Refused("wrong");
    }

    private static Optional<Caller> caller(Identity identity) {
        return Optional.of(new Caller(identity.name(), Set.of(Name.of("ROLE_USER"))));
    }

    @AfterAll
    void stop() throws Exception {
        jetty.stop();
        security.close();
        provider.close();
    }

    /** A value on each line, in which {@code $TOKEN} stands for a valid token. */
    static Stream<byte[]> inputs() {
        return Stream.of(
                        "Basic YWxpY2U6Y2hhbmdlaXQ=",
                        "bASIC   YWxpY2U6Y2hhbmdlaXQ",
                        "Basic YWxpY2U6d3Jvbmc=",
                        "Basic YWxpY2U=",
                        "Basic /////w==",
                        "Basic !!!",
                        "Basic",
                        "Bearer $TOKEN",
                        "bearer  $TOKEN ",
                        "Bearer $TOKEN$TOKEN",
                        "Bearer $TOKEN=",
                        "Bearer a.b.c",
                        "Bearer ..",
                        "Bearer " + "a".repeat(7_000),
                        "Bearer " + "a".repeat(9_000),
                        "Basic YWxpY2U6Y2hhbmdlaXQ=\nBearer $TOKEN",
                        "Basic YWxpY2U6Y2hhbmdlaXQ=\nBasic YWxpY2U6Y2hhbmdlaXQ=",
                        "Basic YWxpY2U6Y2hhbmdlaXQ=, Bearer $TOKEN",
                        "Digest username=\"alice\"",
                        "\u00e9 \u00ff",
                        "\n",
                        "")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("inputs")
    @FuzzTest
    void onlyOnePasswordOrTokenThatIsRightLetsIn(byte[] input) throws Exception {
        // Control characters are for Jetty to refuse.
        String text = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\0-\u0008\u000b-\u001f\u007f]", "?");
        List<String> values =
                text.replace("$TOKEN", token).lines().map(String::strip).toList();
        String answer = answer(values.stream()
                .map(value -> "Authorization: " + value + "\r\n")
                .collect(Collectors.joining("", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n", "\r\n")));
        Matcher status = STATUS.matcher(answer);
        assertTrue(status.lookingAt() && STATUSES.contains(Integer.valueOf(status.group(1))), answer);
        boolean entered = status.group(1).equals("200");
        if (entered) {
            assertEquals(1, values.size());
            String user = user(values.get(0));
            assertTrue(answer.endsWith("{\"name\":\"" + user + "\",\"roles\":[\"ROLE_USER\"]}"), answer);
        } else {
            assertTrue(values.size() != 1 || user(values.get(0)).isEmpty(), values::toString);
        }
    }

    /** Whose value it is, read another way; empty if it is no one's. */
    private String user(String value) {
        String[] words = value.split(" +", 2);
        String credentials = words[words.length - 1].strip();
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> {
                return isBase64Of(credentials, "alice:changeit") ? "alice" : "";
            }
            case "bearer" -> {
                return credentials.equals(token) ? "ann" : "";
            }
            default -> {
                return "";
            }
        }
    }

    private static boolean isBase64Of(String credentials, String expected) {
        try {
            return expected.equals(new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String answer(String request) throws Exception {
        ByteBuffer answer = connector.getResponse(
                ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)),
                false,
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        return StandardCharsets.UTF_8.decode(answer).toString();
    }
}
