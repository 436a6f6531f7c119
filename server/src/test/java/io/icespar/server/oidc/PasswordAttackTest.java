package io.icespar.server.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refused password tells: nothing, whatever was sent, and whether or not there is a provider beside. */
class PasswordAttackTest {
    private static final List<String> REFUSED = List.of(
            "nobody:changeit",
            "nobody:",
            "nobody",
            "admin:wrong",
            "admin:",
            "admin",
            "admin:changeit ",
            "admin:changeit\0",
            "admin:" + "x".repeat(5 * 1024),
            "nobody:" + "x".repeat(5 * 1024),
            "rose:changeit", // has no password
            "rose:",
            ":changeit",
            ":",
            "admin:changeit:changeit",
            "ad:min:changeit",
            "ädmin:changeit",
            "admi\u0000n:changeit");

    private final TestProvider provider = new TestProvider();

    @TempDir
    private Path folder = Path.of("");

    PasswordAttackTest() throws IOException {}

    @AfterEach
    void stop() {
        provider.close();
    }

    private SmallServer server(boolean withProvider) throws IOException {
        return withProvider ? new SmallServer(folder, provider.issuer()) : SmallServer.withoutProvider(folder);
    }

    private static HttpResponse<String> login(SmallServer server, byte[] credentials)
            throws IOException, InterruptedException {
        return server.get("/whoami", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    private static HttpResponse<String> login(SmallServer server, String credentials)
            throws IOException, InterruptedException {
        return login(server, credentials.getBytes(UTF_8));
    }

    /** All that a client gets, but for the time of day and how long it is to wait. */
    private static String shown(HttpResponse<String> reply) {
        return reply.statusCode() + " "
                + reply.headers()
                        .map()
                        .toString()
                        .replaceAll("date=\\[[^]]*]", "")
                        .replaceAll("retry-after=\\[\\d+]", "retry-after")
                + " "
                + reply.body().replaceAll("in \\d+ seconds", "later");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allRefusalsAreAlike(boolean withProvider) throws Exception {
        try (SmallServer server = server(withProvider)) {
            Set<String> replies = new LinkedHashSet<>();
            for (String credentials : REFUSED) {
                replies.add(shown(login(server, credentials)));
            }
            replies.add(shown(login(server, new byte[] {'a', ':', (byte) 0xff})));
            assertEquals(1, replies.size(), replies.toString());
            assertTrue(replies.iterator().next().startsWith("401 "), replies.toString());
            assertEquals(200, login(server, "admin:changeit").statusCode());
        }
    }

    @Test
    void tooManyFailuresAreAnsweredAlikeForAllUsers() throws Exception {
        try (SmallServer server = server(true)) {
            Set<String> replies = new LinkedHashSet<>();
            for (String user : List.of("admin", "nobody", "rose", "")) {
                for (int i = 0; i < 10; i++) {
                    assertEquals(401, login(server, user + ":wrong" + i).statusCode());
                }
                replies.add(shown(login(server, user + ":wrong")));
                replies.add(shown(login(server, user + ":changeit")));
                replies.add(shown(login(server, user + ":")));
                replies.add(shown(login(server, user + ":" + "x".repeat(5 * 1024))));
            }
            assertEquals(1, replies.size(), replies.toString());
            assertTrue(replies.iterator().next().startsWith("429 "), replies.toString());
        }
    }

    @Test
    void headersThatAreTooLongAreNotLookedAt() throws Exception {
        try (SmallServer server = server(false)) {
            Set<String> replies = new LinkedHashSet<>();
            for (String user : List.of("admin", "nobody")) {
                HttpResponse<String> reply = login(server, user + ":changeit" + "x".repeat(16 * 1024));
                assertEquals(431, reply.statusCode());
                replies.add(shown(reply));
            }
            assertEquals(1, replies.size(), replies.toString());
            assertEquals(200, login(server, "admin:changeit").statusCode());
        }
    }

    @Test
    void aPasswordIsOneHoweverItsLettersAreComposed() throws Exception {
        try (SmallServer server = server(false)) {
            server.run("CREATE USER zoë PASSWORD 'pässwörd:€'");
            server.run("GRANT ROLE_USER TO USER zoë");
            for (Normalizer.Form form : Normalizer.Form.values()) {
                String password = Normalizer.normalize("pässwörd:€", form);
                assertEquals(200, login(server, "zoë:" + password).statusCode(), form.name());
            }
            assertFalse(login(server, "zoe:password:€").statusCode() == 200);
        }
    }
}
