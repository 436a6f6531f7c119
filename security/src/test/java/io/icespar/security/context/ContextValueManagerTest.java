package io.icespar.security.context;

import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.store.Fixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of several values counts. */
class ContextValueManagerTest {
    private static final Name REGION = Name.of("region");
    private static final Name TIME = Limit.QUERIES_TIME_LIMIT.value();

    /** Bob is of high, which holds low; Ann is of none. */
    private static final Fixture BASE = Fixture.administered()
            .role("low")
            .role("high", "low")
            .role("other")
            .user("Bob", "high", "ROLE_USER")
            .user("Ann", "ROLE_USER", "ROLE_ADMIN")
            .after(new CreateContextValue(
                    REGION,
                    ContextType.parse("VARCHAR"),
                    Optional.of(GivenValue.of("by default")),
                    Optional.of(new ClaimPath("address.region")),
                    true,
                    false,
                    false));

    private final ContextValueManager manager =
            new ContextValueManager(new ListedAuthorities(Fixture.names("low", "high")));

    private String resolved(Fixture fixture, Caller caller, Name name, TransientValues local) {
        return manager.resolve(caller, fixture.state().context(), local).get(name).set().stream()
                .map(setting -> setting.value() + " by " + setting.source())
                .collect(Collectors.joining("; "));
    }

    private String resolved(Fixture fixture, Name name) {
        return resolved(fixture, fixture.caller("bob"), name, TransientValues.none());
    }

    private static TransientValues local(Fixture fixture, Name name, Object value) {
        ContextDefinition definition = fixture.state().context().find(name).orElseThrow();
        return TransientValues.none().with(name, definition.value(GivenValue.of(value)));
    }

    private void setGlobal(Fixture fixture, String user, Name name, Object value) {
        Name spelled = fixture.caller(user).name();
        local(fixture, name, value).values().forEach((set, typed) -> manager.setGlobal(spelled, set, typed));
    }

    private static Caller claiming(Fixture fixture, Object region) {
        Caller bob = fixture.caller("Bob");
        return new Caller(bob.name(), bob.roles(), Map.of("address", Map.of("region", region)));
    }

    @Test
    void levelsAreHeardInTheirOrder() {
        Fixture all = BASE.setForUser("bob", "region", "of bob")
                .setForRole("high", "region", "of high")
                .setForRole("low", "region", "of low")
                .setForRole("other", "region", "of other");
        setGlobal(all, "BOB", REGION, "global");
        assertEquals(
                "local by SET; global by SET GLOBAL; of bob by user; claimed by claim address.region;"
                        + " of high by role high; of low by role low; by default by default",
                resolved(all, claiming(all, "claimed"), REGION, local(all, REGION, "local")));
    }

    @Test
    void whatAUserSetIsForgottenHoweverTheUserIsSpelledAndNobodyElses() {
        setGlobal(BASE, "bob", REGION, "global of bob");
        setGlobal(BASE, "ann", REGION, "global of ann");
        manager.forget(Name.of("BOB"));
        assertEquals("by default by default", resolved(BASE, REGION));
        assertEquals(
                "global of ann by SET GLOBAL; by default by default",
                resolved(BASE, BASE.caller("ann"), REGION, TransientValues.none()));
    }

    @Test
    void anotherUsersValuesAreNotHeard() {
        Fixture fixture = BASE.setForUser("ann", "region", "of ann").setForRole("other", "region", "of other");
        setGlobal(fixture, "ann", REGION, "global of ann");
        assertEquals("by default by default", resolved(fixture, REGION));
    }

    @Test
    void aRoleOfHigherAuthorityWins() {
        Fixture both = BASE.setForRole("low", "region", "of low").setForRole("ROLE_USER", "region", "of all");
        assertEquals("of low by role low; of all by role ROLE_USER; by default by default", resolved(both, REGION));
        assertEquals(
                "of high by role high; of low by role low; of all by role ROLE_USER; by default by default",
                resolved(both.setForRole("high", "region", "of high"), REGION));
        Fixture admins =
                BASE.setForRole("ROLE_ADMIN", "region", "of admins").setForRole("ROLE_USER", "region", "of all");
        assertEquals(
                "of admins by role ROLE_ADMIN; of all by role ROLE_USER; by default by default",
                resolved(admins, admins.caller("ann"), REGION, TransientValues.none()));
    }

