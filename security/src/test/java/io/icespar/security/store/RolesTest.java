package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, dropping, granting and revoking roles, and which roles a caller then holds. */
class RolesTest {

    private static Grantee role(String name) {
        return new Grantee.Role(Name.of(name));
    }

    private static Grantee user(String name) {
        return new Grantee.User(Name.of(name));
    }

    @Test
    void theReservedRolesAreAlwaysThere() {
        assertEquals(
                names("ROLE_ADMIN", "ROLE_USER"),
                SecurityState.empty().roles().stream().map(Role::name).toList());
        assertTrue(SecurityState.empty().isEmpty());
    }

    @Test
    void aCallerHoldsRolesOfRoles() {
        Fixture fixture = Fixture.empty()
                .role("d")
                .role("c", "d")
                .role("b", "c", "d")
                .role("a", "b", "c")
                .role("other")
                .user("u", "a");
        assertEquals(Set.copyOf(names("a", "b", "c", "d")), fixture.caller("u").roles());
    }

    @Test
    void aChainOfManyRolesIsFollowedToItsEnd() {
        assertTrue(
                ManyRoles.state().findCaller(Name.of("u")).orElseThrow().roles().contains(Name.of("role 199")));
    }

    @Test
    void aRoleGrantedLaterArrivesAtThoseWhoHoldItsHolder() {
        Fixture fixture = Fixture.empty().role("a").role("b").user("u", "a");
        assertFalse(fixture.caller("u").roles().contains(Name.of("b")));
        fixture = fixture.after(new GrantRoles(names("b"), role("a")));
        assertTrue(fixture.caller("u").roles().contains(Name.of("b")));
        fixture = fixture.after(new RevokeRoles(names("b"), role("a")));
        assertFalse(fixture.caller("u").roles().contains(Name.of("b")));
    }

    @Test
    void whoAdministersThroughARoleIsAdministrator() {
        assertTrue(Fixture.empty()
                .role("boss", "ROLE_ADMIN")
                .user("u", "boss")
                .caller("u")
                .isAdministrator());
    }

    @Test
    void whoHoldsNeitherReservedRoleMayNotEnter() {
        Fixture fixture = Fixture.empty()
                .role("r")
                .role("door", "ROLE_USER")
                .user("outside", "r")
                .user("inside", "door")
                .user("admin", "ROLE_ADMIN");
        assertFalse(fixture.caller("outside").mayEnter());
        assertTrue(fixture.caller("inside").mayEnter());
        assertTrue(fixture.caller("admin").mayEnter());
    }

