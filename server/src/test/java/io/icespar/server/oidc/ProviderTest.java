package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A provider is asked seldom, and found again when it was down. */
class ProviderTest {
    private static final String DESCRIPTION = "/.well-known/openid-configuration";
    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));

    private static void assertUnreachable(Provider provider) {
        IcesparException failure = assertThrows(IcesparException.class, provider::metadata);
        assertEquals(ErrorCode.PROVIDER, failure.code());
    }

    @Test
    void oneThatWasDownIsFoundAgainAfterAWhile() throws IOException {
        TestProvider down = new TestProvider();
        int port = down.port();
        URI issuer = down.issuer();
        down.close();
        Provider provider = Provider.start(issuer, clock);
        assertUnreachable(provider);
        try (TestProvider up = TestProvider.again(port)) {
            assertUnreachable(provider);
            assertEquals(0, up.requests(DESCRIPTION), "asked again at once");
            clock.pass(Duration.ofSeconds(5));
            assertEquals(issuer, URI.create(provider.metadata().getIssuer().getValue()));
            provider.metadata();
            assertEquals(1, up.requests(DESCRIPTION));
        }
    }

    @Test
    void whatItSaidHoldsWhileItIsDown() throws IOException {
        TestProvider stopping = new TestProvider();
        Provider provider = Provider.start(stopping.issuer(), clock);
        clock.pass(Duration.ofHours(2));
        provider.metadata();
        assertEquals(2, stopping.requests(DESCRIPTION));
        stopping.close();
        clock.pass(Duration.ofHours(2));
        assertEquals(
                stopping.issuer(), URI.create(provider.metadata().getIssuer().getValue()));
    }

    @Test
    void keysAreNotFetchedWithoutTlsFromElsewhere() throws IOException {
        try (TestProvider provider = new TestProvider()) {
            provider.answerTo(DESCRIPTION, """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                     "jwks_uri": "http://169.254.169.254/keys", "response_types_supported": ["code"],
                     "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}\
                    """.formatted(provider.issuer()));
            IcesparException failure =
                    assertThrows(IcesparException.class, () -> Provider.start(provider.issuer(), clock));
            assertEquals(ErrorCode.CONFIGURATION, failure.code());
        }
    }
}
