package io.icespar.security.store;

import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.role.HeldRoles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which roles somebody holds: those granted to the user itself, and those that the roles are mapped to which a provider
 * says the user has; where there are neither, the default roles.
 *
 * <p>A user with a password belongs to whoever knows the password: a provider that names someone so means someone else.
 * A user without one is there for a provider's user of exactly that name, upper and lower case included.
 *
 * @param state what holds
 */
record SessionRoles(SecurityState state) {

    /** The caller; empty if there is a {@link #findRefusal}. */
    Optional<Caller> find(Identity identity) {
        return findHeld(identity).map(held -> {
            Name name = state.findUser(identity.name()).map(User::name).orElse(identity.name());
            Map<String, Object> claims =
                    identity.assertion().map(Assertion::claims).orElse(Map.of());
            return new Caller(identity.named(name), state.closure(held.all()), claims);
        });
    }

    /** Where the roles come from; empty if there is a {@link #findRefusal}. */
    Optional<HeldRoles> findHeld(Identity identity) {
        if (findRefusal(identity).isPresent()) {
            return Optional.empty();
        }
        Set<Name> own = state.findUser(identity.name()).map(User::roles).orElse(Set.of());
        Set<String> providerRoles = identity.assertion().map(Assertion::roles).orElse(Set.of());
        return Optional.of(state.roleMappings().held(own, providerRoles));
    }

    /** Why the identity is nobody's here, in words for the audit. */
    Optional<String> findRefusal(Identity identity) {
        Optional<User> user = state.findUser(identity.name());
        if (identity.assertion().isEmpty()) {
            return user.isPresent() ? Optional.empty() : Optional.of("there is no such user");
        }
        if (user.isEmpty()) {
            return Optional.empty();
        }
        if (user.get().password().isPresent()) {
            return Optional.of("the user of that name logs in by password, not through a provider");
        }
        return user.get().name().spelling().equals(identity.name().spelling())
                ? Optional.empty()
                : Optional.of("there is a user whose name differs in case only");
    }
}
