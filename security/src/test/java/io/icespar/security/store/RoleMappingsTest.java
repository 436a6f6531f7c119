package io.icespar.security.store;

import static io.icespar.security.store.Fixture.asserted;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateRoleMapping;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropRoleMapping;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.command.SecurityCommand.SetDefaultRoles;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.role.HeldRoles;
import io.icespar.security.role.RoleMappings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that come with those of identity providers, those that come by default, and who a provider's user is here. */
class RoleMappingsTest {
    private final Fixture fixture = Fixture.administered()
            .role("region")
            .role("france", "region")
            .role("own")
            .mapping("atoti", "ROLE_USER")
            .mapping("fr", "france");

    private static Set<Name> roles(Fixture fixture, Identity identity) {
        return fixture.state().findCaller(identity).orElseThrow().roles();
    }

    private static Set<Name> set(String... names) {
        return Set.copyOf(names(names));
    }

    private static void assertNobody(Fixture fixture, Identity identity, String reason) {
        assertEquals(Optional.empty(), fixture.state().findCaller(identity));
        assertEquals(Optional.empty(), fixture.state().findHeldRoles(identity));
        assertEquals(Optional.of(reason), fixture.state().findRefusal(identity));
    }

    @Test
    void whoAProviderVouchesForHoldsTheMappedRolesAndThoseThatTheseHold() {
        assertEquals(set("ROLE_USER", "france", "region"), roles(fixture, asserted("ann", "atoti", "fr")));
    }

    @Test
    void itIsToldWhichRoleOfTheProviderBringsWhich() {
        Fixture known = fixture.user("ann", "own").mapping("both", "own");
        HeldRoles held =
                known.state().findHeldRoles(asserted("ann", "fr", "both")).orElseThrow();
        assertEquals(Optional.of("fr"), held.from(Name.of("france")));
        assertEquals(Optional.empty(), held.from(Name.of("own")));
        assertEquals(Optional.empty(), held.from(Name.of("region")));
        assertEquals(set("own", "france"), held.all());
    }

    @Test
    void allRolesThatSomethingBringsAreTold() {
        RoleMappings mappings = new RoleMappings(new TreeMap<>(Map.of("fr", set("france"))), set("own"));
        assertEquals(set("france", "own"), mappings.roles());
    }

    @Test
    void anotherLoginIsOfTheSameUserIfNameAndProviderAreTheSame() {
        Identity ann = asserted("ann", "fr");
        assertTrue(ann.isSameUser(asserted("ann", "atoti")));
        assertFalse(ann.isSameUser(asserted("Ann", "fr")));
        assertFalse(ann.isSameUser(Identity.local(Name.of("ann"))));
        assertFalse(ann.isSameUser(asserted("bob", "fr")));
        assertTrue(Identity.local(Name.of("ann")).isSameUser(Identity.local(Name.of("ann"))));
    }

