package io.icespar.engine.model;

import io.icespar.engine.model.Model.Kind;
import io.icespar.engine.model.Step.Administer;
import io.icespar.engine.model.Step.Ask;
import io.icespar.engine.model.Step.SetLeast;
import io.icespar.engine.model.Step.Way;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random steps. Names are few, so that steps meet; the simplest of each comes first, for shrinking goes there. */
final class Steps {
    private static final Arbitrary<String> USERS = Arbitraries.of("ann", "ben", "cid");
    private static final Arbitrary<String> ROLES = Arbitraries.of("r1", "r2", "r3", "r4");
    private static final Arbitrary<String> GRANTEES = Arbitraries.of(Model.PUBLIC, "r1", "r2", "r3", "r4");
    private static final Arbitrary<String> RESTRICTIONS = Arbitraries.of("x1", "x2", "x3", "x4", "x5", "x6");
    private static final Arbitrary<String> MASKS = Arbitraries.of("m1", "m2");
    private static final Arbitrary<Boolean> SELDOM = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
    private static final Arbitrary<Boolean> EITHER = Arbitraries.of(false, true);

    private Steps() {}

    static Arbitrary<Step> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, ask()),
                Tuple.of(4, restriction()),
                Tuple.of(2, RESTRICTIONS.map(Steps::dropRestriction)),
                Tuple.of(3, Combinators.combine(RESTRICTIONS, GRANTEES, EITHER).as(Steps::grantRestriction)),
                Tuple.of(5, Combinators.combine(ROLES, USERS, EITHER).as(Steps::grantToUser)),
                Tuple.of(2, Combinators.combine(ROLES, ROLES, EITHER).as(Steps::grantToRole)),
                Tuple.of(1, Combinators.combine(reserved(), USERS, EITHER).as(Steps::grantToUser)),
                Tuple.of(1, ROLES.map(Steps::createRole)),
                Tuple.of(1, ROLES.map(Steps::dropRole)),
                Tuple.of(1, Combinators.combine(tables(), SELDOM).as(Steps::rowSecurity)),
                Tuple.of(2, home()),
                Tuple.of(1, least()),
                Tuple.of(2, mask()),
                Tuple.of(1, MASKS.map(Steps::dropMask)),
                Tuple.of(2, Combinators.combine(readable(), GRANTEES, EITHER).as(Steps::select)));
    }

    private static Arbitrary<String> reserved() {
        return Arbitraries.of(Model.USER, Model.USER, Model.ADMIN);
    }

    private static Arbitrary<String> tables() {
        return Arbitraries.of("shops", "sales", "refunds");
    }

    private static Arbitrary<String> readable() {
        return Arbitraries.of("shops.city", "shops.city", "shops", "refunds");
    }

    private static Arbitrary<Step> ask() {
        return Combinators.combine(USERS, Arbitraries.of(Question.values()), Arbitraries.of(Way.values()))
                .as(Ask::new);
    }

    private static Arbitrary<Step> restriction() {
        return Combinators.combine(
                        RESTRICTIONS,
                        Arbitraries.of(Condition.values()),
                        Arbitraries.of(Kind.BY_COLUMNS, Kind.BY_COLUMNS, Kind.RESTRICTIVE, Kind.PERMISSIVE),
                        GRANTEES.set().ofMaxSize(2),
                        EITHER)
                .as(Steps::createRestriction);
    }

    private static Step createRestriction(
            String name, Condition condition, Kind kind, Set<String> to, boolean orReplace) {
        String sql = "CREATE " + (orReplace ? "OR REPLACE " : "") + "RESTRICTION " + name + " ON " + condition.table()
                + kind.sql() + " USING (" + condition.sql() + ")" + list(" TO ", to);
        return new Administer(sql, model -> model.createRestriction(name, orReplace, condition, kind, to));
    }

    private static String list(String before, Set<String> names) {
        return names.isEmpty() ? "" : names.stream().sorted().collect(Collectors.joining(", ", before, ""));
    }

    private static Step dropRestriction(String name) {
        return new Administer("DROP RESTRICTION " + name, model -> model.dropRestriction(name));
    }

    private static Step grantRestriction(String name, String to, boolean isRevoked) {
        return isRevoked
                ? new Administer(
                        "REVOKE RESTRICTION " + name + " FROM " + to, model -> model.revokeRestriction(name, to))
                : new Administer("GRANT RESTRICTION " + name + " TO " + to, model -> model.grantRestriction(name, to));
    }

    private static Step grantToUser(String role, String user, boolean isRevoked) {
        return grant(role, "USER ", user, isRevoked);
    }

    private static Step grantToRole(String role, String holder, boolean isRevoked) {
        return grant(role, "ROLE ", holder, isRevoked);
    }

    private static Step grant(String role, String kind, String holder, boolean isRevoked) {
        return isRevoked
                ? new Administer("REVOKE " + role + " FROM " + kind + holder, model -> model.revokeRole(role, holder))
                : new Administer("GRANT " + role + " TO " + kind + holder, model -> model.grantRole(role, holder));
    }

    private static Step createRole(String role) {
        return new Administer("CREATE ROLE " + role, model -> model.createRole(role));
    }

    private static Step dropRole(String role) {
        return new Administer("DROP ROLE " + role, model -> model.dropRole(role));
    }

    private static Step rowSecurity(String table, boolean isRequired) {
        return new Administer(
                "ALTER TABLE " + table + " SET ROW SECURITY " + (isRequired ? "REQUIRED" : "OPTIONAL"),
                model -> model.setRowSecurity(table, isRequired));
    }

    private static Arbitrary<Step> home() {
        Arbitrary<String> holders = Arbitraries.of("USER ann", "USER ben", "ROLE r1", "ROLE r2", "ROLE ROLE_USER");
        Arbitrary<String> values =
                Arbitraries.of("SET home = 'Lyon'", "SET home = 'Paris'", "SET home = NULL", "RESET home");
        return Combinators.combine(holders, values).as((holder, value) -> {
            String name = holder.substring(holder.indexOf(' ') + 1);
            String sql = "ALTER " + holder + " " + value;
            if (value.startsWith("RESET")) {
                return new Administer(sql, model -> model.resetHome(name));
            }
            List<String> parts = List.of(value.split("'", -1));
            Optional<String> home = parts.size() == 1 ? Optional.empty() : Optional.of(parts.get(1));
            return new Administer(sql, model -> model.setHome(name, home));
        });
    }

    private static Arbitrary<Step> least() {
        Arbitrary<OptionalInt> values =
                Arbitraries.of(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(4), OptionalInt.of(9));
        return Combinators.combine(USERS, EITHER, values).as(SetLeast::new);
    }

    private static Arbitrary<Step> mask() {
        return Combinators.combine(
                        MASKS,
                        Arbitraries.of("***", "Paris"),
                        GRANTEES.set().ofMaxSize(2),
                        ROLES.set().ofMaxSize(1),
                        EITHER)
                .as((name, shown, to, except, orReplace) -> new Administer(
                        "CREATE " + (orReplace ? "OR REPLACE " : "") + "MASK " + name + " ON shops (city) USING ('"
                                + shown + "')" + list(" TO ", to) + list(" EXCEPT ", except),
                        model -> model.createMask(name, orReplace, shown, to, except)));
    }

    private static Step dropMask(String name) {
        return new Administer("DROP MASK " + name, model -> model.dropMask(name));
    }

    private static Step select(String what, String grantee, boolean isRevoked) {
        String on = what.equals("shops.city") ? "SELECT (city) ON TABLE shops" : "SELECT ON TABLE " + what;
        return new Administer(
                isRevoked ? "REVOKE " + on + " FROM " + grantee : "GRANT " + on + " TO " + grantee,
                model -> model.say(!isRevoked, what, grantee));
    }
}
