package io.icespar.security.store;

import static io.icespar.security.store.Fixture.SHOPS;
import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.DropCube;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.ResetDefaultMember;
import io.icespar.security.command.SecurityCommand.ResetVisibility;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.command.SecurityCommand.SetDefaultMember;
import io.icespar.security.command.SecurityCommand.SetVisibility;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.context.GivenValue;
import io.icespar.security.context.TransientValues;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.entitlement.Provided.Fact;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What providers say, laid over what is stored. */
class OverlayTest {
    private static final Name DESKS = Name.of("desks");
    private static final Scope CITY = new Scope.OfColumn(SHOPS, Name.of("City"));
    private static final Scope ALL_OF_SHOPS = new Scope.OfTable(SHOPS);
    private static final Scope RETAIL = new Scope.OfSchema(Name.of("retail"));

    /** Someone has no role, holder r, heir outer, which holds r, and both r and other. */
    private final Fixture base = Fixture.administered()
            .role("r")
            .role("other")
            .role("outer", "r")
            .user("someone", "ROLE_USER")
            .user("holder", "ROLE_USER", "r")
            .user("heir", "ROLE_USER", "outer")
            .user("both", "ROLE_USER", "r", "other")
            .contextValue("region", "VARCHAR", "by default");

    private static Fact restricts(String role, String restriction, String... columns) {
        return new Provided.Restricts(
                DESKS,
                Name.of(role),
                new Restriction(Name.of(restriction), SHOPS, restriction, columns(columns), Set.of()));
    }

    private static Fact sets(String role, String value, Object given) {
        return new Provided.Sets(DESKS, Name.of(role), Name.of(value), GivenValue.of(given));
    }

    private static Fact hides(String role, Scope scope) {
        return new Provided.Hides(DESKS, Name.of(role), scope);
    }

    private static Fixture with(Fixture stored, Fact... facts) {
        return new Fixture(stored.state().with(new Provided(List.of(facts))));
    }

    private Fixture with(Fact... facts) {
        return with(base, facts);
    }

