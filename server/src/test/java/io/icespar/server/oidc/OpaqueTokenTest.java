package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that only the provider can read: it is asked, and its answer counts for a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpaqueTokenTest {
    private final TestProvider provider;
    private final SmallServer asking;

    OpaqueTokenTest(@TempDir Path folder) throws IOException {
        provider = new TestProvider();
        asking = new SmallServer(folder, provider.issuer(), "access-token-format: opaque", "client-secret: s3cret");
        provider.answerTo("/introspect", "{\"active\": false}");
    }

    @AfterAll
    void stop() {
        asking.close();
        provider.close();
    }

    private void introspection(String token, String json) {
        provider.answerTo("/introspect token=" + token, json);
    }

    private static long in(long seconds) {
        return Instant.now().plusSeconds(seconds).getEpochSecond();
    }

    private static String active(String user, String more) {
        return "{\"active\": true, \"client_id\": \"icespar\", \"aud\": \"icespar\", \"preferred_username\": \"" + user
                + "\", \"groups\": [\"user\"]" + more + "}";
    }

    @Test
    void theProviderIsAskedOnceForATokenThatItKnows() throws Exception {
        introspection("known", active("ann", ", \"exp\": " + in(300)));
        int before = provider.requests("/introspect");
        assertEquals(
                "{\"name\":\"ann\",\"roles\":[\"ROLE_USER\"]}",
                asking.whoami("known").body());
        assertEquals(200, asking.whoami("known").statusCode());
        assertEquals(1, provider.requests("/introspect") - before);
    }

    @Test
    void aTokenThatTheProviderDoesNotKnowIsRefused() throws Exception {
        HttpResponse<String> answer = asking.whoami("unknown");
        assertEquals(401, answer.statusCode());
        assertEquals(
                "(token): the provider does not know the token, or it counts no more",
                asking.refusals().get(0));
    }

    @Test
    void theProviderIsAskedOnceForATokenThatItRefuses() throws Exception {
        int before = provider.requests("/introspect");
        assertEquals(401, asking.whoami("refused").statusCode());
        assertEquals(401, asking.whoami("refused").statusCode());
        assertEquals(1, provider.requests("/introspect") - before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"aud\": \"other\", \"client_id\": \"icespar\" | the token is for others",
                "\"client_id\": \"other\", \"aud\": \"icespar\" | the token was given to a client that is not accepted",
                "\"aud\": \"icespar\", \"iss\": \"https://other.example\" | the token is another provider's",
                "\"aud\": \"icespar\", \"client_id\": [\"other\"] | the provider tells `client_id` in a form that cannot be read",
                "\"aud\": \"icespar\", \"iss\": 1 | the provider tells `iss` in a form that cannot be read",
                "\"aud\": \"icespar\", \"exp\": \"soon\" | the provider tells `exp` in a form that cannot be read",
                "\"scope\": \"openid\" | the provider says neither for whom the token is nor to which client it was given"
            })
    void aTokenThatIsNotForUsIsRefused(String claims, String reason) throws Exception {
        String token = "other" + Integer.toHexString(claims.hashCode());
        introspection(token, "{\"active\": true, \"preferred_username\": \"ann\", " + claims + "}");
        assertEquals(401, asking.whoami(token).statusCode());
        assertEquals("ann: " + reason, asking.refusals().get(0));
    }

    @Test
    void aTokenThatHasExpiredIsRefused() throws Exception {
        introspection("late", active("ann", ", \"exp\": " + in(-1)));
        HttpResponse<String> answer = asking.whoami("late");
        assertEquals(401, answer.statusCode());
        assertEquals("the login has expired: log in again\n", answer.body());
    }

    @Test
    void whoTheUserIsIsAskedWhereTheProviderDoesNotSayItOfTheToken() throws Exception {
        introspection("nameless", "{\"active\": true, \"aud\": \"icespar\", \"sub\": \"1\"}");
        provider.answerTo(
                "/userinfo Bearer nameless", "{\"sub\": \"1\", \"preferred_username\": \"cat\", \"groups\": \"user\"}");
        assertEquals(
                "{\"name\":\"cat\",\"roles\":[\"ROLE_USER\"]}",
                asking.whoami("nameless").body());
        introspection("swapped", "{\"active\": true, \"aud\": \"icespar\", \"sub\": \"1\"}");
        provider.answerTo(
                "/userinfo Bearer swapped", "{\"sub\": \"2\", \"preferred_username\": \"cat\", \"groups\": \"user\"}");
        assertEquals(401, asking.whoami("swapped").statusCode());
    }

    @Test
    void withoutASecretTheProviderIsAskedForTheUser(@TempDir Path folder) throws Exception {
        provider.answerTo(
                "/userinfo Bearer public", "{\"sub\": \"3\", \"preferred_username\": \"dan\", \"groups\": \"user\"}");
        try (SmallServer other = new SmallServer(folder, provider.issuer(), "access-token-format: opaque")) {
            assertEquals(
                    "{\"name\":\"dan\",\"roles\":[\"ROLE_USER\"]}",
                    other.whoami("public").body());
            assertEquals(401, other.whoami("unknown").statusCode());
        }
    }

    @Test
    void aProviderThatAnswersNonsenseLetsNobodyIn() throws Exception {
        introspection("nonsense", "[]");
        assertEquals(503, asking.whoami("nonsense").statusCode());
        introspection("noName", "{\"active\": true, \"aud\": \"icespar\", \"preferred_username\": 1}");
        assertEquals(401, asking.whoami("noName").statusCode());
        assertTrue(asking.refusals().get(0).startsWith("(token): the claim `preferred_username`"));
    }
}
