package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static io.icespar.security.store.SalesCube.AVERAGE;
import static io.icespar.security.store.SalesCube.CUBE;
import static io.icespar.security.store.SalesCube.CURRENCY;
import static io.icespar.security.store.SalesCube.GEOGRAPHY;
import static io.icespar.security.store.SalesCube.NAME;
import static io.icespar.security.store.SalesCube.SALES;
import static io.icespar.security.store.SalesCube.SIZE;
import static io.icespar.security.store.SalesCube.SUM;
import static io.icespar.security.store.SalesCube.column;
import static io.icespar.security.store.SalesCube.creation;
import static io.icespar.security.store.SalesCube.cube;
import static io.icespar.security.store.SalesCube.grant;
import static io.icespar.security.store.SalesCube.hierarchy;
import static io.icespar.security.store.SalesCube.measure;
import static io.icespar.security.store.SalesCube.named;
import static io.icespar.security.store.SalesCube.part;
import static io.icespar.security.store.SalesCube.path;
import static io.icespar.security.store.SalesCube.replacement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.AddHierarchy;
import io.icespar.security.command.SecurityCommand.AddMeasure;
import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.command.SecurityCommand.CreateCube;
import io.icespar.security.command.SecurityCommand.CreateView;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.DropCube;
import io.icespar.security.command.SecurityCommand.DropCubePart;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetDefaultMember;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.command.SecurityCommand.SetVisibility;
import io.icespar.security.context.ContextType;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.Part.Kind;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which cubes there can be, which parts they have, and which stay. */
class CubesTest {
    private final Fixture fixture = Fixture.administered().role("r").user("u", "r");
    private final Fixture made = fixture.after(creation(CUBE));

    private static Fixture declared(Fixture stored, Cube... cubes) {
        return new Fixture(stored.state().withDeclared(List.of(cubes)));
    }

    private static Cube present(Fixture fixture) {
        return fixture.state().cubes().find(NAME).orElseThrow();
    }

    /** A view that reads a table or cube. */
    private static CreateView view(String name, TableName read, String... columns) {
        return new CreateView(
                new View(
                        TableName.of("retail", name),
                        List.of(new ViewColumn(Name.of("c"), "BIGINT")),
                        name,
                        Map.of(read, Set.copyOf(names(columns))),
                        Set.of()),
                false,
                false);
    }

    private static Measure reading(String contextValue) {
        return new Measure(
                Name.of("m"), "m", Optional.empty(), Optional.empty(), Set.of(), Set.of(Name.of(contextValue)));
    }

    private static Measure described(String format, String description) {
        return new Measure(Name.of("m"), "m", Optional.of(format), Optional.of(description), Set.of(), Set.of());
    }

    private static DropCubePart drop(Kind kind, String name) {
        return new DropCubePart(part(kind, name));
    }

