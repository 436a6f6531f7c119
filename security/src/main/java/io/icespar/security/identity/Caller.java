package io.icespar.security.identity;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who asks: a user and all roles the user holds at one moment, directly or through other roles.
 *
 * @param identity the user, as the login showed it
 * @param roles the roles held, in the order of their names
 * @param claims what whoever authenticated the user says of the user, by name; a claim of several parts is a map itself
 */
public record Caller(Identity identity, Set<Name> roles, Map<String, Object> claims) {

    /** Checks and copies. */
    public Caller {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        claims = Map.copyOf(claims);
    }

    /** A caller who is known here. */
    public Caller(Name name, Set<Name> roles, Map<String, Object> claims) {
        this(Identity.local(name), roles, claims);
    }

    /** A caller who is known here, and of whom nothing more is claimed. */
    public Caller(Name name, Set<Name> roles) {
        this(name, roles, Map.of());
    }

    /** The user. */
    public Name name() {
        return identity.name();
    }

    /** Whether the caller may enter at all: holds {@link ReservedRoles#USER}, or administers. */
    public boolean mayEnter() {
        return roles.contains(ReservedRoles.USER) || isAdministrator();
    }

    /** Whether restrictions do not hold for the caller, and security commands are allowed. */
    public boolean isAdministrator() {
        return roles.contains(ReservedRoles.ADMIN);
    }
}
