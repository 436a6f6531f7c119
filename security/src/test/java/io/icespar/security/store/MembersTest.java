package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static io.icespar.security.store.SalesCube.CURRENCY;
import static io.icespar.security.store.SalesCube.DEEP;
import static io.icespar.security.store.SalesCube.GEOGRAPHY;
import static io.icespar.security.store.SalesCube.NAME;
import static io.icespar.security.store.SalesCube.SALES;
import static io.icespar.security.store.SalesCube.SIZE;
import static io.icespar.security.store.SalesCube.TO_COUNTRIES;
import static io.icespar.security.store.SalesCube.TO_SHOPS;
import static io.icespar.security.store.SalesCube.column;
import static io.icespar.security.store.SalesCube.creation;
import static io.icespar.security.store.SalesCube.cube;
import static io.icespar.security.store.SalesCube.grant;
import static io.icespar.security.store.SalesCube.hierarchy;
import static io.icespar.security.store.SalesCube.join;
import static io.icespar.security.store.SalesCube.members;
import static io.icespar.security.store.SalesCube.named;
import static io.icespar.security.store.SalesCube.path;
import static io.icespar.security.store.SalesCube.replacement;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.Level;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members that are granted, as restrictions on tables. */
@Tag("security")
class MembersTest {
    private static final String OF_R = "retail.Sales cube.Geography for r";

    private final Fixture base = Fixture.administered()
            .role("r")
            .role("other")
            .role("free")
            .user("u", "r", "other", "free")
            .user("someone", "ROLE_USER")
            .after(creation(cube(List.of(GEOGRAPHY, SIZE, CURRENCY))));

    private static List<Restriction> restrictions(Hierarchy hierarchy, String... path) {
        return new MemberRestrictions(members(hierarchy, "r", path(path)), "").all();
    }

    private static List<String> tables(Level... levels) {
        return restrictions(hierarchy("h", "d", levels), "x", "y").stream()
                .map(restriction -> restriction.table().table().spelling())
                .toList();
    }

    private static Level level(String name, Join... path) {
        return new Level(Name.of(name), column(name, path));
    }

    // Where they hold

    @Test
    void theyHoldOnTheTableOfTheLevels() {
        Restriction restriction = restrictions(GEOGRAPHY, "France", "Paris").get(0);
        assertEquals(Fixture.SHOPS, restriction.table());
        assertEquals("(\"Country\" = 'France' AND \"City\" = 'Paris')", restriction.condition());
        assertEquals(new Subject.Hierarchy(named("GEOGRAPHY")), restriction.subject());
        assertEquals(Name.of(OF_R), restriction.name());
        assertEquals(Set.of(), restriction.contextValues());
        assertEquals(1, restrictions(GEOGRAPHY, "France").size());
        assertEquals(SALES, restrictions(CURRENCY, "EUR").get(0).table());
    }

    @Test
    void coarserTablesShowNoOtherMembers() {
        List<Restriction> all = restrictions(DEEP, "Europe", "France", "Paris");
        assertEquals(
                List.of("Shops", "Countries"),
                all.stream().map(each -> each.table().table().spelling()).toList());
        assertEquals(
                "(\"Country\" IN (SELECT \"Country ID\" FROM \"retail\".\"Countries\" WHERE (\"Continent\" = 'Europe' AND"
                        + " \"Country\" = 'France')) AND \"City\" = 'Paris')",
                all.get(0).condition());
        assertEquals(
                "(\"Continent\" = 'Europe' AND \"Country\" = 'France')",
                all.get(1).condition());
        assertEquals(
                Name.of("retail.Sales cube.Deep for r on retail.Countries"),
                all.get(1).name());
        assertEquals(all.get(0).subject(), all.get(1).subject());
    }

    @Test
    void levelsOfSeveralBranchesMeetAtTheFacts() {
        Join toProducts = join("Product", "Products", "Product ID");
        assertEquals(List.of("Sales", "Shops"), tables(level("City", TO_SHOPS), level("Product", toProducts)));
        assertEquals(List.of("Sales", "Products"), tables(level("Product", toProducts), level("City", TO_SHOPS)));
        assertEquals(List.of("Sales"), tables(level("Currency"), level("City", TO_SHOPS)));
        assertEquals(
                List.of("Sales", "Shops", "Countries"),
                tables(level("Country", TO_SHOPS, TO_COUNTRIES), level("Product", toProducts)));
    }

    @Test
    void aTableThatTheLevelsReachInTwoWaysHoldsOthersToo() {
        assertEquals(
                List.of("Sales"),
                tables(
                        level("Origin", join("From", "Places", "Place ID")),
                        level("Destination", join("To", "Places", "Place ID"))));
    }

    @Test
    void everyNameStandsForOneThing() {
        Fixture odd = base.after(replacement(cube(List.of(DEEP))))
                .role("r on retail.Countries")
                .role("\"x")
                .after(grant(DEEP, "r", path("Europe")))
                .after(grant(DEEP, "r on retail.Countries", path("Europe")))
                .after(grant(DEEP, "\"x", path("Europe")));
        assertEquals(
                names(
                        "retail.Sales cube.Deep for \"\"\"x\"",
                        "retail.Sales cube.Deep for \"\"\"x\" on retail.Countries",
                        "retail.Sales cube.Deep for \"r on retail.Countries\"",
                        "retail.Sales cube.Deep for \"r on retail.Countries\" on retail.Countries",
                        "retail.Sales cube.Deep for r",
                        "retail.Sales cube.Deep for r on retail.Countries"),
                odd.state().restrictions().stream().map(Restriction::name).toList());
    }

    // How they combine

