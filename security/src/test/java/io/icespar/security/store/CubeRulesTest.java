package io.icespar.security.store;

import static io.icespar.security.store.Refusals.assertRefused;
import static io.icespar.security.store.SalesCube.CUBE;
import static io.icespar.security.store.SalesCube.GEOGRAPHY;
import static io.icespar.security.store.SalesCube.NAME;
import static io.icespar.security.store.SalesCube.SALES;
import static io.icespar.security.store.SalesCube.SIZE;
import static io.icespar.security.store.SalesCube.creation;
import static io.icespar.security.store.SalesCube.cube;
import static io.icespar.security.store.SalesCube.grant;
import static io.icespar.security.store.SalesCube.hierarchy;
import static io.icespar.security.store.SalesCube.members;
import static io.icespar.security.store.SalesCube.named;
import static io.icespar.security.store.SalesCube.part;
import static io.icespar.security.store.SalesCube.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantMembers;
import io.icespar.security.command.SecurityCommand.ResetDefaultMember;
import io.icespar.security.command.SecurityCommand.ResetVisibility;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.command.SecurityCommand.SetDefaultMember;
import io.icespar.security.command.SecurityCommand.SetVisibility;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.cube.Part.Kind;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is said of cubes to users and roles, and what a caller gets of it. */
class CubeRulesTest {
    private static final AuthorityComparator EQUAL = new ListedAuthorities(List.of());
    private static final AuthorityComparator RISING =
            new ListedAuthorities(List.of(Name.of("low"), Name.of("r"), Name.of("high")));
    private static final Part GEOGRAPHY_ITSELF = part(Kind.HIERARCHY, "Geography");
    private static final Part SHOPS = part(Kind.DIMENSION, "Shops");

    private final Fixture base = Fixture.administered()
            .role("low")
            .role("r")
            .role("high")
            .role("outer", "r")
            .user("someone", "ROLE_USER")
            .user("u", "r")
            .user("all", "low", "r", "high")
            .user("heir", "outer")
            .after(creation(CUBE));

    private static SetVisibility set(Part part, String role, boolean isShown) {
        return new SetVisibility(part, Name.of(role), isShown);
    }

    private static SetDefaultMember set(String hierarchy, Grantee grantee, String... path) {
        return new SetDefaultMember(new DefaultMember(named(hierarchy), grantee, path(path)));
    }

    private static Grantee role(String name) {
        return new Grantee.Role(Name.of(name));
    }

    private static Grantee user(String name) {
        return new Grantee.User(Name.of(name));
    }

    private static RevokeMembers revoke(Hierarchy hierarchy, String role, MemberPath... paths) {
        return new RevokeMembers(new HierarchyName(NAME, hierarchy.name()), Name.of(role), List.of(paths));
    }

    private static boolean isShown(Fixture fixture, String user, AuthorityComparator authorities) {
        return fixture.state().cubes().isShown(fixture.caller(user), CUBE, GEOGRAPHY, authorities);
    }

    private static String member(Fixture fixture, String user, AuthorityComparator authorities) {
        return fixture.state()
                .cubes()
                .defaultMember(fixture.caller(user), named("Currency"), authorities)
                .map(each -> each.member().toString())
                .orElse("none");
    }

    private static Optional<MembersGrant> granted(Fixture fixture, String role) {
        return fixture.state().cubes().said().members(named("geography"), Name.of(role));
    }

    // Visibility

    @Test
    void whatIsHiddenFromARoleDoesNotExistForItsHolders() {
        Fixture hidden = base.after(set(GEOGRAPHY_ITSELF, "R", false));
        assertFalse(isShown(hidden, "u", EQUAL));
        assertFalse(isShown(hidden, "heir", EQUAL));
        assertTrue(isShown(hidden, "someone", EQUAL));
        assertTrue(isShown(hidden, "admin", EQUAL));
        assertTrue(isShown(hidden.after(set(GEOGRAPHY_ITSELF, "r", true)), "u", EQUAL));
        Fixture reset = hidden.after(new ResetVisibility(GEOGRAPHY_ITSELF, Name.of("r")));
        assertTrue(isShown(reset, "u", EQUAL));
        assertEquals(base.state().cubes(), reset.state().cubes());
    }

