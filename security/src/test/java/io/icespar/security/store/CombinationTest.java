package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the restrictions that a caller holds combine: AND over subjects of OR over restrictions. */
class CombinationTest {
    private static final Subject COUNTRY = columns("Country");
    private static final Subject SIZE = columns("Size");
    private static final Subject BOTH = columns("Country", "Size");
    private static final Subject WHOLE = new Subject.WholeTable();

    private static Subject own(String name) {
        return new Subject.Own(Name.of(name));
    }

    @Test
    void whoHoldsNoRestrictionSeesAll() {
        Fixture fixture =
                Fixture.empty().role("r").restriction("a", COUNTRY, "r").user("u", "ROLE_USER");
        assertTrue(fixture.state().effective(fixture.caller("u"), Fixture.SHOPS).isNone());
    }

    @Test
    void restrictionsOnOneSubjectAreAlternatives() {
        Fixture fixture = Fixture.empty()
                .role("r1")
                .role("r2")
                .restriction("france", COUNTRY, "r1")
                .restriction("spain", columns("COUNTRY"), "r2")
                .user("u", "r1", "r2");
        assertEquals("(france | spain)", fixture.effective("u"));
    }

    @Test
    void restrictionsOnDifferentSubjectsAllHold() {
        Fixture fixture = Fixture.empty()
                .role("r")
                .restriction("france", COUNTRY, "r")
                .restriction("big", SIZE, "r")
                .user("u", "r");
        assertEquals("(big) & (france)", fixture.effective("u"));
    }

    @Test
    void aRestrictionOnTwoColumnsHasASubjectOfItsOwnKind() {
        Fixture fixture = Fixture.empty()
                .role("r")
                .restriction("france", COUNTRY, "r")
                .restriction("france and big", BOTH, "r")
                .restriction("small and usa", columns("size", "country"), "r")
                .user("u", "r");
        assertEquals("(france) & (france and big | small and usa)", fixture.effective("u"));
    }

    @Test
    void aRestrictionHeldThroughTwoRolesCountsOnce() {
        Fixture fixture = Fixture.empty()
                .role("r1")
                .role("r2")
                .restriction("a", COUNTRY, "r1", "r2", "PUBLIC")
                .user("u", "r1", "r2");
        assertEquals("(a)", fixture.effective("u"));
    }

    @Test
    void whatPublicHoldsHoldsForAllButAdministrators() {
        Fixture fixture = Fixture.empty()
                .restriction("a", COUNTRY, "PUBLIC")
                .user("nobody")
                .user("u", "ROLE_USER")
                .user("admin", "ROLE_ADMIN", "ROLE_USER");
        assertEquals("(a)", fixture.effective("nobody"));
        assertEquals("(a)", fixture.effective("u"));
        assertEquals("", fixture.effective("admin"));
    }

    @Test
    void whoAdministersThroughAnotherRoleIsNotRestricted() {
        Fixture fixture = Fixture.empty()
                .role("boss", "ROLE_ADMIN")
                .restriction("a", COUNTRY, "PUBLIC", "boss")
                .user("u", "boss");
        assertEquals("", fixture.effective("u"));
    }

    @Test
    void restrictionsOfOtherTablesDoNotCount() {
        Fixture fixture = Fixture.empty()
                .restriction("a", TableName.of("retail", "Sales"), COUNTRY, "PUBLIC")
                .restriction("b", TableName.of("other", "Shops"), COUNTRY, "PUBLIC")
                .user("u");
        assertEquals("", fixture.effective("u"));
    }

    @Test
    void aTableIsTheSameHoweverItsNameIsWritten() {
        Fixture fixture = Fixture.empty()
                .restriction("a", TableName.of("RETAIL", "shops"), COUNTRY, "PUBLIC")
                .user("u");
        assertEquals("(a)", fixture.effective("u"));
    }

    @Test
    void equalRightsGiveEqualValues() {
        Fixture one = Fixture.empty()
                .role("r1")
                .role("r2")
                .restriction("b", SIZE, "r1")
                .restriction("a", COUNTRY, "r2")
                .restriction("c", COUNTRY, "r1")
                .user("u", "r1", "r2");
        Fixture other = Fixture.empty()
                .role("x")
                .restriction("c", COUNTRY, "PUBLIC")
                .restriction("a", COUNTRY, "x")
                .restriction("b", SIZE, "x")
                .user("v", "x");
        assertEquals(
                one.state().effective(one.caller("u"), Fixture.SHOPS),
                other.state().effective(other.caller("v"), Fixture.SHOPS));
    }

    /**
     * The whole truth table: whatever a caller holds of two restrictions of each kind of subject, and whatever each of
     * them says of a row, the row is visible exactly if the formula of the design says so.
     */
    @Test
    void theTruthTableIsThatOfTheDesign() {
        List<String> names = List.of("country1", "country2", "size", "both", "own1", "own2", "whole1", "whole2");
        Fixture fixture = Fixture.empty();
        for (String name : names) {
            fixture = fixture.role("role of " + name);
        }
        fixture = fixture.restriction("country1", COUNTRY, "role of country1")
                .restriction("country2", COUNTRY, "role of country2")
                .restriction("size", SIZE, "role of size")
                .restriction("both", BOTH, "role of both")
                .restriction("own1", own("own1"), "role of own1")
                .restriction("own2", own("own2"), "role of own2")
                .restriction("whole1", WHOLE, "role of whole1")
                .restriction("whole2", WHOLE, "role of whole2");
        for (int held = 0; held < 256; held++) {
            List<Name> roles = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                if (bit(held, i)) {
                    roles.add(Name.of("role of " + names.get(i)));
                }
            }
            EffectiveRestriction effective =
                    fixture.state().effective(new Caller(Name.of("u"), Set.copyOf(roles)), Fixture.SHOPS);
            for (int says = 0; says < 256; says++) {
                int truths = says;
                boolean visible = effective.alternatives().stream()
                        .allMatch(alternatives -> alternatives.stream()
                                .anyMatch(restriction -> bit(
                                        truths, names.indexOf(restriction.name().toString()))));
                assertEquals(expected(held, says), visible, "held " + held + ", says " + says);
            }
        }
    }

    private static boolean expected(int held, int says) {
        return either(held, says, 0, 1)
                && either(held, says, 2, 2)
                && either(held, says, 3, 3)
                && either(held, says, 4, 4)
                && either(held, says, 5, 5)
                && either(held, says, 6, 7);
    }

    /** One subject with two restrictions: nothing held, or one that is held says yes. */
    private static boolean either(int held, int says, int i, int j) {
        boolean none = !bit(held, i) && !bit(held, j);
        return none || (bit(held, i) && bit(says, i)) || (bit(held, j) && bit(says, j));
    }

    private static boolean bit(int bits, int i) {
        return (bits >> i & 1) == 1;
    }

    @Test
    void tenThousandRolesAndAThousandRestrictionsAreTold() {
        SecurityState state = ManyRoles.state();
        Caller caller = state.findCaller(Name.of("u")).orElseThrow();
        assertEquals(201, caller.roles().size());
        for (int table = 0; table < 50; table++) {
            EffectiveRestriction effective = state.effective(caller, TableName.of("s", "t" + table));
            assertEquals(
                    table == 7 ? 20 : 0,
                    effective.alternatives().stream().mapToInt(List::size).sum());
        }
    }
}
