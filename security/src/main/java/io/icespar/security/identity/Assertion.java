package io.icespar.security.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an identity provider says of a user who logged in there. It was checked: it is the provider's word, and for us.
 *
 * @param issuer which provider
 * @param roles the roles that the provider knows the user by, as they are spelled there; those that are mapped to none of
 *     ours mean nothing
 * @param claims whatever else is said, by name; a claim of several parts is a map itself
 * @param expires from when on it counts no more
 */
public record Assertion(String issuer, Set<String> roles, Map<String, Object> claims, Instant expires) {

    /** Copies. */
    public Assertion {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        claims = Claims.copyOf(claims);
    }

    /** Not the claims, which may say more of a person than a log should. */
    @Override
    public String toString() {
        return "by " + issuer + " until " + expires;
    }
}
