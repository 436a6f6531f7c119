package io.icespar.server.oidc;

import static io.icespar.server.oidc.SmallServer.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are wrong count as failed logins, of which an address has a hundred and a token ten. */
class TokenThrottleTest {
    private final TestProvider provider = new TestProvider();
    private final SmallServer server;

    TokenThrottleTest(@TempDir Path folder) throws IOException {
        server = SmallServer.thatThrottles(folder, provider.issuer());
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    private int status(String token) throws IOException, InterruptedException {
        return server.whoami(token).statusCode();
    }

    @Test
    void aFloodOfWrongTokensIsSlowedDownWhateverComesNext() throws Exception {
        String right = provider.token("ann", "user");
        assertEquals(200, status(right));
        for (int i = 0; i < 100; i++) {
            assertEquals(401, status("wrong." + i + "."));
        }
        HttpResponse<String> reply = server.whoami("wrong.again.");
        assertEquals(429, reply.statusCode());
        assertTrue(reply.headers().firstValueAsLong("Retry-After").orElseThrow() <= 7);
        assertTrue(reply.body().startsWith("too many failed logins for this user or from this address"), reply.body());
        assertEquals(429, status(right));
        assertEquals(429, server.get("/whoami", basic("admin", "changeit")).statusCode());
    }

    @Test
    void aTokenThatHasExpiredIsNoAttack() throws Exception {
        String expired = provider.token(
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
        for (int i = 0; i < 110; i++) {
            assertEquals(401, status(expired));
        }
        assertEquals(200, status(provider.token("ann", "user")));
    }

    @Test
    void oneWrongTokenOverAndOverShutsOutNobodyElse() throws Exception {
        for (int i = 0; i < 120; i++) {
            assertEquals(i < 10 ? 401 : 429, status("a.wrong.one"));
        }
        assertEquals(200, status(provider.token("ann", "user")));
        assertEquals("(token): too many failed logins before", server.refusals().get(0));
    }
}
