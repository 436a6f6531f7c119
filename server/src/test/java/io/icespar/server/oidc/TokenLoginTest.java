package io.icespar.server.oidc;

import static io.icespar.server.oidc.SmallServer.TOTAL;
import static io.icespar.server.oidc.SmallServer.basic;
import static io.icespar.server.oidc.SmallServer.bearer;
import static io.icespar.server.oidc.SmallServer.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Users of a provider log in by their tokens, and see what their roles show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenLoginTest {
    private final TestProvider provider;
    private final SmallServer server;

    TokenLoginTest(@TempDir Path folder) throws IOException {
        provider = new TestProvider();
        server = new SmallServer(folder, provider.issuer(), "driver-client-id: driver", "scopes: [openid, roles]");
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void whoAProviderVouchesForIsToldWhoTheyAre() throws Exception {
        HttpResponse<String> answer = server.whoami(provider.token("ann", "user", "paris", "ROLE_ADMIN"));
        assertEquals(200, answer.statusCode());
        assertEquals("{\"name\":\"ann\",\"roles\":[\"ROLE_PARIS\",\"ROLE_USER\"]}", answer.body());
    }

    @Test
    void theMappedRolesRestrict() throws Exception {
        assertEquals("113", server.total(provider.token("ann", "user")));
        assertEquals("3", server.total(provider.token("ann", "user", "paris")));
    }

    @Test
    void rolesAreFoundInEveryClaimThatIsConfigured() throws Exception {
        assertEquals("3", server.total(provider.token(claims -> claims.claim("groups", "paris"))));
        assertEquals("3", server.total(provider.token(claims -> claims.claim("groups", List.of("other", "paris")))));
        assertEquals("113", server.total(provider.token(claims -> claims.claim("groups", "paris,city"))));
    }

    @Test
    void nobodyEntersWithoutTheDoorsRole() throws Exception {
        HttpResponse<String> answer = server.whoami(provider.token("ann", "paris", "ROLE_USER"));
        assertEquals(403, answer.statusCode());
        assertEquals(
                "ann: the user does not hold `ROLE_USER`", server.refusals().get(0));
    }

    @Test
    void claimsAreContextValues() throws Exception {
        String nice = provider.token(claims -> claims.claim("groups", "city").claim("address", Map.of("city", "Nice")));
        assertEquals("10", server.total(nice));
        String nowhere = provider.token(claims -> claims.claim("groups", "city"));
        assertTrue(server.total(nowhere).contains("55I01"), server.total(nowhere));
        String many = provider.token(claims ->
                claims.claim("groups", "city").claim("address", Map.of("city", List.of("Nice", "Paris"))));
        assertTrue(server.total(many).contains("42804"), server.total(many));
    }

    @Test
    void aConnectionGoesOnWithALaterTokenOfTheSameUser() throws Exception {
        String first = bearer(provider.token("later", "user"));
        server.open(first, "later");
        assertEquals("113", value(server.query(first, "later", TOTAL)));
        String second = bearer(provider.token("later", "user", "paris"));
        assertEquals("3", value(server.query(second, "later", TOTAL)));
    }

    @Test
    void aMappingThatIsDroppedHoldsForOpenConnectionsAtOnce() throws Exception {
        server.run("CREATE ROLE MAPPING FROM 'leaving' TO ROLE_USER");
        String token = bearer(provider.token("leaving", "leaving"));
        server.open(token, "leaving");
        assertEquals("113", value(server.query(token, "leaving", TOTAL)));
        server.run("DROP ROLE MAPPING FROM 'leaving'");
        assertEquals(403, server.query(token, "leaving", TOTAL).statusCode());
    }

    @Test
    void aTokenThatExpiresEndsWhatItBegan() throws Exception {
        // Clocks may differ by half a minute, so that it counts for about a second more.
        Date end = Date.from(Instant.now().minusSeconds(28));
        String token = bearer(provider.token(claims -> claims.expirationTime(end)));
        server.open(token, "ending");
        HttpResponse<String> answer = server.query(token, "ending", TOTAL);
        while (answer.statusCode() == 200) {
            answer = server.query(token, "ending", TOTAL);
        }
        // It may end while a statement is on its way to the engine.
        assertTrue(answer.statusCode() == 401 || answer.body().contains("\"28000\""), answer.body());
        answer = server.query(token, "ending", TOTAL);
        assertEquals(401, answer.statusCode());
        assertEquals("the login has expired: log in again\n", answer.body());
    }

    @Test
    void loginsAreRecordedOnceAMinute() throws Exception {
        String token = provider.token("counted", "user");
        for (int i = 0; i < 5; i++) {
            server.whoami(token);
        }
        String admin = basic("admin", "changeit");
        server.open(admin, "count");
        assertEquals(
                "1",
                value(server.query(
                        admin,
                        "count",
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.AUDIT WHERE CALLER = 'counted' AND EVENT = 'login'")));
    }

    @Test
    void theDriverTellsWhoseTokenItIs() throws Exception {
        Properties login = new Properties();
        login.setProperty("accessToken", provider.token("Ann", "user"));
        try (Connection connection = DriverManager.getConnection("jdbc:icespar:" + server.uri(), login)) {
            assertEquals("Ann", connection.getMetaData().getUserName());
        }
    }

    @Test
    void theDriverTellsWhatIsWrongWithALogin() {
        String expired = provider.token(
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
        assertEquals("the access token has expired: connect with a new one", refused("accessToken", expired));
        assertEquals(
                "the server does not accept the access token, which may have expired or be for another server: connect"
                        + " with a new one",
                refused("accessToken", "no.token.atall"));
        assertEquals(
                "the user name or the password is wrong; users of the server's identity provider log in with"
                        + " `auth=browser` or `auth=password`",
                refused("user", "admin", "password", "wrong"));
        assertEquals(
                "the holder of the access token may not enter: the user does not hold `ROLE_USER`, ask an"
                        + " administrator for it",
                refused("accessToken", provider.token("out", "unmapped")));
    }

    private String refused(String... options) {
        Properties login = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            login.setProperty(options[i], options[i + 1]);
        }
        SQLException error = assertThrows(
                SQLException.class, () -> DriverManager.getConnection("jdbc:icespar:" + server.uri(), login));
        assertEquals("28000", error.getSQLState());
        return String.valueOf(error.getMessage());
    }

    @Test
    void technicalUsersLogInByPasswordAsBefore() throws Exception {
        assertEquals(200, server.get("/whoami", basic("admin", "changeit")).statusCode());
        assertEquals(401, server.get("/whoami", basic("admin", "wrong")).statusCode());
    }

    @Test
    void clientsAreToldWhereUsersLogIn() throws Exception {
        HttpResponse<String> answer = server.get("/.well-known/oauth-protected-resource");
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"resource\":\"" + server.uri() + "\",\"authorization_servers\":[\"" + provider.issuer()
                        + "\"],\"scopes_supported\":[\"openid\",\"roles\"],\"bearer_methods_supported\":[\"header\"],"
                        + "\"icespar_client_id\":\"driver\"}",
                answer.body());
        HttpResponse<String> refused = server.get("/whoami");
        assertEquals(401, refused.statusCode());
        assertEquals(
                List.of(
                        "Basic realm=\"icespar\", charset=\"UTF-8\"",
                        "Bearer realm=\"icespar\", resource_metadata=\"" + server.uri()
                                + "/.well-known/oauth-protected-resource\""),
                refused.headers().allValues("WWW-Authenticate"));
    }

    @Test
    void keysThatTheProviderChangesAreFetched(@TempDir Path folder) throws Exception {
        try (TestProvider rotating = new TestProvider();
                SmallServer other = new SmallServer(folder, rotating.issuer())) {
            String before = rotating.token("ann", "user");
            assertEquals(200, other.whoami(before).statusCode());
            rotating.rotate("second");
            assertEquals(200, other.whoami(rotating.token("bob", "user")).statusCode());
            String old = TestProvider.sign(
                    rotating.header().keyID("first").build(), rotating.claims("cat", "user"), rotating.key());
            assertEquals(401, other.whoami(old).statusCode());
        }
    }

    @Test
    void aProviderThatIsDownKeepsNobodyElseOut(@TempDir Path folder) throws Exception {
        TestProvider first = new TestProvider();
        URI issuer = first.issuer();
        String token = first.token("ann", "user");
        first.close();
        try (SmallServer other = new SmallServer(folder, issuer)) {
            assertEquals(200, other.get("/whoami", basic("admin", "changeit")).statusCode());
            HttpResponse<String> answer = other.whoami(token);
            assertEquals(503, answer.statusCode());
            assertEquals(
                    "the identity provider does not answer: try again later, or log in by password\n", answer.body());
        }
    }

    @Test
    void keysHoldForAWhileWhenTheProviderIsDown(@TempDir Path folder) throws Exception {
        TestProvider stopping = new TestProvider();
        try (SmallServer other = new SmallServer(folder, stopping.issuer())) {
            assertEquals(200, other.whoami(stopping.token("ann", "user")).statusCode());
            stopping.close();
            assertEquals(200, other.whoami(stopping.token("bob", "user")).statusCode());
        }
    }

    @Test
    void whatIsNotTheConfiguredProviderEndsTheStart(@TempDir Path folder) {
        IcesparException failure = assertThrows(
                IcesparException.class, () -> new SmallServer(folder, URI.create(provider.issuer() + "/")).close());
        assertTrue(failure.getMessage().contains("`security.oidc.issuer` is `"), failure.getMessage());
    }

    @Test
    void whereNoProviderIsConfiguredTokensMeanNothing(@TempDir Path folder) throws Exception {
        try (SmallServer other = SmallServer.withoutProvider(folder)) {
            assertEquals(404, other.get("/.well-known/oauth-protected-resource").statusCode());
            HttpResponse<String> answer = other.whoami(provider.token("ann", "user"));
            assertEquals(401, answer.statusCode());
            assertEquals(
                    List.of("Basic realm=\"icespar\", charset=\"UTF-8\""),
                    answer.headers().allValues("WWW-Authenticate"));
        }
    }
}