    @Test
    void aHierarchyIsHeardBeforeItsDimension() {
        Fixture hidden = base.after(set(SHOPS, "r", false));
        assertFalse(isShown(hidden, "u", EQUAL));
        assertTrue(isShown(hidden.after(set(GEOGRAPHY_ITSELF, "r", true)), "u", EQUAL));
        assertFalse(hidden.after(set(GEOGRAPHY_ITSELF, "r", true))
                .state()
                .cubes()
                .isShown(hidden.caller("u"), CUBE, SIZE, EQUAL));
    }

    @Test
    void theRoleOfHigherAuthorityIsHeard() {
        Fixture both = base.after(set(GEOGRAPHY_ITSELF, "low", false)).after(set(GEOGRAPHY_ITSELF, "high", true));
        assertTrue(isShown(both, "all", RISING));
        assertFalse(isShown(both, "all", EQUAL), "of one authority, that one hides is enough");
        Fixture hidden = both.after(set(GEOGRAPHY_ITSELF, "low", true)).after(set(GEOGRAPHY_ITSELF, "high", false));
        assertFalse(isShown(hidden, "all", RISING));
    }

    @Test
    void whatIsHiddenFromEveryoneIsShownToWhomItIsSaidTo() {
        Fixture hidden = base.after(set(GEOGRAPHY_ITSELF, "public", false)).after(set(GEOGRAPHY_ITSELF, "low", true));
        assertFalse(isShown(hidden, "someone", EQUAL));
        assertTrue(isShown(hidden, "all", RISING));
        assertTrue(isShown(hidden, "admin", EQUAL));
    }

    @Test
    void measuresAreHiddenToo() {
        Fixture hidden = base.after(set(part(Kind.MEASURE, "average"), "r", false));
        assertFalse(hidden.state().cubes().isShown(hidden.caller("u"), CUBE, SalesCube.AVERAGE, EQUAL));
        assertTrue(hidden.state().cubes().isShown(hidden.caller("u"), CUBE, SalesCube.SUM, EQUAL));
    }