    private static void assertUnfit(String words, Fixture stored, Fact... facts) {
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, words, () -> with(stored, facts));
    }

    // Restrictions

    @Test
    void aRestrictionHoldsAsIfSqlHadGrantedIt() {
        Fixture both = with(base.restriction("s", columns("City"), "r"), restricts("R", "p", "City"));
        assertEquals("(p | s)", both.effective("holder"));
        assertEquals("(p | s)", both.effective("heir"));
        assertEquals("", both.effective("someone"));
        assertEquals("", both.effective("admin"));
        Fixture across = with(base.restriction("s", columns("Size"), "other"), restricts("r", "p", "City"));
        assertEquals("(p) & (s)", across.effective("both"));
        assertEquals("(p)", across.effective("holder"));
        assertEquals("(p)", with(restricts("public", "p")).effective("someone"));
    }

    @Test
    void itIsSaidWhereARestrictionComesFrom() {
        SecurityState state =
                with(base.restriction("s", columns(), "r"), restricts("R", "p")).state();
        assertEquals(Optional.of(DESKS), state.provider(Name.of("P")));
        assertEquals(Optional.empty(), state.provider(Name.of("s")));
        assertEquals("r", state.grantees(Name.of("p")).iterator().next().spelling());
        assertEquals(2, state.restrictions().size());
    }

    // What is stored

    @Test
    void whatIsStoredKnowsNothingOfIt() {
        Fixture merged = with(restricts("r", "p"), sets("r", "region", "x"), hides("r", CITY));
        assertSame(base.state(), merged.state().stored());
        assertSame(base.state(), base.state().stored());
        assertEquals(base.state().epoch(), merged.state().epoch());
        Fixture after = merged.after(new CreateRole(Name.of("new"), false));
        assertEquals(
                base.after(new CreateRole(Name.of("new"), false)).state(),
                after.state().stored());
        assertEquals(
                merged.state().restrictions(), after.state().restrictions(), "what is said holds after commands, too");
        assertEquals(List.of(hides("r", CITY)), merged.state().hidden());
        assertEquals(merged.state().hidden(), after.state().hidden());
    }

    // What does not fit

    @Test
    void everythingItSpeaksOfIsThere() {
        assertUnfit("provider `desks` needs role `none` to exist", base, restricts("none", "p"));
        assertUnfit("provider `desks` needs role `none` to exist", base, sets("none", "region", "x"));
        assertUnfit("provider `desks` needs role `none` to exist", base, hides("none", CITY));
        assertUnfit("provider `desks` needs role `PUBLIC` to exist", base, sets("PUBLIC", "region", "x"));
        assertUnfit("provider `desks` needs context value `none` to exist", base, sets("r", "none", "x"));
        assertUnfit(
                "provider `desks` needs the name of restriction `P` for its own",
                base.restriction("p", columns()),
                restricts("r", "P"));
        assertUnfit(
                "provider `desks` needs the name of restriction `p` for its own",
                base,
                restricts("r", "p"),
                restricts("other", "p"));
    }

    @Test
    void reservedRolesAreNotRestricted() {
        String words = "provider `desks` restricts role `ROLE_%s`, which is reserved: for everyone but administrators,"
                + " name `PUBLIC`";
        assertUnfit(words.formatted("USER"), base, restricts("ROLE_USER", "p"));
        assertUnfit(words.formatted("ADMIN"), base, hides("ROLE_ADMIN", CITY));
        assertEquals(
                "all by provider desks, role ROLE_USER; by default by default",
                region(with(sets("role_user", "region", "all")), "someone"));
    }

    @Test
    void aValueIsOfItsType() {
        assertUnfit(
                "provider `desks` sets a value for role `r` that does not fit: context value `queries_time_limit` takes"
                        + " a literal of type `INTEGER`",
                base,
                sets("r", "queries_time_limit", "canary"));
        assertUnfit(
                "provider `desks` sets a value for role `r` that does not fit: limit `queries_time_limit` must be at"
                        + " least 1, or NULL for none",
                base,
                sets("r", "queries_time_limit", 0));
        Fact again = new Provided.Sets(Name.of("again"), Name.of("R"), Name.of("Region"), GivenValue.of("y"));
        assertUnfit(
                "provider `again` sets context value `region` for role `r`, for which provider `desks` sets it, too",
                base,
                sets("r", "region", "x"),
                again);
    }

    // Commands

    private static void assertRefusedAfter(Fixture fixture, String words, SecurityCommand command) {
        assertRefused(ErrorCode.INVALID_STATEMENT, words, () -> fixture.after(command));
    }

    @Test
    void whatItSpeaksOfCannotBeTakenAway() {
        Fixture merged = with(restricts("r", "p"), sets("other", "region", "x"));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "provider `desks` needs role `r` to exist",
                () -> merged.after(new DropRole(Name.of("R"), true)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "provider `desks` needs role `other` to exist",
                () -> merged.after(new DropRole(Name.of("other"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "provider `desks` needs context value `region` to exist",
                () -> merged.after(new DropContextValue(Name.of("region"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "provider `desks` sets a value for role `other` that does not fit: context value `region` takes a"
                        + " literal of type `INTEGER`",
                () -> merged.after(new SecurityCommand.CreateContextValue(
                        Name.of("region"),
                        ContextType.parse("INTEGER"),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "restriction `p` is granted to role `r`, which comes with role `outer`: revoke it from that first",
                () -> merged.after(new DropRole(Name.of("outer"), false)));
    }

    @Test
    void itsRestrictionsAreNotForCommands() {
        Fixture merged = with(base.restriction("s", columns(), "r"), restricts("r", "p"));
        String words = "restriction `P` is given by provider `desks`, and is changed there, not by a command";
        assertRefusedAfter(merged, words, new DropRestriction(Name.of("P"), false));
        assertRefusedAfter(merged, words, new DropRestriction(Name.of("P"), true));
        assertRefusedAfter(merged, words, new GrantRestrictions(names("s", "P"), names("other")));
        assertRefusedAfter(merged, words, new RevokeRestrictions(names("P"), names("r")));
        for (boolean replace : List.of(true, false)) {
            assertRefusedAfter(
                    merged,
                    words,
                    new CreateRestriction(Name.of("P"), SHOPS, "TRUE", columns(), replace, !replace, List.of()));
        }
        assertEquals(
                "(p)", merged.after(new DropRestriction(Name.of("s"), false)).effective("holder"));
    }

    @Test
    void itsValuesAreNotForCommands() {
        Fixture merged = with(base.setForRole("other", "region", "by sql"), sets("r", "region", "x"));
        Grantee r = new Grantee.Role(Name.of("R"));
        String words = "context value `region` of role `r` is set by provider `desks`, and is changed there, not by a"
                + " command";
        assertRefusedAfter(merged, words, new SetContextValue(r, Name.of("REGION"), GivenValue.of("y")));
        assertRefusedAfter(merged, words, new ResetContextValue(r, Name.of("region")));
        merged.setForRole("outer", "region", "z").setForUser("holder", "region", "z");
        merged.after(new ResetContextValue(new Grantee.Role(Name.of("other")), Name.of("region")));
        Fixture hidingOne = with(base.setForRole("r", "region", "before"), sets("r", "region", "x"));
        assertEquals(
                "x by provider desks, role r; before by role r; by default by default", region(hidingOne, "holder"));
        assertEquals(
                "x by provider desks, role r; by default by default",
                region(hidingOne.after(new ResetContextValue(r, Name.of("region"))), "holder"));
    }

    // Context values

    private static String region(Fixture fixture, String user) {
        return new ContextValueManager(new ListedAuthorities(names("r", "other")))
                        .resolve(fixture.caller(user), fixture.state().context(), TransientValues.none())
                        .get(Name.of("region"))
                        .set()
                        .stream()
                        .map(setting -> setting.value() + " by " + setting.source())
                        .collect(Collectors.joining("; "));
    }

    @Test
    void theRoleOfHigherAuthorityIsHeardWhoeverSpeaksForIt() {
        assertEquals(
                "high by role other; low by provider desks, role r; by default by default",
                region(with(base.setForRole("other", "region", "high"), sets("r", "region", "low")), "both"));
        assertEquals(
                "high by provider desks, role other; low by role r; by default by default",
                region(with(base.setForRole("r", "region", "low"), sets("other", "region", "high")), "both"));
        assertEquals("by default by default", region(with(sets("r", "region", "low")), "someone"));
        assertEquals(
                "of user by user; low by provider desks, role r; by default by default",
                region(with(base.setForUser("heir", "region", "of user"), sets("r", "region", "low")), "heir"));
        Fixture tied = base.role("a").user("cat", "a", "outer").setForRole("a", "region", "of a");
        assertEquals(
                "of a by role a, of equal authority; of outer by provider desks, role outer, of equal authority;"
                        + " by default by default",
                region(with(tied, sets("outer", "region", "of outer")), "cat"));
    }

    // What is hidden

    private static String readers(Fixture fixture, Scope scope, DefaultAccess byDefault) {
        Predicate<String> mayRead =
                user -> fixture.state().privileges().mayRead(fixture.caller(user), scope, byDefault);
        return Stream.of("admin", "someone", "holder", "heir", "both")
                .filter(mayRead)
                .collect(Collectors.joining(" "));
    }

    private static String readers(Fixture fixture, Scope scope) {
        return readers(fixture, scope, DefaultAccess.OPEN);
    }

    @Test
    void whatIsHiddenFromARoleIsNotForItsHolders() {
        Fixture hidden = with(hides("R", CITY));
        assertEquals("admin someone", readers(hidden, CITY));
        assertEquals("admin someone holder heir both", readers(hidden, new Scope.OfColumn(SHOPS, Name.of("Size"))));
        assertEquals("admin", readers(hidden, CITY, DefaultAccess.CLOSED));
        assertEquals("admin", readers(with(hides("PUBLIC", CITY)), CITY));
        for (Scope whole : List.of(ALL_OF_SHOPS, RETAIL)) {
            assertEquals("admin someone", readers(with(hides("r", whole)), CITY));
        }
        assertEquals(
                "admin someone holder heir both",
                readers(with(hides("r", new Scope.OfTable(TableName.of("retail", "Sales")))), CITY));
        assertEquals(false, hidden.state().privileges().isEmpty());
        assertEquals(hidden.state().privileges(), hidden.state().privileges().without(SHOPS));
    }

    @Test
    void whatSqlGrantsToEveryoneDoesNotUncoverIt() {
        for (Scope granted : List.of(CITY, ALL_OF_SHOPS, RETAIL)) {
            Fixture said = base.after(new GrantSelect(List.of(granted), names("PUBLIC")));
            assertEquals("admin someone", readers(with(said, hides("r", CITY)), CITY));
            assertEquals("admin someone", readers(with(said, hides("r", CITY)), CITY, DefaultAccess.CLOSED));
            assertEquals("admin", readers(with(said, hides("public", CITY)), CITY));
        }
    }

    @Test
    void whatSqlGrantsToTheRoleItselfDoesNotUncoverItAndToAnotherRoleDoes() {
        for (Scope granted : List.of(CITY, ALL_OF_SHOPS, RETAIL)) {
            Fixture toItself = base.after(new GrantSelect(List.of(granted), names("r")));
            assertEquals("admin someone", readers(with(toItself, hides("r", CITY)), CITY));
            assertEquals("admin", readers(with(toItself, hides("r", CITY)), CITY, DefaultAccess.CLOSED));
            Fixture toOther = base.after(new GrantSelect(List.of(granted), names("other")));
            assertEquals("admin someone both", readers(with(toOther, hides("r", CITY)), CITY));
            assertEquals("admin holder heir both", readers(with(toItself, hides("PUBLIC", CITY)), CITY));
        }
    }

    @Test
    void manyRolesAreSearchedEitherWayRound() {
        Caller many = new Caller(Name.of("many"), Set.copyOf(names("a", "b", "c", "d", "R")));
        assertEquals(false, with(hides("r", CITY)).state().privileges().mayRead(many, CITY, DefaultAccess.OPEN));
    }

    @Test
    void aGrantThatWouldDoNothingIsRefused() {
        Fixture hidden = with(hides("r", CITY));
        assertRefusedAfter(
                hidden,
                "this is hidden from `r` by provider `desks`, and is changed there, not by a command",
                new GrantSelect(List.of(CITY), names("other", "R")));
        assertEquals("admin someone", readers(hidden.after(new GrantSelect(List.of(ALL_OF_SHOPS), names("r"))), CITY));
        assertEquals("admin someone both", readers(hidden.after(new GrantSelect(List.of(CITY), names("other"))), CITY));
    }

    @Test
    void rolesAreGrantedAsBefore() {
        Fixture merged = with(restricts("r", "p"), hides("r", CITY));
        Fixture granted = merged.after(new GrantRoles(names("r"), new Grantee.User(Name.of("someone"))));
        assertEquals("(p)", granted.effective("someone"));
        assertEquals("admin", readers(granted, CITY));
    }

    // Cubes

    private final Fixture cubed = base.after(SalesCube.creation(SalesCube.CUBE));

    private static Fact grants(String role, MemberPath... paths) {
        return new Provided.GrantsMembers(DESKS, SalesCube.members(SalesCube.GEOGRAPHY, role, paths));
    }

    private static Fact shows(String role, Part.Kind kind, String part, boolean isShown) {
        return new Provided.SetsVisibility(DESKS, Name.of(role), SalesCube.part(kind, part), isShown);
    }

    private static Fact defaults(String role, String member) {
        return new Provided.SetsDefaultMember(
                DESKS, Name.of(role), SalesCube.named("currency"), SalesCube.path(member));
    }

    private static String conditions(Fixture fixture, String user) {
        return fixture.state().effective(fixture.caller(user), SHOPS).alternatives().stream()
                .map(alternatives ->
                        alternatives.stream().map(Restriction::condition).collect(Collectors.joining(" | ")))
                .collect(Collectors.joining(" & "));
    }

    @Test
    void membersAreGrantedBesideThoseThatSqlGrants() {
        Fixture both = with(
                cubed.after(SalesCube.grant(SalesCube.GEOGRAPHY, "other", SalesCube.path("Spain"))),
                grants("R", SalesCube.path("France")));
        assertEquals("\"Country\" = 'France' | \"Country\" = 'Spain'", conditions(both, "both"));
        assertEquals("\"Country\" = 'France'", conditions(both, "heir"));
        assertEquals("", conditions(both, "someone"));
        Name name = Name.of("desks/retail.Sales cube.Geography for r");
        assertEquals(Optional.of(DESKS), both.state().provider(name));
        assertEquals(Optional.empty(), both.state().provider(Name.of("retail.Sales cube.Geography for other")));
        assertEquals(
                Optional.of(Set.of(SalesCube.path("France"))),
                both.state()
                        .cubes()
                        .provided()
                        .members(SalesCube.named("Geography"), Name.of("r"))
                        .map(MembersGrant::members));
        assertEquals(
                "\"Country\" = 'Spain'", conditions(new Fixture(both.state().stored()), "both"));
        assertEquals(
                "\"Country\" = 'France'",
                conditions(with(cubed, grants("PUBLIC", SalesCube.path("France"))), "someone"));
    }

    @Test
    void membersThatSeveralGrantAreUnited() {
        Fact other = new Provided.GrantsMembers(
                Name.of("others"), SalesCube.members(SalesCube.GEOGRAPHY, "r", SalesCube.path("Spain")));
        Fixture both = with(cubed, grants("r", SalesCube.path("France")), other);
        assertEquals("\"Country\" = 'France' | \"Country\" = 'Spain'", conditions(both, "holder"));
        assertEquals(
                Optional.of(Set.of(SalesCube.path("France"), SalesCube.path("Spain"))),
                both.state()
                        .cubes()
                        .provided()
                        .members(SalesCube.named("Geography"), Name.of("r"))
                        .map(MembersGrant::members));
        assertUnfit(
                "provider `desks` needs the name of restriction `desks/retail.Sales cube.Geography for r` for its own",
                cubed.restriction("desks/retail.Sales cube.Geography for r", columns("City")),
                grants("r", SalesCube.path("France")));
    }

    @Test
    void aProviderIsHeardBeforeSql() {
        Fixture said = cubed.after(new SetVisibility(SalesCube.part(Part.Kind.MEASURE, "Average"), Name.of("r"), true))
                .after(new SetDefaultMember(new DefaultMember(
                        SalesCube.named("Currency"), new Grantee.Role(Name.of("r")), SalesCube.path("USD"))));
        Fixture both = with(said, shows("R", Part.Kind.MEASURE, "AVERAGE", false), defaults("R", "EUR"));
        ListedAuthorities authorities = new ListedAuthorities(List.of());
        assertEquals(
                false,
                both.state().cubes().isShown(both.caller("holder"), SalesCube.CUBE, SalesCube.AVERAGE, authorities));
        assertEquals(
                Optional.of(SalesCube.path("EUR")),
                both.state()
                        .cubes()
                        .defaultMember(both.caller("holder"), SalesCube.named("Currency"), authorities)
                        .map(DefaultMember::member));
        assertEquals(said.state(), both.state().stored());
    }

    @Test
    void everyPartItSpeaksOfIsThere() {
        assertUnfit(
                "provider `desks` needs hierarchy `Geography` of cube `retail.Sales cube` to be as it was",
                base,
                grants("r", SalesCube.path("x")));
        assertUnfit(
                "provider `desks` needs measure `City` of cube `retail.Sales cube` to exist",
                cubed,
                shows("r", Part.Kind.MEASURE, "City", false));
        assertUnfit(
                "provider `desks` needs hierarchy `currency` of cube `retail.Sales cube` to exist",
                base,
                defaults("r", "x"));
        assertUnfit(
                "provider `desks` sets the visibility of measure `Average` of cube `retail.Sales cube` for role `r`,"
                        + " which is set already",
                cubed,
                shows("r", Part.Kind.MEASURE, "Average", false),
                shows("R", Part.Kind.MEASURE, "average", true));
        assertUnfit(
                "provider `desks` sets a default member of hierarchy `Currency` of cube `retail.Sales cube` for role"
                        + " `r`, for which one is set already",
                cubed,
                defaults("r", "x"),
                defaults("r", "y"));
        for (String reserved : List.of("ROLE_USER", "ROLE_ADMIN")) {
            assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> with(cubed, grants(reserved, SalesCube.path("x"))));
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS,
                    () -> with(cubed, shows(reserved, Part.Kind.MEASURE, "Average", true)));
            with(cubed, defaults(reserved, "x"));
        }
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> with(cubed, defaults("PUBLIC", "x")));
        with(cubed, shows("PUBLIC", Part.Kind.MEASURE, "Average", true));
    }

    @Test
    void commandsDoNotChangeWhatItSaysOfCubes() {
        Part average = SalesCube.part(Part.Kind.MEASURE, "Average");
        Fixture both = with(
                cubed,
                grants("r", SalesCube.path("France")),
                shows("r", Part.Kind.MEASURE, "Average", false),
                defaults("r", "EUR"));
        String end = " by provider `desks`, and is changed there, not by a command";
        String visibility = "visibility of measure `Average` of cube `retail.Sales cube` for role `r` is set" + end;
        Name r = Name.of("R");
        assertRefused(ErrorCode.INVALID_STATEMENT, visibility, () -> both.after(new SetVisibility(average, r, true)));
        assertRefused(ErrorCode.INVALID_STATEMENT, visibility, () -> both.after(new ResetVisibility(average, r)));
        both.after(new SetVisibility(average, Name.of("other"), true));
        both.after(new SetVisibility(SalesCube.part(Part.Kind.MEASURE, "Quantity.SUM"), r, true));
        DefaultMember member =
                new DefaultMember(SalesCube.named("Currency"), new Grantee.Role(r), SalesCube.path("USD"));
        String of = "the default member of hierarchy `retail.Sales cube.currency` for role `r` is set" + end;
        assertRefused(ErrorCode.INVALID_STATEMENT, of, () -> both.after(new SetDefaultMember(member)));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                of,
                () -> both.after(new ResetDefaultMember(member.hierarchy(), member.grantee())));
        RevokeMembers revoke = new RevokeMembers(SalesCube.named("Geography"), r, List.of());
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "what role `r` sees of hierarchy `retail.Sales cube.Geography` is granted" + end,
                () -> both.after(revoke));
        Fixture more = both.after(SalesCube.grant(SalesCube.GEOGRAPHY, "r", SalesCube.path("Spain")));
        assertEquals("\"Country\" = 'France' | \"Country\" = 'Spain'", conditions(more, "holder"));
        assertEquals("\"Country\" = 'France'", conditions(more.after(revoke), "holder"));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                () -> both.after(new DropRestriction(Name.of("desks/retail.Sales cube.Geography for r"), false)));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> both.after(new DropCube(SalesCube.NAME, false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "measure `Average` of cube `retail.Sales cube` is hidden from role `r`, which comes with role `outer`:"
                        + " revoke it from that first",
                () -> with(cubed, shows("r", Part.Kind.MEASURE, "Average", false))
                        .after(new DropRole(Name.of("outer"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "provider `desks` needs role `r` to exist",
                () -> with(cubed, shows("r", Part.Kind.MEASURE, "Average", false))
                        .after(new DropRole(r, false)));
    }

    @Test
    void declaredCubesStayUnderWhatItSays() {
        Fixture declared = new Fixture(base.state().withDeclared(List.of(SalesCube.CUBE)));
        Fixture said = with(declared, grants("r", SalesCube.path("France")));
        assertEquals("\"Country\" = 'France'", conditions(said, "holder"));
        Fixture later = said.after(new CreateRole(Name.of("new"), false));
        assertEquals(List.of(SalesCube.CUBE), later.state().cubes().all());
        assertEquals("\"Country\" = 'France'", conditions(later, "holder"));
        SecurityState again = later.state().withDeclared(List.of(SalesCube.CUBE));
        assertEquals(later.state(), again);
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> later.state().withDeclared(List.of()));
    }
}
