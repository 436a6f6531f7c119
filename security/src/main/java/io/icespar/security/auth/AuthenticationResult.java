package io.icespar.security.auth;

import io.icespar.security.identity.Name;
import java.time.Duration;

/** What came of checking credentials. A refusal is a value, not an exception: callers must expect it. */
public sealed interface AuthenticationResult {

    /**
     * The credentials are the user's.
     *
     * @param user the user, spelled as it was created
     * @param remembered whether the same credentials came from the same place a short while ago
     */
    record Authenticated(Name user, boolean remembered) implements AuthenticationResult {}

    /**
     * The credentials are not accepted.
     *
     * @param reason for the operator's log only; a client learns nothing of it
     */
    record Refused(String reason) implements AuthenticationResult {}

    /**
     * Too many logins failed for the user or from the address; whether this one would have, nobody has looked.
     *
     * @param retryAfter how long to wait before the next
     * @param isNews whether it is the first such refusal in a while
     */
    record Throttled(Duration retryAfter, boolean isNews) implements AuthenticationResult {}
}
