package io.icespar.security.store;

import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A role of the security state.
 *
 * @param name the role's name
 * @param roles the roles granted to this one, which its holders hold too, in the order of their names
 */
public record Role(Name name, Set<Name> roles) {

    /** Checks and copies. */
    public Role {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    Role withRoles(Set<Name> newRoles) {
        return new Role(name, newRoles);
    }
}
