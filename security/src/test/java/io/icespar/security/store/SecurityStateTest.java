package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.CreateView;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.role.RoleMappings;
import io.icespar.security.view.View;
import io.icespar.security.view.Views;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which facts make a state, and which states say the same. */
class SecurityStateTest {
    private static final Scope CITY = new Scope.OfColumn(Fixture.SHOPS, Name.of("City"));
    private static final Fixture BASE = Fixture.administered()
            .role("r")
            .user("u", "r")
            .contextValue("fixed", "VARCHAR", "x")
            .settable("free", "VARCHAR")
            .restriction("s", columns("City"), "r");

    // Facts as a store reads them, each time with one that does not fit

    private static SortedMap<Name, Role> with(Role role) {
        SortedMap<Name, Role> roles = new TreeMap<>(BASE.state().roleMap());
        roles.put(role.name(), role);
        return roles;
    }

    private static SecurityState roles(SortedMap<Name, Role> roles) {
        return SecurityState.of(
                1, BASE.state().userMap(), roles, BASE.state().restrictionMap(), ContextSettings.none());
    }

    private static SecurityState without(Name role) {
        SortedMap<Name, Role> roles = new TreeMap<>(BASE.state().roleMap());
        roles.remove(role);
        return SecurityState.of(
                1, Collections.emptySortedMap(), roles, Collections.emptySortedMap(), ContextSettings.none());
    }

    private static SecurityState user(String role) {
        User user = new User(Name.of("u"), Optional.empty(), Set.of(Name.of(role)));
        return SecurityState.of(
                1,
                new TreeMap<>(Map.of(user.name(), user)),
                BASE.state().roleMap(),
                Collections.emptySortedMap(),
                ContextSettings.none());
    }

    private static SecurityState restriction(String grantee, String... reads) {
        Restriction restriction =
                new Restriction(Name.of("s"), Fixture.SHOPS, "TRUE", columns("City"), Set.copyOf(names(reads)));
        return SecurityState.of(
                1,
                BASE.state().userMap(),
                BASE.state().roleMap(),
                new TreeMap<>(
                        Map.of(restriction.name(), new GrantedRestriction(restriction, Set.copyOf(names(grantee))))),
                BASE.state().context());
    }

    private static SecurityState setFor(String user, String role) {
        TypedValue value = ContextType.parse("VARCHAR").convert("x").orElseThrow();
        SortedMap<Name, TypedValue> set = new TreeMap<>(Map.of(Name.of("fixed"), value));
        return settings(new ContextSettings(
                BASE.state().context().created(),
                new TreeMap<>(Map.of(Name.of(user), set)),
                new TreeMap<>(Map.of(Name.of(role), set))));
    }

    private static SecurityState created(String value) {
        ContextDefinition definition = new ContextDefinition(
                Name.of(value), ContextType.parse("INTEGER"), Optional.empty(), Optional.empty(), false);
        return settings(new ContextSettings(
                new TreeMap<>(Map.of(definition.name(), definition)),
                Collections.emptySortedMap(),
                Collections.emptySortedMap()));
    }

    private static SecurityState settings(ContextSettings settings) {
        return SecurityState.of(
                1, BASE.state().userMap(), BASE.state().roleMap(), Collections.emptySortedMap(), settings);
    }

    private static SecurityState privilege(String grantee) {
        return BASE.state()
                .withStored(
                        TableRules.NONE.withPrivileges(new Privileges(Map.of(Name.of(grantee), Map.of(CITY, true)))));
    }

    private static SecurityState mask(String to, List<Name> except, String... reads) {
        Mask mask = new Mask(
                Name.of("m"),
                Fixture.SHOPS,
                Name.of("City"),
                "1",
                Set.copyOf(names(to)),
                Set.copyOf(except),
                Set.copyOf(names(reads)));
        return BASE.state().withStored(TableRules.NONE.withMasks(new Masks(List.of(mask))));
    }

    private static SecurityState mapped(String role, String byDefault) {
        return BASE.state()
                .withStored(new RoleMappings(
                        new TreeMap<>(Map.of("of a provider", Set.of(Name.of(role)))), Set.of(Name.of(byDefault))));
    }

    @Test
    void mappingsThatAStoreReadFitTheRoles() {
        assertEquals(
                Set.of(Name.of("r")), mapped("r", "ROLE_USER").roleMappings().of("of a provider"));
        assertThrows(IllegalArgumentException.class, () -> mapped("nobodys", "ROLE_USER"));
        assertThrows(IllegalArgumentException.class, () -> mapped("r", "nobodys"));
        assertThrows(IllegalArgumentException.class, () -> mapped("r", "ROLE_ADMIN"));
    }

