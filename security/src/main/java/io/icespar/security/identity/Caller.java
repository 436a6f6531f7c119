package io.icespar.security.identity;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who asks: a user and all roles the user holds at one moment, directly or through other roles.
 *
 * @param name the user
 * @param roles the roles held, in the order of their names
 * @param claims what whoever authenticated the user says of the user, by name; a claim of several parts is a map itself
 */
public record Caller(Name name, Set<Name> roles, Map<String, Object> claims) {

    /** Checks and copies. */
    public Caller {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        claims = Map.copyOf(claims);
    }

    /** A caller of whom nothing more is claimed. */
    public Caller(Name name, Set<Name> roles) {
        this(name, roles, Map.of());
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
