package io.icespar.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.AuthorizationCodeFlow.LoggedIn;
import io.icespar.server.oidc.HandClock;
import io.icespar.server.oidc.Provider;
import io.icespar.server.oidc.SmallServer;
import io.icespar.server.oidc.TestProvider;
import io.icespar.server.oidc.TokenVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a session lasts, and that the provider has its say all that time. */
class BrowserSessionsTest {
    private static final OidcSettings.Sessions LIMITS =
            new OidcSettings.Sessions(Duration.ofMinutes(30), Duration.ofMinutes(100));

    /** How long the first access token lasts. */
    private static final Duration TOKEN = Duration.ofMinutes(5);

    private final HandClock clock = new HandClock(Instant.now());
    private final TestProvider provider = new TestProvider();
    private final List<Identity> renewed = new ArrayList<>();
    private final Path folder;
    private final BrowserSessions sessions;

    BrowserSessionsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.sessions = sessions();
    }

    private BrowserSessions sessions(String... keys) throws IOException {
        OidcSettings settings =
                SmallServer.settings(folder, provider.issuer(), keys).oidc().orElseThrow();
        Provider seen = Provider.start(settings.issuer(), clock);
        return new BrowserSessions(
                new AuthorizationCodeFlow(settings, seen, TokenVerifier.of(settings, seen, clock), clock),
                renewed::add,
                LIMITS,
                clock,
                new SecureRandom());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private LoggedIn login(Optional<String> refreshToken, Duration life) {
        Assertion assertion = new Assertion(
                provider.issuer().toString(),
                Set.of("user"),
                Map.of(),
                clock.instant().plus(life));
        return new LoggedIn(
                Identity.asserted(Name.of("ann"), assertion),
                new Secret(token(life, "ann", "user")),
                "id-token",
                refreshToken);
    }

    private String token(Duration life, String user, String... roles) {
        return provider.sign(new JWTClaimsSet.Builder(provider.claims(user, roles))
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(life)))
                .build());
    }

    /** What the provider gives for a refresh token: an access token that lasts five minutes from now. */
    private void renewsWith(String user, String... roles) {
        provider.answerTo("/token", """
                {"token_type": "Bearer", "expires_in": 300, "access_token": "%s", "refresh_token": "second"}""".formatted(token(TOKEN, user, roles)));
    }

    private String name(String id) {
        return sessions.find(id).map(Identity::name).map(Name::spelling).orElse("nobody");
    }

    @Test
    void eachIsFoundByALongTextOfItsOwn() {
        String one = sessions.begin(login(Optional.empty(), TOKEN));
        String other = sessions.begin(login(Optional.empty(), TOKEN));
        assertNotEquals(one, other);
        assertEquals(43, one.length());
        assertEquals("ann", name(one));
        assertEquals("nobody", name(one.toLowerCase(java.util.Locale.ROOT)));
        assertEquals("nobody", name(""));
    }

    @Test
    void oneThatIsNotUsedEnds() {
        String id = sessions.begin(login(Optional.empty(), Duration.ofDays(1)));
        clock.pass(LIMITS.idle().minusSeconds(1));
        assertEquals("ann", name(id));
        clock.pass(LIMITS.idle().minusSeconds(1));
        assertEquals("ann", name(id));
        clock.pass(LIMITS.idle());
        assertEquals("nobody", name(id));
    }

    @Test
    void oneThatIsOldEndsHoweverMuchItIsUsed() {
        String id = sessions.begin(login(Optional.empty(), Duration.ofDays(1)));
        for (int i = 0; i < 99; i++) {
            clock.pass(Duration.ofMinutes(1));
            assertEquals("ann", name(id));
        }
        clock.pass(Duration.ofMinutes(1));
        assertEquals("nobody", name(id));
    }

    @Test
    void whenTheTokenHasExpiredTheProviderIsAskedOnce() {
        String id = sessions.begin(login(Optional.of("first"), TOKEN));
        name(id);
        assertEquals(0, provider.requests("/token"));
        clock.pass(TOKEN);
        renewsWith("ann", "user", "paris");
        assertEquals("ann", name(id));
        assertEquals("ann", name(id));
        assertEquals(1, provider.requests("/token"));
        assertTrue(provider.body("/token").contains("refresh_token=first"), provider.body("/token"));
        assertEquals(
                Set.of("user", "paris"),
                sessions.find(id).orElseThrow().assertion().orElseThrow().roles());
        assertEquals(1, renewed.size());

        clock.pass(TOKEN.plusMinutes(1));
        renewsWith("ann", "user");
        assertEquals("ann", name(id));
        assertTrue(provider.body("/token").contains("refresh_token=second"), provider.body("/token"));
    }

    @Test
    void afterAMinuteTheProviderIsAskedHoweverLongTheTokenCounts() {
        String id = sessions.begin(login(Optional.of("first"), Duration.ofDays(1)));
        clock.pass(Duration.ofSeconds(59));
        assertEquals("ann", name(id));
        assertEquals(0, provider.requests("/token"));
        clock.pass(Duration.ofSeconds(1));
        assertEquals("nobody", name(id), "the provider has ended it");
        assertEquals(1, provider.requests("/token"));
    }

    @Test
    void whereTheProviderTellsWhatATokenIsItIsAskedThatEachMinute() throws IOException {
        BrowserSessions asking = sessions("access-token-format: opaque", "client-secret: s3cret");
        String id = asking.begin(login(Optional.empty(), Duration.ofDays(1)));
        provider.answerTo("/introspect", """
                {"active": true, "client_id": "icespar", "preferred_username": "ann", "exp": %d}""".formatted(
                        clock.instant().plus(Duration.ofDays(1)).getEpochSecond()));
        clock.pass(Duration.ofMinutes(1));
        assertTrue(asking.find(id).isPresent());
        provider.answerTo("/introspect", "{\"active\": false}");
        assertTrue(asking.find(id).isPresent(), "asked a moment ago");
        clock.pass(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), asking.find(id));
    }

    @Test
    void oneThatTheProviderRenewsNoMoreEnds() {
        String id = sessions.begin(login(Optional.of("first"), TOKEN));
        clock.pass(TOKEN);
        assertEquals("nobody", name(id));
        renewsWith("ann", "user");
        assertEquals("nobody", name(id));
    }

    @Test
    void withoutARefreshTokenItEndsWithItsToken() {
        String id = sessions.begin(login(Optional.empty(), TOKEN));
        clock.pass(TOKEN);
        assertEquals("ann", name(id), "clocks may differ a little");
        clock.pass(Duration.ofSeconds(31));
        assertEquals("nobody", name(id));
        assertEquals(0, provider.requests("/token"));
    }

    @Test
    void itDoesNotBecomeAnotherUsers() {
        String id = sessions.begin(login(Optional.of("first"), TOKEN));
        clock.pass(TOKEN);
        renewsWith("bob", "user");
        assertEquals("nobody", name(id));
        assertEquals(List.of(), renewed);
    }

    @Test
    void whileTheProviderIsAwayItIsNotLost() throws IOException {
        String id = sessions.begin(login(Optional.of("first"), TOKEN));
        provider.close();
        clock.pass(TOKEN);
        for (int i = 0; i < 2; i++) {
            IcesparException failure = assertThrows(IcesparException.class, () -> sessions.find(id));
            assertEquals(ErrorCode.PROVIDER, failure.code());
        }
        assertTrue(sessions.isOpen(id));
    }

    @Test
    void oneThatWasEndedIsGone() {
        String id = sessions.begin(login(Optional.empty(), TOKEN));
        assertEquals("ann", sessions.end(id).orElseThrow().identity().name().spelling());
        assertFalse(sessions.isOpen(id));
        assertEquals("nobody", name(id));
        assertEquals(Optional.empty(), sessions.end(id));
    }
}
