package io.icespar.security.export;

import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.store.Role;
import io.icespar.security.store.SecurityState;
import java.util.stream.Stream;

/** Roles and the roles granted to them. */
final class RoleCommands {
    private RoleCommands() {}

    static Stream<String> created(SecurityState state) {
        return state.roles().stream()
                .map(Role::name)
                .filter(name -> !ReservedRoles.isReservedRole(name))
                .map(name -> "CREATE ROLE " + Words.name(name));
    }

    static Stream<String> granted(SecurityState state) {
        return state.roles().stream()
                .filter(role -> !role.roles().isEmpty())
                .map(role -> "GRANT " + Words.names(role.roles()) + " TO ROLE " + Words.name(role.name()));
    }
}