    @Test
    void ofRolesOfEqualAuthorityTheFirstByNameWinsAndItShows() {
        Fixture tied = BASE.role("b")
                .role("A")
                .user("Cat", "b", "A", "high")
                .setForRole("b", "region", "of b")
                .setForRole("A", "region", "of a");
        assertEquals(
                "of a by role A, of equal authority; of b by role b, of equal authority; by default by default",
                resolved(tied, tied.caller("cat"), REGION, TransientValues.none()));
    }

    @Test
    void whoSetsNothingTiesNobody() {
        Fixture alone = BASE.role("b")
                .role("A")
                .user("Cat", "b", "A")
                .contextValue("other", "VARCHAR", null)
                .setForRole("b", "region", "of b")
                .setForRole("A", "other", "of a");
        assertEquals(
                "of b by role b; by default by default",
                resolved(alone, alone.caller("cat"), REGION, TransientValues.none()));
    }

    @Test
    void allValuesAreListedWithWhatTheyOverride() {
        Fixture both = BASE.setForUser("bob", "region", "of bob").setForRole("low", "region", "of low");
        ContextValues values = manager.resolve(both.caller("bob"), both.state().context(), TransientValues.none());
        assertEquals(
                "[max_concurrent_queries, queries_memory_limit, queries_result_limit, queries_time_limit, region]",
                values.all().stream()
                        .map(value -> value.definition().name())
                        .toList()
                        .toString());
        assertEquals(
                "[of low, by default]",
                values.get(REGION).overridden().stream()
                        .map(setting -> setting.value().toString())
                        .toList()
                        .toString());
        assertEquals(List.of(), ContextValues.none(Name.of("bob")).all());
    }

    @Test
    void authoritiesAreThoseOfTheList() {
        var listed = new ListedAuthorities(Fixture.names("ROLE_ADMIN", "b", "ROLE_USER"));
        assertEquals(
                "[unlisted, ROLE_ADMIN, b, role_user]",
                Stream.of("role_user", "b", "ROLE_ADMIN", "unlisted")
                        .map(Name::of)
                        .sorted(listed)
                        .toList()
                        .toString());
        assertEquals(
                "[ROLE_USER, unlisted, a, ROLE_ADMIN]",
                Stream.of("ROLE_ADMIN", "a", "unlisted", "ROLE_USER")
                        .map(Name::of)
                        .sorted(new ListedAuthorities(Fixture.names("a")))
                        .toList()
                        .toString());
    }

    @Test
    void aClaimThatDoesNotFitIsAnError() {
        assertRefused(
                ErrorCode.DATATYPE_MISMATCH,
                "claim `address.region` of user `Bob` does not fit context value `region`, which is of type `VARCHAR`",
                () -> resolved(BASE, claiming(BASE, List.of("a")), REGION, TransientValues.none()));
        assertEquals(
                "by default by default",
                resolved(
                        BASE,
                        new Caller(Name.of("bob"), Set.of(), Map.of("address", "none")),
                        REGION,
                        TransientValues.none()));
    }

    @Test
    void whatIsSettableNoLongerIsNotHeard() {
        TransientValues local = local(BASE, REGION, "local");
        setGlobal(BASE, "bob", REGION, "global");
        Fixture fixed = BASE.after(new CreateContextValue(
                REGION, ContextType.parse("VARCHAR"), Optional.empty(), Optional.empty(), false, true, false));
        assertEquals("", resolved(fixed, fixed.caller("bob"), REGION, local));
        Fixture changed = BASE.after(new CreateContextValue(
                REGION, ContextType.parse("INTEGER"), Optional.empty(), Optional.empty(), true, true, false));
        assertEquals("", resolved(changed, changed.caller("bob"), REGION, local));
        assertRefused(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                "context value `region` is not settable: only administrators set it, for users and roles",
                () -> manager.settable(fixed.caller("bob"), fixed.state().context(), REGION, GivenValue.of("x")));
    }