    @Test
    void aRoleCannotHoldItself() {
        Fixture fixture = Fixture.empty().role("a").role("b", "a").role("c", "b");
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "role `a` cannot be granted to role `a`, which it holds or is: roles cannot hold each other",
                () -> fixture.after(new GrantRoles(names("a"), role("A"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "role `c` cannot be granted to role `a`, which it holds or is: roles cannot hold each other",
                () -> fixture.after(new GrantRoles(names("C"), role("a"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT, () -> fixture.after(new GrantRoles(names("ROLE_USER", "b"), role("a"))));
    }

    @Test
    void twoWaysToOneRoleAreNoCycle() {
        Fixture fixture =
                Fixture.empty().role("a").role("b", "a").role("c", "a", "b").user("u", "c");
        assertEquals(Set.copyOf(names("a", "b", "c")), fixture.caller("u").roles());
    }

    @Test
    void grantingTwiceAndRevokingWhatIsNotHeldChangesNothing() {
        Fixture fixture = Fixture.empty().role("a").user("u", "a");
        assertEquals(
                fixture.caller("u"),
                fixture.after(new GrantRoles(names("A"), user("U"))).caller("u"));
        assertEquals(
                fixture.caller("u"),
                fixture.after(new RevokeRoles(names("ROLE_USER"), user("u"))).caller("u"));
    }

    @Test
    void aRevokedRoleIsStillHeldThroughAnother() {
        Fixture fixture = Fixture.empty().role("a").role("b", "a").user("u", "a", "b");
        fixture = fixture.after(new RevokeRoles(names("a"), user("u")));
        assertTrue(fixture.caller("u").roles().contains(Name.of("a")));
    }

    @Test
    void aGrantOfSeveralRolesIsAllOrNothing() {
        Fixture fixture = Fixture.empty().role("a").user("u");
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "role `nope` does not exist",
                () -> fixture.after(new GrantRoles(names("a", "nope"), user("u"))));
        assertEquals(Set.of(), fixture.caller("u").roles());
    }

    @Test
    void whatIsMissingIsNamed() {
        Fixture fixture = Fixture.empty().role("a");
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "user `nope` does not exist",
                () -> fixture.after(new GrantRoles(names("a"), user("nope"))));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.after(new GrantRoles(names("a"), role("nope"))));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.after(new RevokeRoles(names("a"), user("nope"))));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.after(new RevokeRoles(names("nope"), role("a"))));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "role `nope` does not exist",
                () -> fixture.after(new DropRole(Name.of("nope"), false)));
    }

    @Test
    void aRoleIsCreatedOnce() {
        Fixture fixture = Fixture.empty().role("Reader");
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "role `READER` exists already",
                () -> fixture.after(new CreateRole(Name.of("READER"), false)));
        Fixture again = fixture.after(new CreateRole(Name.of("READER"), true));
        assertEquals(
                "Reader",
                again.state().findRole(Name.of("reader")).orElseThrow().name().spelling());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLE_USER", "role_admin", "Public"})
    void reservedNamesAreNeitherCreatedNorDropped(String name) {
        Fixture fixture = Fixture.empty();
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(new CreateRole(Name.of(name), false)));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(new DropRole(Name.of(name), false)));
    }

    @Test
    void aScriptMayCreateReservedRolesIfTheyAreNotThere() {
        assertEquals(
                Fixture.empty().state().roles(),
                Fixture.empty()
                        .after(new CreateRole(ReservedRoles.USER, true))
                        .state()
                        .roles());
        assertRefused(ErrorCode.INVALID_NAME, () -> Fixture.empty().after(new CreateRole(ReservedRoles.PUBLIC, true)));
    }

    @Test
    void publicIsNoRoleToGrant() {
        Fixture fixture = Fixture.empty().role("a").user("u");
        String words =
                "`PUBLIC` is not a role: it stands for everyone but administrators, where restrictions are granted";
        assertRefused(ErrorCode.INVALID_NAME, words, () -> fixture.after(new GrantRoles(names("public"), user("u"))));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(new GrantRoles(names("a"), role("PUBLIC"))));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(new RevokeRoles(names("PUBLIC"), role("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a\nb", "a\0", "a\u202Eb", "a\u200Bb", "\uD800", "\u2028"})
    void namesThatCannotBeToldApartAreRefused(String name) {
        assertRefused(
                ErrorCode.INVALID_NAME,
                "the name of a role must have 1 to 128 printable characters, none at its ends a space",
                () -> Fixture.empty().role(name));
        assertRefused(ErrorCode.INVALID_NAME, () -> Fixture.empty().user(name));
        assertRefused(ErrorCode.INVALID_NAME, () -> Fixture.empty().restriction(name, Fixture.columns("c")));
    }

    @Test
    void namesHaveALargestLength() {
        Fixture.empty().role("é".repeat(128));
        assertRefused(ErrorCode.INVALID_NAME, () -> Fixture.empty().role("é".repeat(129)));
    }

    @Test
    void aDroppedRoleIsHeldByNobodyAndHoldsNothing() {
        Fixture fixture = Fixture.empty()
                .role("inner")
                .role("Dropped", "inner")
                .role("outer", "dropped")
                .restriction("r", Fixture.columns("c"), "outer")
                .user("u", "dropped")
                .user("v", "outer")
                .after(new DropRole(Name.of("DROPPED"), false));
        assertEquals(Set.of(), fixture.caller("u").roles());
        assertEquals(Set.of(Name.of("outer")), fixture.caller("v").roles());
        Fixture again = fixture.role("dropped");
        assertEquals(Set.of(), again.caller("u").roles());
    }

    @Test
    void aRoleThatRestrictsItsHoldersIsNotDropped() {
        Fixture fixture = Fixture.empty()
                .role("restricted")
                .role("other")
                .restriction("r", Fixture.columns("c"), "other", "restricted");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "restriction `r` is granted to role `Restricted`: revoke or drop the restriction first",
                () -> fixture.after(new DropRole(Name.of("Restricted"), false)));
        fixture.after(new RevokeRestrictions(List.of(Name.of("r")), List.of(Name.of("restricted"))))
                .after(new DropRole(Name.of("restricted"), false));
    }

    @Test
    void aRoleThatBringsWhatRestrictsIsNotDropped() {
        Fixture fixture =
                Fixture.empty().role("paris").role("region", "paris").restriction("r", Fixture.columns("c"), "paris");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "restriction `r` is granted to role `paris`, which comes with role `region`: revoke it from that first",
                () -> fixture.after(new DropRole(Name.of("region"), false)));
        fixture.after(new RevokeRoles(names("paris"), new Grantee.Role(Name.of("region"))))
                .after(new DropRole(Name.of("region"), false));
    }

    @Test
    void aRoleThatSetsWhatARestrictionReadsIsNotDropped() {
        Fixture fixture = Fixture.empty()
                .role("desk")
                .contextValue("deny", "VARCHAR", "nobody")
                .setForRole("desk", "deny", "Paris")
                .reading("r", "deny");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "role `desk` sets context value `deny`, which restriction `r` reads: reset it first",
                () -> fixture.after(new DropRole(Name.of("desk"), false)));
        Fixture unread = Fixture.empty()
                .role("desk")
                .contextValue("deny", "VARCHAR", "nobody")
                .contextValue("other", "VARCHAR", "")
                .setForRole("desk", "deny", "Paris")
                .reading("r", "other");
        assertTrue(unread.after(new DropRole(Name.of("desk"), false))
                .state()
                .findRole(Name.of("desk"))
                .isEmpty());
    }

    @Test
    void aRoleThatSetsWhatAMaskReadsIsNotDropped() {
        Fixture fixture = Fixture.empty()
                .role("desk")
                .contextValue("digits", "INTEGER", 5)
                .contextValue("other", "INTEGER", 5)
                .setForRole("desk", "digits", 0)
                .after(rounding("a", "other"));
        fixture.after(new DropRole(Name.of("desk"), false));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "role `desk` sets context value `digits`, which mask `m` reads: reset it first",
                () -> fixture.after(rounding("m", "digits")).after(new DropRole(Name.of("desk"), false)));
    }

    private static CreateMask rounding(String name, String value) {
        return new CreateMask(
                Name.of(name),
                Fixture.SHOPS,
                Name.of("City"),
                name,
                Set.copyOf(names(value)),
                false,
                List.of(),
                List.of());
    }

    @Test
    void theShortestWayToARoleIsTold() {
        SecurityState state = Fixture.empty()
                .role("end")
                .role("inner", "end")
                .role("middle", "inner")
                .role("outer", "middle", "inner")
                .role("other")
                .state();
        assertEquals(names("outer", "inner", "end"), state.chain(Set.of(Name.of("outer")), Name.of("END")));
        assertEquals(names("end"), state.chain(Set.copyOf(names("outer", "end")), Name.of("end")));
        assertEquals(List.of(), state.chain(Set.copyOf(names("outer", "nobody")), Name.of("other")));
        assertEquals(List.of(), state.chain(Set.of(), Name.of("end")));
    }

    @Test
    void droppingWhatIsNotThereIsAllowedOnRequest() {
        SecurityState before = SecurityState.empty();
        SecurityState after = before.after(new DropRole(Name.of("nope"), true));
        assertEquals(before.roles(), after.roles());
        assertEquals(1, after.epoch());
    }
}