    @Test
    void aCubeIsMadeOnce() {
        assertEquals(List.of(CUBE), made.state().cubes().all());
        Cube other = new Cube(TableName.of("RETAIL", "SALES CUBE"), SALES, List.of(), List.of());
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "cube `RETAIL.SALES CUBE` exists already",
                () -> made.after(creation(other)));
        assertEquals(
                List.of(CUBE),
                made.after(new CreateCube(other, false, true)).state().cubes().all());
        Fixture replaced = made.after(replacement(other));
        assertEquals(List.of(), present(replaced).hierarchies());
        assertEquals("retail.Sales cube", present(replaced).name().toString(), "it keeps its spelling");
        assertEquals(
                List.of(),
                made.after(new DropCube(other.name(), false)).state().cubes().all());
        assertFalse(made.state().isEmpty());
        assertFalse(Fixture.empty().after(creation(CUBE)).state().isEmpty());
    }

    @Test
    void whatIsNotThereIsNotDroppedOrChanged() {
        assertRefused(
                ErrorCode.UNDEFINED_TABLE,
                "cube `retail.Sales cube` does not exist",
                () -> fixture.after(new DropCube(NAME, false)));
        assertEquals(
                List.of(),
                fixture.after(new DropCube(NAME, true)).state().cubes().all());
        assertRefused(ErrorCode.UNDEFINED_TABLE, () -> fixture.after(new AddHierarchy(NAME, SIZE)));
        assertRefused(ErrorCode.UNDEFINED_TABLE, () -> fixture.after(new AddMeasure(NAME, SUM)));
        assertRefused(ErrorCode.UNDEFINED_TABLE, () -> fixture.after(drop(Kind.MEASURE, "Average")));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "measure `Size` of cube `retail.Sales cube` does not exist",
                () -> made.after(drop(Kind.MEASURE, "Size")));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "hierarchy `Average` of cube `retail.Sales cube` does not exist",
                () -> made.after(drop(Kind.HIERARCHY, "Average")));
    }

    @Test
    void namesAndTextsAreUsable() {
        assertRefused(
                ErrorCode.INVALID_NAME,
                () -> fixture.after(creation(new Cube(TableName.of("retail", " "), SALES, List.of(), List.of()))));
        Level level = new Level(Name.of("l"), column("l"));
        for (Cube unusable : List.of(
                cube(List.of(hierarchy("", "d", level))),
                cube(List.of(hierarchy("h", " d", level))),
                cube(List.of(hierarchy("h", "d", new Level(Name.of("\n"), column("l"))))),
                cube(List.of(), measure("\u0000")))) {
            assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(creation(unusable)));
        }
        assertRefused(ErrorCode.INVALID_NAME, () -> made.after(new AddMeasure(NAME, measure(""))));
        assertRefused(ErrorCode.INVALID_NAME, () -> made.after(new AddHierarchy(NAME, hierarchy(" ", "d", level))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "the description of measure `m` must have at most 1000 characters, all of them printable and on one"
                        + " line",
                () -> made.after(new AddMeasure(NAME, described("0", "a\u0000"))));
        assertRefused(ErrorCode.INVALID_STATEMENT, () -> made.after(new AddMeasure(NAME, described("\ud800", ""))));
        assertEquals(
                " #,##0 €",
                present(made.after(new AddMeasure(NAME, described(" #,##0 €", ""))))
                        .findMeasure(Name.of("M"))
                        .flatMap(Measure::format)
                        .orElseThrow());
    }

    @Test
    void noTwoThingsHaveOneName() {
        Fixture view = fixture.after(view("v", SALES, "Quantity"));
        Cube clash = new Cube(TableName.of("retail", "V"), SALES, List.of(), List.of());
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "cube `retail.V` cannot be created: a view of that name exists already",
                () -> view.after(creation(clash)));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "view `retail.sales CUBE` cannot be created: a cube of that name exists already",
                () -> made.after(view("sales CUBE", SALES)));
        assertRefused(ErrorCode.DUPLICATE_OBJECT, () -> declared(fixture, CUBE).after(view("Sales cube", SALES)));
    }

    @Test
    void whatIsSaidOfATableOfItsNameIsDroppedFirst() {
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "cube `retail.Sales cube` cannot be created: there is restriction `x` on a table of that name, drop it"
                        + " first",
                () -> fixture.restriction("x", NAME, columns("c")).after(creation(CUBE)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> fixture.after(new SetRowSecurity(NAME, true)).after(creation(CUBE)));
    }

    @Test
    void aDroppedCubeTakesWithItWhatWasSaidOfIt() {
        Scope table = new Scope.OfTable(NAME);
        Fixture said = made.after(new RevokeSelect(List.of(table), names("PUBLIC")))
                .after(new SetVisibility(part(Kind.DIMENSION, "Shops"), Name.of("r"), false))
                .after(new SetDefaultMember(
                        new DefaultMember(named("Currency"), new Grantee.Role(Name.of("r")), path("EUR"))));
        SecurityState dropped = said.after(new DropCube(NAME, false)).state();
        assertTrue(dropped.isLike(fixture.state()), dropped.cubes().toString());
    }

    @Test
    void measuresReadWhatTheCubeHas() {
        assertRefused(
                ErrorCode.UNDEFINED_COLUMN,
                "measure `m` reads `none`, which is neither a level nor a measure of cube `retail.Sales cube`",
                () -> fixture.after(creation(cube(List.of(SIZE), measure("m", "shop SIZE", "none")))));
        assertRefused(ErrorCode.UNDEFINED_COLUMN, () -> made.after(new AddMeasure(NAME, measure("m", "Geography"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "measure `a` cannot read itself",
                () -> fixture.after(
                        creation(cube(List.of(), measure("a", "b"), measure("b", "c"), measure("c", "A")))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "measure `b` cannot read itself",
                () -> fixture.after(creation(cube(List.of(), measure("a", "b"), measure("b", "b")))));
        fixture.after(creation(
                cube(List.of(), measure("a", "b", "c", "d"), measure("b", "d"), measure("c", "b", "d"), measure("d"))));
    }

    @Test
    void aContextValueThatAMeasureReadsStaysAndKeepsItsType() {
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.after(creation(cube(List.of(), reading("currency")))));
        Fixture value = fixture.contextValue("Currency", "VARCHAR", "EUR");
        Fixture reader = value.after(creation(cube(List.of(), reading("CURRENCY"))));
        assertEquals(
                "[Currency]", present(reader).measures().get(0).contextValues().toString());
        for (Fixture each : List.of(reader, declared(value, cube(List.of(), reading("CURRENCY"))))) {
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "context value `Currency` cannot be dropped: measure `m` of cube `retail.Sales cube` reads it, drop"
                            + " that first",
                    () -> each.after(new DropContextValue(Name.of("currency"), false)));
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS,
                    () -> each.after(new CreateContextValue(
                            Name.of("currency"),
                            ContextType.parse("INTEGER"),
                            Optional.empty(),
                            Optional.empty(),
                            true,
                            true,
                            false)));
        }
        reader.after(drop(Kind.MEASURE, "m")).after(new DropContextValue(Name.of("currency"), false));
    }

    @Test
    void partsAreAddedAtTheEnd() {
        Fixture small = fixture.after(creation(cube(List.of(SIZE), SUM)));
        Fixture more = small.after(new AddHierarchy(NAME, CURRENCY))
                .after(new AddHierarchy(NAME, GEOGRAPHY))
                .after(new AddMeasure(NAME, AVERAGE));
        assertEquals(cube(List.of(SIZE, CURRENCY, GEOGRAPHY), SUM, AVERAGE), present(more));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "hierarchy `size` exists already in cube `retail.Sales cube`",
                () -> more.after(new AddHierarchy(NAME, hierarchy("size", "d", new Level(Name.of("x"), column("x"))))));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "level `CITY` exists already in cube `retail.Sales cube`",
                () -> more.after(new AddHierarchy(NAME, hierarchy("h", "d", new Level(Name.of("CITY"), column("x"))))));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "measure `average` exists already in cube `retail.Sales cube`",
                () -> more.after(new AddMeasure(NAME, measure("average"))));
        assertRefused(ErrorCode.DUPLICATE_OBJECT, () -> more.after(new AddMeasure(NAME, measure("Country"))));
    }

    @Test
    void partsThatOthersReadStay() {
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "measure `Quantity.SUM` of cube `retail.Sales cube` cannot be dropped: measure `Average` reads"
                        + " `Quantity.SUM`, drop that first",
                () -> made.after(drop(Kind.MEASURE, "quantity.sum")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "hierarchy `Currency` of cube `retail.Sales cube` cannot be dropped: measure `Average` reads"
                        + " `Currency`, drop that first",
                () -> made.after(drop(Kind.HIERARCHY, "Currency")));
        Fixture dropped = made.after(drop(Kind.MEASURE, "Average"))
                .after(drop(Kind.MEASURE, "Quantity.SUM"))
                .after(drop(Kind.HIERARCHY, "Currency"));
        assertEquals(cube(List.of(GEOGRAPHY, SIZE)), present(dropped));
    }

    @Test
    void aCubeThatAViewReadsStaysAsTheViewReadsIt() {
        Fixture read = made.after(view("v", NAME, "City", "Average"));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "cube `retail.Sales cube` cannot be dropped: view `retail.v` reads it, drop that first",
                () -> read.after(new DropCube(NAME, false)));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> read.after(drop(Kind.MEASURE, "Average")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "hierarchy `Geography` of cube `retail.Sales cube` cannot be dropped: view `retail.v` reads it, drop"
                        + " that first",
                () -> read.after(drop(Kind.HIERARCHY, "Geography")));
        read.after(drop(Kind.HIERARCHY, "Size"));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "cube `retail.Sales cube` cannot be replaced by one with another `Average`: view `retail.v` reads it,"
                        + " drop that first",
                () -> read.after(replacement(cube(List.of(GEOGRAPHY), SUM))));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "cube `retail.Sales cube` cannot be replaced by one on another table: view `retail.v` reads it, drop"
                        + " that first",
                () -> read.after(replacement(new Cube(NAME, Fixture.SHOPS, CUBE.hierarchies(), CUBE.measures()))));
        read.after(replacement(cube(List.of(CURRENCY, GEOGRAPHY), AVERAGE, SUM)));
        made.after(replacement(cube(List.of())));
    }

    @Test
    void aCubeOfWhichMembersAreGrantedKeepsThatHierarchy() {
        Fixture granted = made.after(grant(GEOGRAPHY, "r", path("France")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "cube `retail.Sales cube` cannot be dropped: members of hierarchy `Geography` are granted to role `r`,"
                        + " revoke them first",
                () -> granted.after(new DropCube(NAME, false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "hierarchy `Geography` of cube `retail.Sales cube` cannot be dropped: members of hierarchy `Geography`"
                        + " are granted to role `r`, revoke them first",
                () -> granted.after(drop(Kind.HIERARCHY, "geography")));
        Level city = GEOGRAPHY.levels().get(1);
        for (Cube other : List.of(
                cube(List.of(SIZE)),
                cube(List.of(hierarchy("Geography", "Shops", city))),
                new Cube(NAME, Fixture.SHOPS, CUBE.hierarchies(), CUBE.measures()))) {
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "cube `retail.Sales cube` must have hierarchy `Geography` with the columns that it had: members of"
                            + " hierarchy `Geography` are granted to role `r`, revoke them first",
                    () -> granted.after(replacement(other)));
        }
        granted.after(replacement(cube(List.of(GEOGRAPHY)))).after(new AddMeasure(NAME, measure("other")));
    }

    @Test
    void whatIsSaidOfPartsGoesWithThem() {
        Fixture said = made.after(new SetVisibility(part(Kind.HIERARCHY, "Size"), Name.of("r"), false))
                .after(new SetVisibility(part(Kind.DIMENSION, "Shops"), Name.of("r"), false))
                .after(new SetVisibility(part(Kind.MEASURE, "Average"), Name.of("r"), false))
                .after(new SetDefaultMember(
                        new DefaultMember(named("Currency"), new Grantee.User(Name.of("u")), path("EUR"))));
        Fixture dropped = said.after(drop(Kind.HIERARCHY, "Size")).after(drop(Kind.MEASURE, "Average"));
        assertEquals(
                Set.of(part(Kind.DIMENSION, "Shops")),
                dropped.state().cubes().said().visibility().keySet());
        assertEquals(1, dropped.state().cubes().said().defaultMembers().size());
        Fixture less = dropped.after(drop(Kind.HIERARCHY, "Geography")).after(drop(Kind.HIERARCHY, "Currency"));
        assertEquals(made.state().cubes().said(), less.state().cubes().said());
        assertEquals(
                made.state().cubes().said(),
                said.after(replacement(cube(List.of(), SUM))).state().cubes().said());
        assertEquals(
                said.state().cubes().said(),
                said.after(replacement(CUBE)).state().cubes().said());
    }

    @Test
    void aDefaultMemberIsOneOfTheLevelsAsTheyWere() {
        Fixture said = made.after(new SetDefaultMember(
                new DefaultMember(named("Geography"), new Grantee.Role(Name.of("r")), path("France"))));
        Level country = GEOGRAPHY.levels().get(0);
        Level city = GEOGRAPHY.levels().get(1);
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "the levels of hierarchy `Geography` of cube `retail.Sales cube` cannot be changed: a default member of"
                        + " it is set for role `r`, reset it first",
                () -> said.after(replacement(cube(List.of(hierarchy("Geography", "Shops", city, country))))));
        said.after(replacement(cube(List.of(hierarchy("Geography", "Shops", country)))));
    }

    @Test
    void aDeclaredCubeIsChangedInItsFile() {
        Fixture declared = declared(fixture, CUBE);
        assertTrue(declared.state().cubes().find(NAME).isPresent());
        String refusal = "cube `retail.Sales cube` is declared in the catalog's files, and is changed there, not by a"
                + " command";
        assertRefused(ErrorCode.DUPLICATE_OBJECT, () -> declared.after(creation(CUBE)));
        assertSame(
                declared.state().cubes(),
                declared.after(new CreateCube(CUBE, false, true)).state().cubes());
        assertRefused(ErrorCode.INVALID_STATEMENT, refusal, () -> declared.after(replacement(CUBE)));
        assertRefused(ErrorCode.INVALID_STATEMENT, refusal, () -> declared.after(new DropCube(NAME, true)));
        assertRefused(ErrorCode.INVALID_STATEMENT, refusal, () -> declared.after(new AddMeasure(NAME, measure("m"))));
        assertRefused(ErrorCode.INVALID_STATEMENT, refusal, () -> declared.after(drop(Kind.HIERARCHY, "Size")));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                refusal,
                () -> declared.after(new AddHierarchy(
                        NAME, hierarchy("h", "d", GEOGRAPHY.levels().get(0)))));
    }
}