    @Test
    void aMissingValueIsAnErrorThatNamesIt() {
        Fixture fixture = BASE.contextValue("Country", "VARCHAR", null);
        ContextValues values =
                manager.resolve(fixture.caller("bob"), fixture.state().context(), TransientValues.none());
        assertRefused(
                ErrorCode.MISSING_CONTEXT_VALUE,
                "context value `country` is missing: it has no default, and nobody set it for user `Bob`",
                () -> values.required(Name.of("country")));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> values.required(Name.of("nothing")));
    }

    @Test
    void aCallersOwnLimitOnlyLowers() {
        Fixture limited = BASE.setForRole("low", "queries_time_limit", 30);
        assertEquals(
                "20 by SET; 30 by role low", resolved(limited, limited.caller("bob"), TIME, local(limited, TIME, 20)));
        assertEquals(
                "30 by role low; 40 by SET", resolved(limited, limited.caller("bob"), TIME, local(limited, TIME, 40)));
        assertEquals("40 by SET", resolved(BASE, BASE.caller("bob"), TIME, local(BASE, TIME, 40)));
        setGlobal(limited, "bob", TIME, 25);
        assertEquals(
                "27 by SET; 25 by SET GLOBAL; 30 by role low",
                resolved(limited, limited.caller("bob"), TIME, local(limited, TIME, 27)));
        assertEquals("25 by SET GLOBAL; 30 by role low", resolved(limited, TIME));
    }

    @Test
    void raisingALimitIsRefused() {
        Fixture limited = BASE.setForRole("low", "queries_time_limit", 30);
        for (GivenValue higher : List.of(GivenValue.of(31), GivenValue.ofNull())) {
            assertRefused(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "limit `queries_time_limit` is 30 and can be lowered only",
                    () -> manager.settable(
                            limited.caller("bob"), limited.state().context(), TIME, higher));
        }
        assertEquals(
                "30",
                manager.settable(limited.caller("bob"), limited.state().context(), TIME, GivenValue.of(30))
                        .toString());
    }

    @Test
    void aLimitThatIsNullIsNone() {
        Fixture limited = BASE.setForRole("low", "queries_time_limit", 30);
        Fixture unlimited = limited.after(new io.icespar.security.command.SecurityCommand.SetContextValue(
                new io.icespar.security.identity.Grantee.Role(Name.of("high")), TIME, GivenValue.ofNull()));
        assertEquals(OptionalLong.of(30), limit(limited, TransientValues.none()));
        assertEquals(OptionalLong.empty(), limit(unlimited, TransientValues.none()));
        assertEquals(OptionalLong.of(7), limit(unlimited, local(unlimited, TIME, 7)));
        assertEquals(OptionalLong.empty(), limit(BASE, TransientValues.none()));
    }

    private OptionalLong limit(Fixture fixture, TransientValues local) {
        return manager.resolve(fixture.caller("bob"), fixture.state().context(), local)
                .limit(Limit.QUERIES_TIME_LIMIT);
    }

    @Test
    void globalValuesAreResetOneByOneOrAllAtOnce() {
        Fixture two = BASE.settable("other", "INTEGER");
        setGlobal(two, "bob", REGION, "global");
        setGlobal(two, "bob", Name.of("other"), 1);
        manager.resetGlobal(Name.of("ann"), Optional.empty());
        manager.resetGlobal(Name.of("Bob"), Optional.of(REGION));
        assertEquals("by default by default", resolved(two, REGION));
        assertEquals("1 by SET GLOBAL", resolved(two, Name.of("other")));
        manager.resetGlobal(Name.of("Bob"), Optional.empty());
        assertEquals("", resolved(two, Name.of("other")));
    }

    @Test
    void whatAFacadeSaysIsFoundAmongTheClaims() {
        ContextValueManager described = new ContextValueManager(
                new ListedAuthorities(List.of()),
                caller -> caller.name().equals(Name.of("bob"))
                        ? Map.of("address", Map.of("region", "of " + caller.name()))
                        : Map.of());
        assertEquals(
                "of Bob",
                described
                        .resolve(claiming(BASE, "by login"), BASE.state().context(), TransientValues.none())
                        .required(REGION)
                        .toString());
        assertEquals(
                "by default",
                described
                        .resolve(BASE.caller("ann"), BASE.state().context(), TransientValues.none())
                        .required(REGION)
                        .toString());
    }

    @Test
    void aFacadeIsNotAskedWhereNoClaimMatters() {
        ContextValueManager failing = new ContextValueManager(new ListedAuthorities(List.of()), caller -> {
            throw new IllegalStateException("asked for " + caller);
        });
        Fixture without = Fixture.administered().contextValue("plain", "VARCHAR", "x");
        assertEquals(
                "x",
                failing.resolve(without.caller("admin"), without.state().context(), TransientValues.none())
                        .required(Name.of("plain"))
                        .toString());
    }
}
