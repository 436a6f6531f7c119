package io.icespar.engine;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import io.icespar.security.store.Role;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What administrators are shown of users and roles. */
final class RoleListings {
    static final List<ResultColumn> ROLES =
            List.of(Listings.text("ROLE_NAME"), Listings.text("ROLES"), Listings.text("GRANTED_TO"));

    static final List<ResultColumn> USERS = List.of(
            Listings.text("USER_NAME"),
            new ResultColumn("HAS_PASSWORD", "", "", "BOOLEAN", Types.BOOLEAN, 1, 0, false, ColumnForm.BOOLEAN),
            Listings.text("ROLES"),
            Listings.text("ALL_ROLES"));

    private RoleListings() {}

    /** Each role, the roles that its holders hold through it, and whom it was granted to. */
    static List<@Nullable Object[]> roles(SecurityState state) {
        Map<Name, SortedSet<Name>> holders = new HashMap<>();
        state.users().forEach(user -> user.roles().forEach(role -> add(holders, role, user.name())));
        state.roles().forEach(holder -> holder.roles().forEach(role -> add(holders, role, holder.name())));
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Role role : state.roles()) {
            rows.add(new Object[] {
                role.name().spelling(),
                Listings.names(role.roles()),
                Listings.names(holders.getOrDefault(role.name(), Collections.emptySortedSet()))
            });
        }
        return rows;
    }

    private static void add(Map<Name, SortedSet<Name>> holders, Name role, Name holder) {
        holders.computeIfAbsent(role, name -> new TreeSet<>()).add(holder);
    }

    /** Each user, whether a password is set, the roles granted to the user itself, and all that come with them. */
    static List<@Nullable Object[]> users(SecurityState state) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (User user : state.users()) {
            rows.add(new Object[] {
                user.name().spelling(),
                user.password().isPresent(),
                Listings.names(user.roles()),
                Listings.names(state.findCaller(user.name()).orElseThrow().roles())
            });
        }
        return rows;
    }
}
