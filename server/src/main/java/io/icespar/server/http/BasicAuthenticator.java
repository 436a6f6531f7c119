package io.icespar.server.http;

import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Logging in by user and password in each request: HTTP's Basic scheme, RFC 7617. */
public final class BasicAuthenticator implements Authenticator {
    private static final String SCHEME = "Basic ";

    /** Checks a user's password. */
    @FunctionalInterface
    public interface PasswordCheck {
        /** What came of it; blocks while it is found out. */
        AuthenticationResult check(String user, Secret password, Origin origin);
    }

    private final PasswordCheck passwords;

    /**
     * Creates it.
     *
     * @param passwords checks a user's password
     */
    public BasicAuthenticator(PasswordCheck passwords) {
        this.passwords = passwords;
    }

    @Override
    public Login authenticate(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new Login.Absent();
        }
        String credentials;
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            // A decoder of its own: unlike String's, it refuses what is not UTF-8.
            credentials = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return new Login.Refused("malformed credentials");
        }
        int colon = credentials.indexOf(':');
        if (colon < 0) {
            return new Login.Refused("malformed credentials");
        }
        AuthenticationResult result = passwords.check(
                credentials.substring(0, colon),
                new Secret(credentials.substring(colon + 1)),
                RequestOrigin.of(request));
        if (result instanceof AuthenticationResult.Authenticated authenticated) {
            return new Login.Accepted(Identity.local(authenticated.user()));
        }
        if (result instanceof AuthenticationResult.Throttled throttled) {
            return new Login.Throttled(throttled.retryAfter());
        }
        return new Login.Refused(((AuthenticationResult.Refused) result).reason());
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        return List.of(
                new Challenge("a user and its password", Optional.of("Basic realm=\"icespar\", charset=\"UTF-8\"")));
    }
}