    @Test
    void onlyWhatThereIsIsShownOrHidden() {
        for (Part none :
                List.of(part(Kind.DIMENSION, "Geography"), part(Kind.HIERARCHY, "Shops"), part(Kind.MEASURE, "City"))) {
            assertRefused(
                    ErrorCode.UNDEFINED_OBJECT, none + " does not exist", () -> base.after(set(none, "r", false)));
        }
        assertRefused(
                ErrorCode.UNDEFINED_TABLE,
                "cube `retail.none` does not exist",
                () -> base.after(
                        set(new Part(TableName.of("retail", "none"), Kind.MEASURE, Name.of("m")), "r", false)));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> base.after(set(SHOPS, "none", false)));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> base.after(new ResetVisibility(SHOPS, Name.of("none"))));
    }

    @Test
    void nothingIsHiddenFromReservedRoles() {
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_ADMIN` is reserved: everything is shown to it",
                () -> base.after(set(SHOPS, "ROLE_ADMIN", false)));
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_USER` is reserved: nothing is hidden from it; for everyone but administrators, name"
                        + " `PUBLIC`",
                () -> base.after(set(SHOPS, "ROLE_USER", false)));
    }

    // Default members

    @Test
    void aUsersOwnDefaultMemberComesBeforeThoseOfRoles() {
        Fixture set = base.after(set("currency", role("low"), "GBP"))
                .after(set("Currency", role("high"), "USD"))
                .after(set("Currency", role("r"), "EUR"));
        assertEquals("('USD')", member(set, "all", RISING));
        assertEquals("('USD')", member(set, "all", EQUAL), "the first by name");
        assertEquals("('EUR')", member(set, "u", RISING));
        assertEquals("none", member(set, "someone", RISING));
        Fixture own = set.after(set("Currency", user("ALL"), "JPY")).after(set("Currency", user("all"), "CHF"));
        assertEquals("('CHF')", member(own, "all", RISING));
        Fixture reset = own.after(new ResetDefaultMember(named("currency"), user("all")))
                .after(new ResetDefaultMember(named("currency"), role("r")));
        assertEquals("('USD')", member(reset, "all", RISING));
        assertEquals("none", member(reset, "u", RISING));
    }

    @Test
    void aDefaultMemberIsSetOfAHierarchyThatThereIsForSomeoneWhoIsThere() {
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "hierarchy `none` of cube `retail.Sales cube` does not exist",
                () -> base.after(set("none", role("r"), "x")));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> base.after(set("Currency", role("none"), "x")));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> base.after(set("Currency", user("none"), "x")));
        assertRefused(ErrorCode.INVALID_NAME, () -> base.after(set("Currency", role("PUBLIC"), "x")));
        assertRefused(ErrorCode.INVALID_STATEMENT, () -> base.after(set("Currency", role("r"), "x", "y")));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT, () -> base.after(new ResetDefaultMember(named("currency"), user("none"))));
        assertEquals("('x')", member(base.after(set("Currency", role("role_user"), "x")), "someone", EQUAL));
    }

    // Members

    @Test
    void whatIsGrantedIsAddedInAnyOrder() {
        Fixture one = base.after(grant(GEOGRAPHY, "r", path("France"), path("USA", "Boston")))
                .after(grant(GEOGRAPHY, "R", path("Spain"), path("France")));
        Fixture other = base.after(grant(GEOGRAPHY, "r", path("Spain")))
                .after(grant(GEOGRAPHY, "r", path("USA", "Boston")))
                .after(grant(GEOGRAPHY, "r", path("France")));
        assertEquals(one.state().cubes(), other.state().cubes());
        assertEquals(
                "[('France'), ('Spain'), ('USA', 'Boston')]",
                List.copyOf(granted(other, "r").orElseThrow().members()).toString());
        assertEquals(Optional.empty(), granted(one, "outer"));
    }

    @Test
    void whatIsRevokedIsNoLongerGranted() {
        Fixture granted = base.after(grant(GEOGRAPHY, "r", path("France"), path("Spain")));
        assertEquals(
                Set.of(path("Spain")),
                granted(granted.after(revoke(GEOGRAPHY, "r", path("France"), path("none"))), "r")
                        .orElseThrow()
                        .members());
        assertEquals(Optional.empty(), granted(granted.after(revoke(GEOGRAPHY, "r")), "r"));
        Fixture none = granted.after(revoke(GEOGRAPHY, "R", path("Spain"), path("France")));
        assertEquals(base.state().cubes(), none.state().cubes());
        assertEquals(
                granted.state().cubes(),
                granted.after(revoke(SIZE, "r"))
                        .after(revoke(GEOGRAPHY, "low"))
                        .state()
                        .cubes());
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> granted.after(revoke(GEOGRAPHY, "none")));
    }

    @Test
    void membersAreGrantedOfAHierarchyAsItIs() {
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "hierarchy `other` of cube `retail.Sales cube` does not exist",
                () -> base.after(
                        grant(hierarchy("other", "d", GEOGRAPHY.levels().get(0)), "r", path("x"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "hierarchy `Geography` of cube `retail.Sales cube` was changed meanwhile: try again",
                () -> base.after(
                        grant(hierarchy("Geography", "Shops", GEOGRAPHY.levels().get(0)), "r", path("x"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                () -> base.after(new GrantMembers(new MembersGrant(
                        named("Geography"), Name.of("r"), Fixture.SHOPS, GEOGRAPHY.columns(), Set.of(path("x"))))));
        assertRefused(
                ErrorCode.UNDEFINED_TABLE, () -> Fixture.empty().role("r").after(grant(GEOGRAPHY, "r", path("x"))));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> base.after(grant(GEOGRAPHY, "none", path("x"))));
        assertEquals(
                SALES,
                granted(base.after(grant(GEOGRAPHY, "r", path("x"))), "r")
                        .orElseThrow()
                        .fact());
    }

    @Test
    void reservedRolesAreNotRestricted() {
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_ADMIN` is reserved: it sees all rows",
                () -> base.after(grant(GEOGRAPHY, "ROLE_ADMIN", path("x"))));
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `role_user` is reserved: it cannot hold restrictions; for everyone but administrators, name"
                        + " `PUBLIC`",
                () -> base.after(grant(GEOGRAPHY, "role_user", path("x"))));
        assertEquals(
                "PUBLIC",
                granted(base.after(grant(GEOGRAPHY, "public", path("x"))), "PUBLIC")
                        .orElseThrow()
                        .role()
                        .spelling());
    }

    @Test
    void whatWasSaidOfADeclaredCubeOutlastsIt() {
        Fixture stored = Fixture.administered().role("r").role("other");
        Fixture declared = new Fixture(stored.state().withDeclared(List.of(CUBE)))
                .after(grant(GEOGRAPHY, "r", path("France")))
                .after(set(SHOPS, "r", false))
                .after(set("Currency", role("r"), "EUR"));
        Fixture gone = new Fixture(declared.state().withDeclared(List.of()));
        assertEquals(members(GEOGRAPHY, "r", path("France")), granted(gone, "r").orElseThrow());
        assertEquals(
                stored.state().cubes(),
                gone.after(revoke(GEOGRAPHY, "r", path("France")))
                        .after(new ResetVisibility(SHOPS, Name.of("r")))
                        .after(new ResetDefaultMember(named("Currency"), role("r")))
                        .state()
                        .cubes());
        Hierarchy shorter = hierarchy("Geography", "Shops", GEOGRAPHY.levels().get(0));
        Fixture changed = new Fixture(declared.state().withDeclared(List.of(cube(List.of(shorter)))));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "members of hierarchy `Geography` of cube `retail.Sales cube` are granted to role `r` as its columns"
                        + " were before: revoke all of them first",
                () -> changed.after(grant(shorter, "r", path("Spain"))));
        changed.after(grant(shorter, "other", path("Spain")));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> gone.after(creation(cube(List.of(shorter)))));
        gone.after(creation(CUBE));
    }

    // Who goes

    @Test
    void aRoleThatRestrictsIsNotDropped() {
        Fixture granted = base.after(grant(GEOGRAPHY, "r", path("France")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "members of hierarchy `Geography` of cube `retail.Sales cube` are granted to role `r`: revoke them"
                        + " first",
                () -> granted.after(new DropRole(Name.of("r"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "members of hierarchy `Geography` of cube `retail.Sales cube` are granted to role `r`, which comes with"
                        + " role `outer`: revoke it from that first",
                () -> granted.after(new DropRole(Name.of("outer"), false)));
        Fixture hidden = base.after(set(SHOPS, "r", false));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "dimension `Shops` of cube `retail.Sales cube` is hidden from role `r`: reset its visibility first",
                () -> hidden.after(new DropRole(Name.of("r"), false)));
    }

    @Test
    void whatIsSaidToWhoIsDroppedGoesToo() {
        Fixture said = base.after(set(SHOPS, "r", true))
                .after(set("Currency", role("r"), "EUR"))
                .after(set("Currency", user("u"), "USD"))
                .after(set("Currency", user("someone"), "USD"));
        assertEquals(
                Stream.of("someone", "u").map(CubeRulesTest::user).toList(),
                said.after(new DropRole(Name.of("r"), false)).state().cubes().said().defaultMembers().stream()
                        .map(DefaultMember::grantee)
                        .toList());
        SecurityState dropped = said.after(new DropRole(Name.of("r"), false))
                .after(new DropUser(Name.of("U"), false))
                .after(new DropUser(Name.of("someone"), false))
                .state();
        assertEquals(base.state().cubes(), dropped.cubes());
    }
}
