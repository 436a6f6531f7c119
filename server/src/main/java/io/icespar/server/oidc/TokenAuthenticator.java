package io.icespar.server.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.icespar.security.Security;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Secret;
import io.icespar.server.http.Authenticator;
import io.icespar.server.http.Login;
import io.icespar.server.http.RequestOrigin;
import io.icespar.server.http.ServerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Logging in by an access token in each request: HTTP's Bearer scheme, RFC 6750, in the header and nowhere else.
 *
 * <p>What was found out about a token is remembered for a minute, and never longer than the token counts. A login is
 * recorded once a minute for a token and address, like one by password. Tokens that are wrong are counted, and after too
 * many logins that failed no other from that address is looked at; one that has expired is not wrong.
 */
public final class TokenAuthenticator implements Authenticator {
    private static final String SCHEME = "Bearer ";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{1,16384}=*");
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 10_000;

    private final TokenVerifier verifier;
    private final Security security;
    private final ServerAddress address;
    private final Clock clock;
    private final Cache<TokenHash, Identity> verified = Caffeine.newBuilder()
            .expireAfterWrite(MEMORY)
            .maximumSize(MAX_REMEMBERED)
            .build();
    /** Whose tokens have expired, so that who goes on sending one costs little. */
    private final Cache<TokenHash, String> expired = Caffeine.newBuilder()
            .expireAfterWrite(MEMORY)
            .maximumSize(MAX_REMEMBERED)
            .build();

    private final Cache<Recorded, Boolean> recorded = Caffeine.newBuilder()
            .expireAfterWrite(MEMORY)
            .maximumSize(MAX_REMEMBERED)
            .build();

    private record Recorded(TokenHash token, Optional<String> address, boolean accepted) {}

    /**
     * Creates it.
     *
     * @param verifier looks at tokens
     * @param security where logins are recorded
     * @param address where clients learn how to log in
     */
    public TokenAuthenticator(TokenVerifier verifier, Security security, ServerAddress address, Clock clock) {
        this.verifier = verifier;
        this.security = security;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public Login authenticate(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Login.Absent();
        }
        Origin origin = RequestOrigin.of(request);
        String token = header.substring(SCHEME.length()).strip();
        TokenHash key = TokenHash.of(token);
        Identity remembered = verified.getIfPresent(key);
        if (remembered != null) {
            // Not looked at again once it is known: that takes longer than all the rest.
            return hasExpired(remembered)
                    ? expired(remembered.name().spelling(), key, origin)
                    : accepted(remembered, key, origin);
        }
        String known = expired.getIfPresent(key);
        if (known != null) {
            return expired(known, key, origin);
        }
        Secret credentials = new Secret(token);
        Optional<Throttled> throttled = security.findThrottled(TokenVerdict.UNKNOWN, credentials, origin);
        if (throttled.isPresent()) {
            return new Login.Throttled(throttled.get().retryAfter());
        }
        TokenVerdict verdict = TOKEN.matcher(token).matches()
                ? verifier.verify(token)
                : new TokenVerdict.Refused("the token is malformed");
        if (verdict instanceof TokenVerdict.Valid valid) {
            verified.asMap().putIfAbsent(key, valid.identity());
            return accepted(valid.identity(), key, origin);
        }
        if (verdict instanceof TokenVerdict.Expired expired) {
            return expired(expired.user(), key, origin);
        }
        TokenVerdict.Refused refused = (TokenVerdict.Refused) verdict;
        security.recordFailedLogin(refused.user(), credentials, origin, refused.reason());
        return new Login.Refused(refused.reason());
    }

    private Login accepted(Identity identity, TokenHash token, Origin origin) {
        Recorded login = new Recorded(token, origin.text(), true);
        if (recorded.getIfPresent(login) == null) {
            security.recordLogin(identity, origin);
            recorded.put(login, true);
        }
        return new Login.Accepted(identity);
    }

    private Login expired(String user, TokenHash token, Origin origin) {
        expired.put(token, user);
        Recorded login = new Recorded(token, origin.text(), false);
        if (recorded.getIfPresent(login) == null) {
            security.recordRefusedLogin(user, origin, "the token has expired");
            recorded.put(login, true);
        }
        return new Login.Expired();
    }

    private boolean hasExpired(Identity identity) {
        return identity.assertion()
                .map(Assertion::expires)
                .filter(expires -> !clock.instant().isBefore(expires))
                .isPresent();
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        String error = refused instanceof Login.Absent ? "" : ", error=\"invalid_token\"";
        String description =
                refused instanceof Login.Expired ? ", error_description=\"the access token has expired\"" : "";
        return List.of(new Challenge(
                "an access token",
                Optional.of("Bearer realm=\"icespar\", resource_metadata=\"" + address.of(request)
                        + ResourceMetadata.PATH + "\"" + error + description)));
    }
}
