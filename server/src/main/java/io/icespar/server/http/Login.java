package io.icespar.server.http;

import io.icespar.security.identity.Identity;
import java.time.Duration;

/** What one way of logging in makes of a request. A refusal is a value: callers must expect it. */
public sealed interface Login {

    /** The request carries nothing of this kind; another way of logging in may know more. */
    record Absent() implements Login {}

    /**
     * The request comes from the user.
     *
     * @param identity the user, and what a provider says if one vouches
     */
    record Accepted(Identity identity) implements Login {}

    /**
     * The request carries credentials that are not accepted; nothing else is tried.
     *
     * @param reason for the operator's log only; a client learns nothing of it
     */
    record Refused(String reason) implements Login {}

    /**
     * The request carries several credentials, and nobody can say whose it is.
     *
     * @param found what it carries, in words for who sent it
     */
    record Ambiguous(String found) implements Login {}

    /**
     * The request carries credentials that were good, and count no more. Who sent them may know: it is no secret, and
     * something can be done.
     */
    record Expired() implements Login {}

    /**
     * Too many logins failed before; nothing else is tried.
     *
     * @param retryAfter how long to wait before the next
     */
    record Throttled(Duration retryAfter) implements Login {}
}