    private static SecurityState view(String reads) {
        return BASE.state().withStored(Views.none().with(viewReading(reads)));
    }

    private static View viewReading(String value) {
        return new View(
                FullState.OUTER.name(), FullState.OUTER.columns(), "VALUES (1)", Map.of(), Set.of(Name.of(value)));
    }

    private static SecurityState cubes(Cube cube, CubeRules said) {
        return BASE.state().withStored(new Cubes(List.of(cube), said));
    }

    private static SecurityState cube(Measure... measures) {
        return cubes(SalesCube.cube(List.of(SalesCube.GEOGRAPHY), measures), CubeRules.none());
    }

    private static SecurityState said(CubeRules said) {
        return cubes(SalesCube.CUBE, said);
    }

    private static SecurityState granted(MembersGrant... grants) {
        return said(new CubeRules(List.of(grants), Map.of(), List.of()));
    }

    private static MembersGrant grant(String role, String country) {
        return SalesCube.members(SalesCube.GEOGRAPHY, role, SalesCube.path(country));
    }

    private static SecurityState shown(String role) {
        return said(CubeRules.none().withVisibility(SalesCube.part(Part.Kind.MEASURE, "Average"), Name.of(role), true));
    }

    private static SecurityState defaulted(Grantee grantee) {
        return said(
                CubeRules.none().with(new DefaultMember(SalesCube.named("Currency"), grantee, SalesCube.path("EUR"))));
    }

    static Stream<Runnable> unfitCubes() {
        Measure reading = new Measure(
                Name.of("m"), "m", Optional.empty(), Optional.empty(), Set.of(), Set.of(Name.of("nothing")));
        return Stream.of(
                () -> cube(reading),
                () -> cube(SalesCube.measure("m", "nothing")),
                () -> cube(SalesCube.measure("m", "m")),
                () -> view("free")
                        .withStored(new Cubes(
                                List.of(new Cube(FullState.OUTER.name(), SalesCube.SALES, List.of(), List.of())),
                                CubeRules.none())),
                () -> granted(grant("nobody", "x")),
                () -> granted(grant("ROLE_USER", "x")),
                () -> granted(grant("r", "x"), grant("R", "y")),
                () -> BASE.restriction("retail.Sales cube.Geography for r", columns("City"))
                        .state()
                        .withStored(new Cubes(List.of(), new CubeRules(List.of(grant("r", "x")), Map.of(), List.of()))),
                () -> shown("nobody"),
                () -> shown("ROLE_ADMIN"),
                () -> defaulted(new Grantee.Role(Name.of("nobody"))),
                () -> defaulted(new Grantee.User(Name.of("r"))));
    }

    @ParameterizedTest
    @MethodSource("unfitCubes")
    void cubesThatDoNotFitAreNoState(Runnable made) {
        assertThrows(IllegalArgumentException.class, made::run);
    }

    @Test
    void cubesThatFitAreAState() {
        assertEquals(List.of(SalesCube.CUBE), said(CubeRules.none()).cubes().all());
        assertEquals(
                2,
                granted(grant("r", "x"), grant("PUBLIC", "x")).restrictions(Fixture.SHOPS).stream()
                        .filter(restriction -> restriction.subject() instanceof Subject.Hierarchy)
                        .count());
        Hierarchy other = SalesCube.hierarchy(
                "Geography", "Shops", SalesCube.GEOGRAPHY.levels().get(0));
        MembersGrant ofAnother = SalesCube.members(other, "r", SalesCube.path("x"));
        assertEquals(List.of(ofAnother), granted(ofAnother).cubes().said().members());
        assertEquals(1, shown("PUBLIC").cubes().said().visibility().size());
        assertEquals(
                1,
                defaulted(new Grantee.Role(ReservedRoles.USER))
                        .cubes()
                        .said()
                        .defaultMembers()
                        .size());
        assertEquals(
                1,
                defaulted(new Grantee.User(Name.of("u")))
                        .cubes()
                        .said()
                        .defaultMembers()
                        .size());
        Cubes gone = new Cubes(List.of(), new CubeRules(List.of(grant("r", "x")), Map.of(), List.of()));
        assertEquals(1, BASE.state().withStored(gone).cubes().said().members().size());
    }

