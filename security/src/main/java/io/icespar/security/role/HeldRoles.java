package io.icespar.security.role;

import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The roles that somebody holds, by where they come from; not yet those that come with other roles.
 *
 * @param own the roles granted to the user itself
 * @param mapped the roles that come with those of a provider, by these
 * @param byDefault the roles that come because there are no others
 */
public record HeldRoles(Set<Name> own, SortedMap<String, Set<Name>> mapped, Set<Name> byDefault) {

    /** Copies. */
    public HeldRoles {
        own = Set.copyOf(own);
        mapped = Collections.unmodifiableSortedMap(new TreeMap<>(mapped));
        byDefault = Set.copyOf(byDefault);
    }

    /** All of them. */
    public Set<Name> all() {
        Set<Name> all = new TreeSet<>(own);
        mapped.values().forEach(all::addAll);
        all.addAll(byDefault);
        return all;
    }

    /** The role of a provider with which a role comes; empty if the user holds the role without a provider. */
    public Optional<String> from(Name role) {
        if (own.contains(role)) {
            return Optional.empty();
        }
        return mapped.keySet().stream()
                .filter(from -> mapped.getOrDefault(from, Set.of()).contains(role))
                .findFirst();
    }
}
