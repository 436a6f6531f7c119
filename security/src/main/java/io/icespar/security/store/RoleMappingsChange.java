package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRoleMapping;
import io.icespar.security.command.SecurityCommand.DropRoleMapping;
import io.icespar.security.command.SecurityCommand.SetDefaultRoles;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.role.RoleMappings;
import java.util.Optional;
import java.util.Set;

/**
 * What the commands on role mappings and default roles do to a state, and when they are refused.
 *
 * @param change the change that the command is
 */
record RoleMappingsChange(StateChange change) {
    private static final int MAX_PROVIDER_ROLE_LENGTH = 1_000;

    /** The state after the command, its epoch not yet counted on; empty for a command of another kind. */
    Optional<SecurityState> find(SecurityCommand command) {
        if (command instanceof CreateRoleMapping create) {
            return Optional.of(with(create(create)));
        } else if (command instanceof DropRoleMapping drop) {
            return Optional.of(with(drop(drop)));
        } else if (command instanceof SetDefaultRoles set) {
            return Optional.of(with(mappings().withDefault(change.roles(set.roles()))));
        }
        return Optional.empty();
    }

    private RoleMappings mappings() {
        return change.before().roleMappings();
    }

    private SecurityState with(RoleMappings mappings) {
        return change.before().withRoleMappings(mappings);
    }

    private RoleMappings create(CreateRoleMapping create) {
        String from = create.from();
        Set<Name> added = change.roles(create.to());
        if (!Name.isUsable(from, MAX_PROVIDER_ROLE_LENGTH)) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME,
                    "what an identity provider calls a role must have 1 to " + MAX_PROVIDER_ROLE_LENGTH
                            + " printable characters, none at its ends a space");
        }
        Set<Name> present = mappings().of(from);
        for (Name role : added) {
            if (present.contains(role) && !create.ifNotExists()) {
                throw new IcesparException(
                        ErrorCode.DUPLICATE_OBJECT, "`" + from + "` is mapped to role `" + role + "` already");
            }
        }
        return mappings().with(from, StateChange.union(present, added));
    }

    private RoleMappings drop(DropRoleMapping drop) {
        String from = drop.from();
        Set<Name> present = mappings().of(from);
        Set<Name> dropped = drop.to().isEmpty() ? present : change.roles(drop.to());
        if (!drop.ifExists()) {
            if (present.isEmpty()) {
                throw new IcesparException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "`" + from + "` is not mapped: providers' roles are told apart by case, too");
            }
            for (Name role : dropped) {
                if (!present.contains(role)) {
                    throw new IcesparException(
                            ErrorCode.UNDEFINED_OBJECT, "`" + from + "` is not mapped to role `" + role + "`");
                }
            }
        }
        return mappings().with(from, StateChange.difference(present, dropped));
    }

    /**
     * Sees that who is dropped is gone. A provider may vouch for a user without a password all the same, who would go on
     * without what the user's own roles restrict.
     *
     * @throws IcesparException {@code DEPENDENT_OBJECTS}
     */
    static void checkGoesWith(SecurityState before, User user) {
        boolean isProviders =
                user.password().isEmpty() && !before.roleMappings().equals(RoleMappings.none());
        if (isProviders && !user.roles().isEmpty()) {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "user `" + user.name()
                            + "` has roles, and if an identity provider vouches for that name would go on"
                            + " without them: revoke them first");
        }
    }

    /**
     * Sees that default roles make nobody an administrator.
     *
     * @throws IcesparException {@code INVALID_STATEMENT}
     */
    static void checkNobodyAdministersByDefault(SecurityState after) {
        if (administersByDefault(after)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "everyone without other roles would hold `ROLE_ADMIN`: neither it nor a role that holds it can be a"
                            + " default role");
        }
    }

    static boolean administersByDefault(SecurityState state) {
        return state.closure(state.roleMappings().byDefault()).contains(ReservedRoles.ADMIN);
    }
}
