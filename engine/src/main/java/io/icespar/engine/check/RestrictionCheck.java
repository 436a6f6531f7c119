package io.icespar.engine.check;

import io.icespar.engine.catalog.Table;
import io.icespar.engine.check.Finding.Kind;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks all restrictions of a state, alone and as users hold them. For one use. */
public final class RestrictionCheck {
    private final SecurityState state;
    private final SqlFrontend frontend;
    private final List<Finding> findings = new ArrayList<>();

    private RestrictionCheck(SecurityState state, SqlFrontend frontend) {
        this.state = state;
        this.frontend = frontend;
    }

    /**
     * What there is to say of the state's restrictions.
     *
     * @param frontend knows all tables
     */
    public static List<Finding> findings(SecurityState state, SqlFrontend frontend) {
        RestrictionCheck check = new RestrictionCheck(state, frontend);
        check.checkGrants();
        Set<TableName> tables = new LinkedHashSet<>();
        state.restrictions().forEach(restriction -> tables.add(restriction.table()));
        tables.forEach(check::checkTable);
        check.findings.sort(
                Comparator.comparing((Finding finding) -> finding.kind().severity())
                        .thenComparing(Finding::kind));
        return List.copyOf(check.findings);
    }

    private void checkGrants() {
        Set<Name> held = new HashSet<>();
        state.users().forEach(user -> held.addAll(state.closure(user.roles())));
        // Who may come from a provider is not known here.
        held.addAll(state.closure(state.roleMappings().roles()));
        for (Restriction restriction : state.restrictions()) {
            Set<Name> grantees = state.grantees(restriction.name());
            if (grantees.isEmpty()) {
                add(
                        Kind.NEVER_GRANTED,
                        restriction,
                        ReservedRoles.PUBLIC,
                        "it is granted to nobody, and restricts nobody");
            }
            for (Name grantee : grantees) {
                if (!grantee.equals(ReservedRoles.PUBLIC) && !held.contains(grantee)) {
                    add(Kind.NOBODY_HOLDS, restriction, grantee, "no user holds the role, by itself or through others");
                }
            }
        }
    }

    private void checkTable(TableName name) {
        List<Restriction> restrictions = state.restrictions(name);
        Optional<Table> table = frontend.catalog().find(name);
        if (table.isEmpty()) {
            restrictions.forEach(restriction ->
                    add(Kind.DOES_NOT_FIT, restriction, ReservedRoles.PUBLIC, "there is no such table any more"));
            return;
        }
        TableConditions conditions = new TableConditions(table.get(), frontend, state.context());
        Set<Name> fitting = new HashSet<>();
        for (Restriction restriction : restrictions) {
            try {
                if (conditions.isAlways(restriction)) {
                    add(
                            Kind.ALWAYS_TRUE,
                            restriction,
                            ReservedRoles.PUBLIC,
                            "it is true for every row, and hides none");
                } else if (conditions.isNever(restriction)) {
                    add(
                            Kind.ALWAYS_FALSE,
                            restriction,
                            ReservedRoles.PUBLIC,
                            "it is true for no row, and hides them all");
                }
                fitting.add(restriction.name());
            } catch (IcesparException e) {
                add(
                        Kind.DOES_NOT_FIT,
                        restriction,
                        ReservedRoles.PUBLIC,
                        "queries of all who hold it fail: " + e.getMessage());
            }
        }
        checkHolders(conditions, name, fitting);
    }

    /** What is held together, once for all users who hold the same. */
    private void checkHolders(TableConditions conditions, TableName table, Set<Name> fitting) {
        Set<Name> granted = new TreeSet<>();
        state.restrictions(table).stream()
                .filter(restriction -> fitting.contains(restriction.name()))
                .forEach(restriction -> granted.addAll(state.grantees(restriction.name())));
        Map<Set<Name>, List<Name>> usersByRoles = new LinkedHashMap<>();
        for (User user : state.users()) {
            Set<Name> roles =
                    new TreeSet<>(state.findCaller(user.name()).orElseThrow().roles());
            if (!roles.contains(ReservedRoles.ADMIN)) {
                roles.retainAll(granted);
                usersByRoles.computeIfAbsent(roles, key -> new ArrayList<>()).add(user.name());
            }
        }
        Set<Set<Name>> seenPairs = new HashSet<>();
        Set<Set<Name>> seenRoles = new HashSet<>();
        usersByRoles.forEach((roles, users) -> {
            checkTogether(conditions, table, fitting, roles, users, seenPairs);
            checkSum(conditions, table, fitting, roles, users, seenRoles);
        });
    }

    private void checkTogether(
            TableConditions conditions,
            TableName table,
            Set<Name> fitting,
            Set<Name> roles,
            List<Name> users,
            Set<Set<Name>> seen) {
        // Of one that no row meets by itself it is said already.
        List<List<Restriction>> subjects = held(table, fitting, roles).stream()
                .filter(alternatives -> !conditions.isNever(List.of(alternatives)))
                .toList();
        for (int i = 0; i < subjects.size(); i++) {
            for (int j = i + 1; j < subjects.size(); j++) {
                List<Restriction> both = new ArrayList<>(subjects.get(i));
                both.addAll(subjects.get(j));
                Set<Name> names = both.stream().map(Restriction::name).collect(Collectors.toSet());
                if (seen.add(names) && conditions.isNever(List.of(subjects.get(i), subjects.get(j)))) {
                    findings.add(new Finding(
                            Kind.NEVER_TOGETHER,
                            table,
                            both.stream().map(Restriction::name).toList(),
                            users.get(0),
                            "user " + others(users) + " sees no row: no row lets them pass together"));
                }
            }
        }
    }

    /** Whether two roles together show what each of them shows. */
    private void checkSum(
            TableConditions conditions,
            TableName table,
            Set<Name> fitting,
            Set<Name> roles,
            List<Name> users,
            Set<Set<Name>> seen) {
        List<Name> held = List.copyOf(roles);
        for (int i = 0; i < held.size(); i++) {
            for (int j = i + 1; j < held.size(); j++) {
                Set<Name> pair = Set.of(held.get(i), held.get(j));
                List<List<Restriction>> together = held(table, fitting, pair);
                if (seen.add(pair)
                        && !conditions.isSum(
                                together,
                                held(table, fitting, Set.of(held.get(i))),
                                held(table, fitting, Set.of(held.get(j))))) {
                    findings.add(new Finding(
                            Kind.NOT_THE_SUM,
                            table,
                            together.stream()
                                    .flatMap(List::stream)
                                    .map(Restriction::name)
                                    .toList(),
                            users.get(0),
                            "user " + others(users) + " holds roles `" + held.get(i) + "` and `" + held.get(j)
                                    + "`, and may see less than both show together, for their subjects differ"));
                }
            }
        }
    }

    /** What holders of the roles hold, but for subjects of which a condition is not known. */
    private List<List<Restriction>> held(TableName table, Set<Name> fitting, Set<Name> roles) {
        return state.effective(new Caller(Name.of(""), roles), table).alternatives().stream()
                .filter(alternatives -> !alternatives.isEmpty()
                        && alternatives.stream().map(Restriction::name).allMatch(fitting::contains))
                .toList();
    }

    private static String others(Collection<Name> users) {
        String first = "`" + users.iterator().next() + "`";
        return users.size() == 1 ? first : first + " (as do " + (users.size() - 1) + " others)";
    }

    private void add(Kind kind, Restriction restriction, Name holder, String text) {
        findings.add(new Finding(kind, restriction.table(), List.of(restriction.name()), holder, text));
    }
}
