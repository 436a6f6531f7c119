package io.icespar.security.store;

import io.icespar.security.context.ContextSettings;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A state of the size that Icespar is to bear. */
final class ManyRoles {
    private ManyRoles() {}

    /**
     * 10,000 roles; 1,000 restrictions on 50 tables, each granted to 10 roles; a user {@code u} who holds 200 roles in
     * a chain and {@code ROLE_USER}, and with them the 20 restrictions of table {@code t7}, each on one column.
     */
    static SecurityState state() {
        SortedMap<Name, Role> roles = new TreeMap<>(SecurityState.empty().roleMap());
        for (int i = 0; i < 10_000; i++) {
            Set<Name> held = i < 199 ? Set.of(role(i + 1)) : Set.of();
            roles.put(role(i), new Role(role(i), held));
        }
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            int table = i % 50;
            Name name = Name.of("restriction " + i);
            Set<Name> grantees = IntStream.range(0, 10)
                    .mapToObj(n -> role(table == 7 ? n * 1_000 + 199 : 200 + (number * 10 + n) % 9_800))
                    .collect(Collectors.toSet());
            Restriction restriction = new Restriction(
                    name, TableName.of("s", "t" + table), "c = " + i, Fixture.columns("c" + i % 3), Set.of());
            restrictions.put(name, new GrantedRestriction(restriction, grantees));
        }
        SortedMap<Name, User> users = new TreeMap<>();
        Name name = Name.of("u");
        users.put(name, new User(name, Optional.empty(), Set.of(role(0), Name.of("ROLE_USER"))));
        return SecurityState.of(1, users, roles, restrictions, ContextSettings.none());
    }

    private static Name role(int number) {
        return Name.of("role " + number);
    }
}
