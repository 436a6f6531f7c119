package io.icespar.server.browser;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.icespar.security.identity.Identity;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.AuthorizationCodeFlow.LoggedIn;
import io.icespar.server.oidc.TokenHash;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The people who are logged in with a browser, each by a long random text that only that browser knows. They end when
 * they are not used for a while, when they are old, when their owner logs out, when the provider does not renew them, and
 * when the server stops.
 */
final class BrowserSessions {
    private static final int ID_BYTES = 32;
    private static final int MAX_SESSIONS = 10_000;

    private final AuthorizationCodeFlow flow;
    private final Consumer<Identity> renewed;
    private final Clock clock;
    private final SecureRandom random;

    /** By a hash: what is in memory opens no session. */
    private final Cache<TokenHash, BrowserSession> sessions;

    /**
     * Creates it, without anyone.
     *
     * @param renewed is told what the provider says of someone whose login was renewed
     */
    BrowserSessions(
            AuthorizationCodeFlow flow,
            Consumer<Identity> renewed,
            OidcSettings.Sessions limits,
            Clock clock,
            SecureRandom random) {
        this.flow = flow;
        this.renewed = renewed;
        this.clock = clock;
        this.random = random;
        this.sessions = Caffeine.newBuilder()
                .maximumSize(MAX_SESSIONS)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<TokenHash, BrowserSession>accessing(
                        (id, session) -> earlier(limits.idle(), session.untilEnd(limits.max()))))
                .build();
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Begins a session, and gives the text by which it is found. */
    String begin(LoggedIn login) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.put(TokenHash.of(id), new BrowserSession(login, flow, clock));
        return id;
    }

    /**
     * Who is logged in by a text; a session that the provider does not renew ends.
     *
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the session must be renewed, and the provider
     *     does not answer
     */
    Optional<Identity> find(String id) {
        TokenHash key = TokenHash.of(id);
        BrowserSession session = sessions.getIfPresent(key);
        if (session == null) {
            return Optional.empty();
        }
        Optional<Identity> identity = session.identity(renewed);
        if (identity.isEmpty()) {
            sessions.invalidate(key);
        }
        return identity;
    }

    /** Whether there is a session by that text. */
    boolean isOpen(String id) {
        return sessions.asMap().containsKey(TokenHash.of(id));
    }

    /** Ends a session, and gives who was logged in. */
    Optional<LoggedIn> end(String id) {
        return Optional.ofNullable(sessions.asMap().remove(TokenHash.of(id))).map(BrowserSession::login);
    }
}
