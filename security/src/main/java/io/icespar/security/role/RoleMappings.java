package io.icespar.security.role;

import io.icespar.security.identity.Name;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which roles come with the roles that identity providers know, and which with none at all.
 *
 * <p>What a provider calls a role is a text from outside: it is compared as it is, unlike a name.
 *
 * @param mapped the roles, at least one, that come with each role of a provider
 * @param byDefault the roles of those who hold none otherwise
 */
public record RoleMappings(SortedMap<String, Set<Name>> mapped, Set<Name> byDefault) {
    private static final RoleMappings NONE = new RoleMappings(Collections.emptySortedMap(), Set.of());

    /** Checks and copies. */
    public RoleMappings {
        SortedMap<String, Set<Name>> copy = new TreeMap<>();
        mapped.forEach((from, roles) -> {
            if (!roles.isEmpty()) {
                copy.put(from, sorted(roles));
            }
        });
        mapped = Collections.unmodifiableSortedMap(copy);
        byDefault = sorted(byDefault);
    }

    private static Set<Name> sorted(Collection<Name> roles) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    /** Nothing is mapped, and nothing comes by default. */
    public static RoleMappings none() {
        return NONE;
    }

    /** The roles that come with a role of a provider; none if it is not mapped. */
    public Set<Name> of(String from) {
        return mapped.getOrDefault(from, Set.of());
    }

    /** All roles that are mapped to, or come by default. */
    public Set<Name> roles() {
        Set<Name> roles = new TreeSet<>(byDefault);
        mapped.values().forEach(roles::addAll);
        return roles;
    }

    /**
     * What somebody holds.
     *
     * @param own the roles granted to the user itself
     * @param providerRoles the roles that a provider says the user has
     */
    public HeldRoles held(Set<Name> own, Set<String> providerRoles) {
        SortedMap<String, Set<Name>> found = new TreeMap<>();
        for (String from : providerRoles) {
            Set<Name> roles = mapped.get(from);
            if (roles != null) {
                found.put(from, roles);
            }
        }
        return new HeldRoles(own, found, own.isEmpty() && found.isEmpty() ? byDefault : Set.of());
    }

    /** The same, with these roles coming with a role of a provider, none of them for no more mapping. */
    public RoleMappings with(String from, Set<Name> roles) {
        SortedMap<String, Set<Name>> changed = new TreeMap<>(mapped);
        changed.put(from, roles);
        return new RoleMappings(changed, byDefault);
    }

    /** The same, with other roles by default. */
    public RoleMappings withDefault(Set<Name> roles) {
        return new RoleMappings(mapped, roles);
    }

    /** The same without a role. */
    public RoleMappings without(Name role) {
        SortedMap<String, Set<Name>> changed = new TreeMap<>();
        mapped.forEach((from, roles) -> changed.put(from, without(roles, role)));
        return new RoleMappings(changed, without(byDefault, role));
    }

    private static Set<Name> without(Set<Name> roles, Name role) {
        Set<Name> left = new TreeSet<>(roles);
        left.remove(role);
        return left;
    }
}
