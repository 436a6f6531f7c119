package io.icespar.security.store;

import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.mask.Mask;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.role.RoleMappings;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What a role brings to its holders that restricts them, itself or by the roles that it holds. They would see more
 * without it, and a command that drops something does not look as if it did that.
 *
 * @param state all that holds, what providers say too
 * @param role a role that is there
 */
record RoleRemoval(SecurityState state, Name role) {

    /**
     * Checks that nobody sees more without the role.
     *
     * @throws IcesparException {@code DEPENDENT_OBJECTS}
     */
    void check() {
        checkLeavesNobodyToDefaults();
        for (Name brought : state.closure(Set.of(role))) {
            boolean isRole = brought.equals(role);
            for (GrantedRestriction granted : state.restrictionMap().values()) {
                Name restriction = granted.restriction().name();
                // What a provider needs itself, it says itself.
                boolean isProviders = isRole && state.provider(restriction).isPresent();
                if (granted.grantees().contains(brought) && !isProviders) {
                    throw refusal(
                            "restriction `" + restriction + "` is granted to role `" + brought + "`",
                            brought,
                            "revoke or drop the restriction first");
                }
            }
            for (MembersGrant grant : state.cubes().said().members()) {
                if (grant.role().equals(brought)) {
                    throw refusal(
                            "members of hierarchy `" + grant.hierarchy().hierarchy() + "` of cube `"
                                    + grant.hierarchy().cube() + "` are granted to role `" + brought + "`",
                            brought,
                            "revoke them first");
                }
            }
            checkHidesNothing(brought);
            for (Mask mask : state.masks().all()) {
                if (mask.to().contains(brought)) {
                    throw refusal(
                            "mask `" + mask.name() + "` is shown to role `" + brought + "`",
                            brought,
                            "drop or replace the mask first");
                }
            }
            state.context()
                    .roles()
                    .getOrDefault(brought, Collections.emptySortedMap())
                    .keySet()
                    .forEach(value -> reader(value).ifPresent(reader -> {
                        throw refusal(
                                "role `" + brought + "` sets context value `" + value + "`, which " + reader + " reads",
                                brought,
                                "reset it first");
                    }));
        }
    }

    private void checkHidesNothing(Name brought) {
        checkHidesNothing(brought, state.cubes().said());
        // What a provider needs itself, it says itself.
        if (!brought.equals(role)) {
            checkHidesNothing(brought, state.cubes().provided());
        }
    }

    private void checkHidesNothing(Name brought, CubeRules rules) {
        rules.visibility().forEach((part, roles) -> {
            if (Boolean.FALSE.equals(roles.get(brought))) {
                throw refusal(part + " is hidden from role `" + brought + "`", brought, "reset its visibility first");
            }
        });
    }

    // Default roles are for those who hold no others. Whoever came to them so might see more, or be let in.
    private void checkLeavesNobodyToDefaults() {
        RoleMappings mappings = state.roleMappings();
        if (mappings.without(role).byDefault().isEmpty()) {
            return;
        }
        Set<Name> alone = Set.of(role);
        state.users().stream()
                .filter(user -> user.roles().equals(alone))
                .findFirst()
                .ifPresent(user -> {
                    throw leftToDefaults("user `" + user.name() + "` has", "grant another one or revoke it first");
                });
        mappings.mapped().forEach((from, roles) -> {
            if (roles.equals(alone)) {
                throw leftToDefaults("`" + from + "` is mapped to", "map it to another one or drop the mapping first");
            }
        });
    }

    private IcesparException leftToDefaults(String who, String mend) {
        return new IcesparException(
                ErrorCode.DEPENDENT_OBJECTS,
                "role `" + role + "` is the only one that " + who + ", and default roles would come in its place: "
                        + mend);
    }

    private Optional<String> reader(Name value) {
        Optional<String> restriction = state.restrictions().stream()
                .filter(each -> each.contextValues().contains(value))
                .map(Restriction::name)
                .map(name -> "restriction `" + name + "`")
                .findFirst();
        return restriction.or(() -> state.masks().all().stream()
                .filter(mask -> mask.contextValues().contains(value))
                .map(mask -> "mask `" + mask.name() + "`")
                .findFirst());
    }

    private IcesparException refusal(String fact, Name brought, String mend) {
        return new IcesparException(
                ErrorCode.DEPENDENT_OBJECTS,
                brought.equals(role)
                        ? fact + ": " + mend
                        : fact + ", which comes with role `" + role + "`: revoke it from that first");
    }
}
