package io.icespar.engine;

import static io.icespar.engine.Listings.text;

import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.store.Role;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code INFORMATION_SCHEMA} says of who holds what, one row a grant.
 *
 * @param state where it is read from
 */
record RoleFacts(SecurityState state) {
    static final List<ResultColumn> ENABLED_ROLES = List.of(text("ROLE_NAME"));

    static final List<ResultColumn> APPLICABLE_ROLES =
            List.of(text("GRANTEE"), text("ROLE_NAME"), text("IS_GRANTABLE"));

    static final List<ResultColumn> ROLE_GRANTS = List.of(text("GRANTEE"), text("GRANTEE_TYPE"), text("ROLE_NAME"));

    static final List<ResultColumn> RESTRICTION_GRANTS = List.of(text("RESTRICTION_NAME"), text("GRANTEE"));

    /** All roles that the caller holds. */
    static List<@Nullable Object[]> enabledRoles(Caller caller) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        caller.roles().forEach(role -> rows.add(new Object[] {role.spelling()}));
        return rows;
    }

    /** By which grants the caller holds them. */
    List<@Nullable Object[]> applicableRoles(Caller caller) {
        String grantable = caller.isAdministrator() ? "YES" : "NO";
        List<@Nullable Object[]> rows = new ArrayList<>();
        state.findHeldRoles(caller.identity())
                .ifPresent(held -> applicable(rows, caller.name(), held.all(), grantable));
        for (Name name : caller.roles()) {
            state.findRole(name).ifPresent(role -> applicable(rows, role.name(), role.roles(), grantable));
        }
        return rows;
    }

    private static void applicable(List<@Nullable Object[]> rows, Name grantee, Set<Name> roles, String grantable) {
        roles.forEach(role -> rows.add(new Object[] {grantee.spelling(), role.spelling(), grantable}));
    }

    /** All grants of roles. */
    List<@Nullable Object[]> roleGrants() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (User user : state.users()) {
            user.roles().forEach(role -> rows.add(new Object[] {user.name().spelling(), "USER", role.spelling()}));
        }
        for (Role holder : state.roles()) {
            holder.roles().forEach(role -> rows.add(new Object[] {holder.name().spelling(), "ROLE", role.spelling()}));
        }
        return rows;
    }

    /** All grants of restrictions. */
    List<@Nullable Object[]> restrictionGrants() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Restriction restriction : state.restrictions()) {
            state.grantees(restriction.name())
                    .forEach(
                            grantee -> rows.add(new Object[] {restriction.name().spelling(), grantee.spelling()}));
        }
        return rows;
    }
}
