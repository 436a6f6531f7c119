package io.icespar.engine;

import static io.icespar.engine.Listings.text;

import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which roles come with those of identity providers, and which by default; one row a role. */
final class RoleMappingListings {
    static final List<ResultColumn> ROLE_MAPPINGS = List.of(text("PROVIDER_ROLE"), text("ROLE_NAME"));

    static final List<ResultColumn> DEFAULT_ROLES = List.of(text("ROLE_NAME"));

    private RoleMappingListings() {}

    static List<@Nullable Object[]> mappings(Map<String, Set<Name>> mapped) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        mapped.forEach((from, roles) -> roles.forEach(role -> rows.add(new Object[] {from, role.spelling()})));
        return rows;
    }

    static List<@Nullable Object[]> roles(Set<Name> roles) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        roles.stream().sorted().forEach(role -> rows.add(new Object[] {role.spelling()}));
        return rows;
    }
}