    private static String effective(Fixture fixture, String user, TableName table) {
        EffectiveRestriction effective = fixture.state().effective(fixture.caller(user), table);
        return effective.alternatives().stream()
                .map(alternatives ->
                        alternatives.stream().map(Restriction::condition).collect(Collectors.joining(" | ", "[", "]")))
                .collect(Collectors.joining(" & "));
    }

    @Test
    void ofOneHierarchyTheyAreAlternatives() {
        Fixture fixture = base.after(grant(GEOGRAPHY, "r", path("France")))
                .after(grant(GEOGRAPHY, "other", path("Spain", "Madrid")));
        assertEquals(
                "[(\"Country\" = 'Spain' AND \"City\" = 'Madrid') | \"Country\" = 'France']",
                effective(fixture, "u", Fixture.SHOPS));
        assertEquals("", effective(fixture, "someone", Fixture.SHOPS));
        assertEquals("", effective(fixture, "admin", Fixture.SHOPS));
    }

    @Test
    void acrossHierarchiesAndOtherSubjectsAllHold() {
        Fixture fixture = base.after(grant(GEOGRAPHY, "r", path("France")))
                .after(grant(SIZE, "other", path("big")))
                .after(grant(SIZE, "r", path("small")))
                .restriction("a", columns("Country"), "r")
                .restriction("z", columns("Country", "City"), "r");
        assertEquals(
                "[a] & [\"Country\" = 'France'] & [\"Shop size\" = 'big' | \"Shop size\" = 'small'] & [z]",
                effective(fixture, "u", Fixture.SHOPS));
    }

    @Test
    void whatIsGrantedToEveryoneRestrictsEveryone() {
        Fixture fixture = base.after(grant(GEOGRAPHY, "PUBLIC", path("France")));
        assertEquals("[\"Country\" = 'France']", effective(fixture, "someone", Fixture.SHOPS));
        assertEquals("", effective(fixture, "admin", Fixture.SHOPS));
    }

    @Test
    void aTableThatRequiresARestrictionIsSatisfied() {
        Fixture fixture = base.after(new SecurityCommand.SetRowSecurity(Fixture.SHOPS, true))
                .after(grant(GEOGRAPHY, "r", path("France")));
        assertEquals("[\"Country\" = 'France']", effective(fixture, "u", Fixture.SHOPS));
        assertEquals("[]", effective(fixture, "someone", Fixture.SHOPS));
    }

    @Test
    void equalRightsGiveEqualConditions() {
        Fixture one = base.after(grant(GEOGRAPHY, "r", path("b"), path("a"))).after(grant(GEOGRAPHY, "r", path("c")));
        Fixture other = base.after(grant(GEOGRAPHY, "r", path("c"))).after(grant(GEOGRAPHY, "r", path("a"), path("b")));
        assertEquals("[\"Country\" IN ('a', 'b', 'c')]", effective(one, "u", Fixture.SHOPS));
        assertEquals(effective(one, "u", Fixture.SHOPS), effective(other, "u", Fixture.SHOPS));
    }

    @Test
    void theyHoldAsLongAsTheyAreGranted() {
        Fixture stored = Fixture.administered().role("r").user("u", "r");
        Fixture gone = new Fixture(new Fixture(stored.state().withDeclared(List.of(SalesCube.CUBE)))
                .after(grant(GEOGRAPHY, "r", path("France")))
                .state()
                .withDeclared(List.of()));
        assertEquals("[\"Country\" = 'France']", effective(gone, "u", Fixture.SHOPS));
        Fixture revoked = gone.after(new RevokeMembers(named("Geography"), Name.of("r"), List.of()));
        assertEquals("", effective(revoked, "u", Fixture.SHOPS));
        assertEquals(List.of(), revoked.state().restrictions());
    }

    // What is said of them

    @Test
    void theyAreListedLikeRestrictions() {
        Fixture fixture = base.after(grant(GEOGRAPHY, "R", path("France"))).restriction("a", columns("Country"), "r");
        assertEquals(
                names("a", OF_R),
                fixture.state().restrictions().stream().map(Restriction::name).toList());
        assertEquals(
                names("a", OF_R),
                fixture.state().restrictions(Fixture.SHOPS).stream()
                        .map(Restriction::name)
                        .toList());
        assertEquals(Set.of(Name.of("r")), fixture.state().grantees(Name.of(OF_R)));
        assertEquals(
                Fixture.SHOPS,
                fixture.state().findRestriction(Name.of(OF_R)).orElseThrow().table());
    }

    @Test
    void commandsOnRestrictionsLeaveThemAlone() {
        Fixture fixture = base.after(grant(GEOGRAPHY, "r", path("France")));
        List<Name> names = names(OF_R);
        for (SecurityCommand command : List.of(
                new DropRestriction(names.get(0), true),
                new GrantRestrictions(names, names("other")),
                new RevokeRestrictions(names, names("r")),
                new CreateRestriction(names.get(0), Fixture.SHOPS, "TRUE", columns(), true, false, List.of()),
                new CreateRestriction(names.get(0), SALES, "TRUE", columns(), false, true, List.of()))) {
            assertRefused(
                    ErrorCode.INVALID_STATEMENT,
                    "restriction `" + OF_R + "` comes of members that are granted, and is changed by `GRANT MEMBERS`"
                            + " and `REVOKE MEMBERS`",
                    () -> fixture.after(command));
        }
    }

    @Test
    void theirNamesAreTheirOwn() {
        Fixture taken = base.restriction(OF_R, columns("Country"), "r");
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "restriction `" + OF_R + "` exists already, and the members would restrict by that name: drop it first",
                () -> taken.after(grant(GEOGRAPHY, "r", path("France"))));
        assertEquals(NAME, named("Geography").cube());
    }
}
