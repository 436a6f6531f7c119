package io.icespar.security.export;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.store.SecurityState;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Roles that come with those of identity providers, and those that come by default. */
final class RoleMappingCommands {
    private RoleMappingCommands() {}

    /** The mappings to roles that let nobody in: without another role, they show nothing. */
    static Stream<String> restricting(SecurityState state) {
        return mapped(state, role -> !entersBy(state, role));
    }

    /** The mappings to roles that let people in, by when these hold all others that they will hold. */
    static Stream<String> admitting(SecurityState state) {
        return mapped(state, role -> entersBy(state, role));
    }

    private static boolean entersBy(SecurityState state, Name role) {
        Set<Name> held = state.closure(Set.of(role));
        return held.contains(ReservedRoles.USER) || held.contains(ReservedRoles.ADMIN);
    }

    private static Stream<String> mapped(SecurityState state, Predicate<Name> which) {
        return state.roleMappings().mapped().entrySet().stream().flatMap(mapping -> {
            Set<Name> roles = new TreeSet<>(mapping.getValue());
            roles.removeIf(which.negate());
            return roles.isEmpty()
                    ? Stream.of()
                    : Stream.of(
                            "CREATE ROLE MAPPING FROM " + Words.text(mapping.getKey()) + " TO " + Words.names(roles));
        });
    }

    static Stream<String> byDefault(SecurityState state) {
        Set<Name> roles = state.roleMappings().byDefault();
        return roles.isEmpty() ? Stream.of() : Stream.of("ALTER SYSTEM SET DEFAULT ROLES (" + Words.names(roles) + ")");
    }
}