    static Stream<Runnable> unfit() {
        return Stream.of(
                () -> without(ReservedRoles.USER),
                () -> without(ReservedRoles.ADMIN),
                () -> roles(with(new Role(ReservedRoles.PUBLIC, Set.of()))),
                () -> roles(with(new Role(Name.of("r"), Set.of(Name.of("nobody"))))),
                () -> roles(with(new Role(Name.of("r"), Set.of(Name.of("r"))))),
                () -> user("nobody"),
                () -> restriction("nobody"),
                () -> restriction("ROLE_USER"),
                () -> restriction("r", "free"),
                () -> restriction("r", "nothing"),
                () -> setFor("nobody", "r"),
                () -> setFor("u", "nobody"),
                () -> created("queries_time_limit"),
                () -> privilege("nobody"),
                () -> privilege("ROLE_ADMIN"),
                () -> mask("nobody", List.of()),
                () -> mask("PUBLIC", names("nobody")),
                () -> mask("PUBLIC", List.of(), "free"),
                () -> view("nothing"));
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void factsThatDoNotFitTogetherAreNoState(Runnable made) {
        assertThrows(IllegalArgumentException.class, made::run);
    }

    @Test
    void factsThatFitAreAState() {
        assertEquals(
                BASE.state(),
                SecurityState.of(
                        BASE.state().epoch(),
                        BASE.state().userMap(),
                        BASE.state().roleMap(),
                        BASE.state().restrictionMap(),
                        BASE.state().context()));
        assertEquals(names("r"), user("r").users().get(0).roles().stream().toList());
        assertEquals(Set.copyOf(names("PUBLIC")), restriction("PUBLIC", "fixed").grantees(Name.of("s")));
        assertEquals(1, setFor("u", "r").context().users().size());
        assertEquals(1, created("limit").context().created().size());
        assertEquals(1, privilege("PUBLIC").privileges().said().size());
        assertEquals(1, privilege("r").privileges().said().size());
        assertEquals(1, mask("PUBLIC", names("r"), "fixed").masks().all().size());
        assertEquals(1, mask("r", List.of()).masks().all().size());
        assertEquals(1, view("free").views().all().size());
    }

    // Which states say the same

    static Stream<UnaryOperator<Fixture>> changes() {
        return Stream.of(
                state -> state.user("new"),
                state -> state.role("new"),
                state -> state.restriction("new", columns("City"), "r"),
                state -> state.after(new GrantSelect(List.of(CITY), names("PUBLIC"))),
                state -> state.after(
                        new CreateMask(Name.of("m"), Fixture.SHOPS, Name.of("City"), "1", true, List.of(), List.of())),
                state -> state.setForUser("u", "fixed", "y"),
                state -> state.after(new CreateView(viewReading("free"), true, false)),
                state -> state.after(SalesCube.creation(SalesCube.CUBE)),
                state -> new Fixture(state.state().withDeclared(List.of(SalesCube.CUBE))),
                state -> new Fixture(state.state()
                        .with(new Provided(List.of(new Provided.Hides(Name.of("p"), Name.of("r"), CITY))))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void statesThatDifferInOneThingAreNotAlike(UnaryOperator<Fixture> change) {
        SecurityState changed = change.apply(BASE).state();
        assertEquals(false, BASE.state().isLike(changed));
        assertEquals(true, changed.isLike(change.apply(BASE).state()));
    }

    @Test
    void oneChangeLaterNothingElseNeedDiffer() {
        SecurityState later = BASE.after(new GrantSelect(List.of(), List.of())).state();
        assertEquals(true, BASE.state().isLike(later));
        assertNotEquals(BASE.state(), later);
        assertEquals(false, BASE.state().isEmpty());
        assertEquals(true, SecurityState.empty().isEmpty());
    }

    @Test
    void aStateWithAnythingInItIsNotEmpty() {
        for (Fixture something : List.of(
                Fixture.empty().user("u"),
                Fixture.empty().role("r"),
                Fixture.empty().restriction("s", columns("City")),
                Fixture.empty().after(new GrantSelect(List.of(CITY), names("PUBLIC"))),
                Fixture.empty().contextValue("v", "VARCHAR", "x"),
                Fixture.empty().after(new CreateView(FullState.OUTER, false, false)))) {
            assertEquals(false, something.state().isEmpty());
        }
    }

    @Test
    void namesAreComparedWithoutRegardToCase() {
        Name name = Name.of("Groß");
        assertEquals("gross", name.folded());
        assertEquals(Name.of("GROSS"), name);
        assertEquals("groß".length(), name.spelling().length());
        // An old form of the letter s, which has no lower case of its own.
        assertEquals("s", Name.of("\u017f").folded());
        assertNotEquals(Name.of("Gross "), name);
    }
}
