package io.icespar.security.store;

import io.icespar.security.identity.Name;
import io.icespar.security.restriction.Restriction;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A restriction and who holds it.
 *
 * @param restriction the restriction
 * @param grantees the roles, or {@code PUBLIC}, that it is granted to, in the order of their names
 */
record GrantedRestriction(Restriction restriction, Set<Name> grantees) {

    /** Checks and copies. */
    GrantedRestriction {
        grantees = Collections.unmodifiableSortedSet(new TreeSet<>(grantees));
    }

    GrantedRestriction withGrantees(Set<Name> newGrantees) {
        return new GrantedRestriction(restriction, newGrantees);
    }
}
