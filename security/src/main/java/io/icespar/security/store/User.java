package io.icespar.security.store;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A user of the security state.
 *
 * @param name the user's name
 * @param password the hash of the password; empty if the user cannot log in by password
 * @param roles the roles granted to the user itself, in the order of their names
 */
public record User(Name name, Optional<PasswordHash> password, Set<Name> roles) {

    /** Checks and copies. */
    public User {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    User withPassword(PasswordHash hash) {
        return new User(name, Optional.of(hash), roles);
    }

    User withRoles(Set<Name> newRoles) {
        return new User(name, password, newRoles);
    }
}
