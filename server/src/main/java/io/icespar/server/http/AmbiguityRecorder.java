package io.icespar.server.http;

import io.icespar.security.Security;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Secret;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Counts and records requests that carry several credentials, as logins that failed.
 *
 * @param logins the ways of logging in
 * @param security where they are recorded
 */
public record AmbiguityRecorder(Authenticator logins, Security security) implements Authenticator {
    /** Stands for a user who is not known. */
    private static final String UNKNOWN = "(several)";

    @Override
    public Login authenticate(Request request) {
        Login login = logins.authenticate(request);
        if (login instanceof Login.Ambiguous ambiguous) {
            Origin origin = RequestOrigin.of(request);
            Secret any = new Secret(ambiguous.found());
            Optional<Throttled> throttled = security.findThrottled(UNKNOWN, any, origin);
            if (throttled.isPresent()) {
                return new Login.Throttled(throttled.get().retryAfter());
            }
            security.recordFailedLogin(UNKNOWN, any, origin, "the request carries " + ambiguous.found());
        }
        return login;
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        return logins.challenges(request, refused);
    }
}
