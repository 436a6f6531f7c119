package io.icespar.server.oidc;

import io.icespar.security.identity.Identity;

/** What comes of looking at a token. */
public sealed interface TokenVerdict {
    /** Where a refused token does not tell, in a way to be relied on, whose it is. */
    String UNKNOWN = "(token)";

    /** It is the provider's word on someone. */
    record Valid(Identity identity) implements TokenVerdict {}

    /**
     * It was, and counts no more.
     *
     * @param user whose it is
     */
    record Expired(String user) implements TokenVerdict {}

    /**
     * It is not, or not for us.
     *
     * @param user whose it is, or {@link #UNKNOWN}
     * @param reason for the audit
     */
    record Refused(String user, String reason) implements TokenVerdict {
        /** A token of which nothing is known for certain. */
        Refused(String reason) {
            this(UNKNOWN, reason);
        }
    }
}