    @Test
    void aProvidersRoleThatIsNotMappedGrantsNothing() {
        Caller caller = fixture.state()
                .findCaller(asserted("ann", "ROLE_USER", "ROLE_ADMIN", "admin", "own"))
                .orElseThrow();
        assertEquals(Set.of(), caller.roles());
        assertFalse(caller.mayEnter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fr", "FR", "fr ", " fr", "fr\u0000", "ﬁr", "fr\u200b"})
    void aProvidersRoleIsComparedAsItIs(String almost) {
        assertEquals(Set.of(), roles(fixture, asserted("ann", almost)));
    }

    @Test
    void ownRolesAndMappedRolesAddUp() {
        Fixture known = fixture.user("ann", "own");
        assertEquals(set("own", "france", "region"), roles(known, asserted("ann", "fr")));
        assertEquals(set("own"), roles(known, asserted("ann")));
        assertEquals(set("own"), known.caller("ann").roles());
    }

    @Test
    void defaultRolesAreForThoseOnlyWhoHaveNoOthers() {
        Fixture known = fixture.byDefault("own").user("ann", "region").user("bob");
        assertEquals(set("own"), roles(known, asserted("cat")));
        assertEquals(set("own"), roles(known, asserted("cat", "not mapped")));
        assertEquals(set("france", "region"), roles(known, asserted("cat", "fr")));
        assertEquals(set("region"), roles(known, asserted("ann")));
        assertEquals(set("own"), roles(known, asserted("bob")));
        assertEquals(set("own"), known.caller("bob").roles());
        assertEquals(Set.of(), known.byDefault().caller("bob").roles());
    }

    @Test
    void aUserWithAPasswordIsNoProvidersUser() {
        Fixture known = fixture.byDefault("ROLE_USER").userWithPassword("ann", "own");
        String reason = "the user of that name logs in by password, not through a provider";
        assertNobody(known, asserted("admin", "atoti"), reason);
        assertNobody(known, asserted("ADMIN", "atoti"), reason);
        assertNobody(known, asserted("ann", "fr"), reason);
    }

    @Test
    void aUserWhoGetsAPasswordIsNoProvidersUserAnyMore() {
        Fixture known = fixture.user("ann", "own");
        assertTrue(known.state().findCaller(asserted("ann")).isPresent());
        Fixture taken = known.after(new AlterUserPassword(Name.of("ann"), new Secret("x")));
        assertEquals(Optional.empty(), taken.state().findCaller(asserted("ann")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "Ann", "AnN", "\u212Aate"})
    void aProvidersUserIsTheOneOfExactlyThatNameHere(String almost) {
        Fixture known = fixture.user("ANN", "own").user("kate", "own");
        assertNobody(known, asserted(almost, "fr"), "there is a user whose name differs in case only");
    }

    @Test
    void whoNoProviderVouchesForMustBeKnownHere() {
        assertNobody(fixture, Identity.local(Name.of("nobody")), "there is no such user");
        assertNobody(fixture.byDefault("ROLE_USER"), Identity.local(Name.of("nobody")), "there is no such user");
    }

    @Test
    void aMappingIsAddedToAndTakenFrom() {
        Fixture more = fixture.mapping("fr", "own");
        assertEquals(set("france", "region", "own"), roles(more, asserted("ann", "fr")));
        Fixture less = more.after(new DropRoleMapping("fr", names("france"), false));
        assertEquals(set("own"), roles(less, asserted("ann", "fr")));
        Fixture none = more.after(new DropRoleMapping("fr", List.of(), false));
        assertEquals(Set.of(), roles(none, asserted("ann", "fr")));
        assertFalse(none.state().roleMappings().mapped().containsKey("fr"));
    }

    @Test
    void whatIsThereIsNotCreatedAndWhatIsNotThereIsNotDropped() {
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "`fr` is mapped to role `france` already",
                () -> fixture.mapping("fr", "own", "FRANCE"));
        assertEquals(
                set("france", "own"),
                fixture.after(new CreateRoleMapping("fr", names("own", "france"), true))
                        .state()
                        .roleMappings()
                        .of("fr"));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "`FR` is not mapped: providers' roles are told apart by case, too",
                () -> fixture.after(new DropRoleMapping("FR", List.of(), false)));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "`fr` is not mapped to role `own`",
                () -> fixture.after(new DropRoleMapping("fr", names("own"), false)));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.mapping("fr", "no role"));
        assertTrue(fixture.after(new DropRoleMapping("FR", List.of(), true))
                .after(new DropRoleMapping("fr", names("own"), true))
                .state()
                .isLike(fixture.state()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "x\u0000", "x\u202e", "\ud800"})
    void aTextThatCannotBeToldFromOthersIsNotMapped(String from) {
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.mapping(from, "own"));
    }

    @Test
    void publicIsNoRoleToMapTo() {
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.mapping("x", "PUBLIC"));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.byDefault("PUBLIC"));
    }

    @Test
    void administratorsMayComeFromAProviderButNeverByDefault() {
        assertTrue(fixture.mapping("boss", "ROLE_ADMIN")
                .state()
                .findCaller(asserted("ann", "boss"))
                .orElseThrow()
                .isAdministrator());
        assertRefused(ErrorCode.INVALID_STATEMENT, () -> fixture.byDefault("ROLE_ADMIN"));
        Fixture holder = fixture.role("boss", "ROLE_ADMIN");
        assertRefused(ErrorCode.INVALID_STATEMENT, () -> holder.byDefault("boss"));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                () -> fixture.byDefault("france")
                        .after(new GrantRoles(names("ROLE_ADMIN"), new Grantee.Role(Name.of("region")))));
    }

    @Test
    void anAdministratorFromAProviderIsNotTheLastOne() {
        Fixture mapped = fixture.mapping("boss", "ROLE_ADMIN");
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> mapped.after(new DropUser(Name.of("admin"), false)));
    }

    @Test
    void aRoleGoesWithItsMappings() {
        Fixture dropped =
                fixture.mapping("fr", "own").byDefault("own", "region").after(new DropRole(Name.of("own"), false));
        assertEquals(set("france"), dropped.state().roleMappings().of("fr"));
        assertEquals(set("region"), dropped.state().roleMappings().byDefault());
    }

    @Test
    void aRoleIsNotDroppedFromThoseWhoWouldComeToDefaultRoles() {
        Fixture byDefault = fixture.byDefault("ROLE_USER");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "role `france` is the only one that `fr` is mapped to, and default roles would come in its place: map it"
                        + " to another one or drop the mapping first",
                () -> byDefault.after(new DropRole(Name.of("france"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> byDefault.user("ann", "own").after(new DropRole(Name.of("own"), false)));
        fixture.user("ann", "own").after(new DropRole(Name.of("own"), false));
        fixture.byDefault("own").user("ann", "own").after(new DropRole(Name.of("own"), false));
    }

    @Test
    void aUserWhomAProviderMayVouchForIsNotDroppedWithWhatRestrictsThem() {
        DropUser drop = new DropUser(Name.of("ann"), false);
        Fixture known = fixture.user("ann", "own");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "user `ann` has roles, and if an identity provider vouches for that name would go on without them: revoke"
                        + " them first",
                () -> known.after(drop));
        known.after(new RevokeRoles(names("own"), new Grantee.User(Name.of("ann"))))
                .after(drop);
        fixture.userWithPassword("ann", "own").after(drop);
        Fixture.administered().role("own").user("ann", "own").after(drop);
    }

    @Test
    void noDefaultRolesAreAStateLikeThatBefore() {
        assertTrue(fixture.after(new SetDefaultRoles(names("own")))
                .after(new SetDefaultRoles(List.of()))
                .state()
                .isLike(fixture.state()));
        assertFalse(fixture.byDefault("own").state().isLike(fixture.state()));
    }
}
