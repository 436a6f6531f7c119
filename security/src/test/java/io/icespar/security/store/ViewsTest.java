package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.CreateView;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.DropView;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.context.ContextType;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import io.icespar.security.view.Views;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which views there can be, and which stay. A view's query is its name here. */
class ViewsTest {
    private final Fixture fixture = Fixture.administered();

    private static TableName named(String name) {
        return TableName.of("retail", name);
    }

    /** A view of one column {@code c} that reads that column of others. */
    private static View view(String name, String... reads) {
        return typed("BIGINT", name, reads);
    }

    private static View typed(String type, String name, String... reads) {
        Map<TableName, Set<Name>> read =
                Arrays.stream(reads).collect(Collectors.toMap(ViewsTest::named, key -> Set.of(Name.of("c"))));
        return new View(named(name), List.of(new ViewColumn(Name.of("c"), type)), name, read, Set.of());
    }

    private static CreateView create(View view) {
        return new CreateView(view, false, false);
    }

    private static CreateView replace(View view) {
        return new CreateView(view, true, false);
    }

    private static DropView drop(String name) {
        return new DropView(named(name), false);
    }

    private static String queries(Fixture fixture) {
        return fixture.state().views().all().stream().map(View::query).toList().toString();
    }

    @Test
    void aViewIsMadeOnce() {
        Fixture made = fixture.after(create(view("v", "Shops")));
        assertEquals("[v]", queries(made));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "view `retail.V` exists already",
                () -> made.after(create(view("V", "Shops"))));
        assertEquals("[v]", queries(made.after(new CreateView(view("V"), false, true))));
        Fixture replaced = made.after(replace(view("V", "Sales")));
        assertEquals("[V]", queries(replaced));
        assertEquals("retail.v", replaced.state().views().all().get(0).name().toString(), "it keeps its spelling");
        assertEquals("[]", queries(made.after(drop("V"))));
    }

    @Test
    void namesAreUsable() {
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(create(view(" ", "Shops"))));
        assertRefused(
                ErrorCode.INVALID_NAME,
                () -> fixture.after(create(new View(
                        named("v"), List.of(new ViewColumn(Name.of(" "), "BIGINT")), "v", Map.of(), Set.of()))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new View(
                        named("v"),
                        List.of(new ViewColumn(Name.of("c"), "BIGINT"), new ViewColumn(Name.of("C"), "BIGINT")),
                        "v",
                        Map.of(),
                        Set.of()));
    }

    @Test
    void whatIsNotThereIsNotDropped() {
        assertRefused(ErrorCode.UNDEFINED_TABLE, "view `retail.v` does not exist", () -> fixture.after(drop("v")));
        assertEquals("[]", queries(fixture.after(new DropView(named("v"), true))));
    }

    @Test
    void aViewThatOthersReadStays() {
        Fixture made = fixture.after(create(view("a", "Shops"))).after(create(view("b", "a")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "view `retail.a` cannot be dropped: view `retail.b` reads it, drop that first",
                () -> made.after(drop("a")));
        assertEquals("[]", queries(made.after(drop("b")).after(drop("a"))));
    }

    @Test
    void aViewThatOthersReadKeepsItsColumns() {
        Fixture made = fixture.after(create(view("a", "Shops"))).after(create(view("b", "a")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "view `retail.a` cannot be replaced by one with other columns: view `retail.b` reads it, drop that first",
                () -> made.after(replace(typed("VARCHAR", "a", "Shops"))));
        assertEquals("[a, b]", queries(made.after(replace(view("a", "Sales")))));
        assertEquals("[a, b]", queries(made.after(replace(typed("VARCHAR", "b", "a")))));
    }

    @Test
    void noViewReadsItself() {
        Fixture made = fixture.after(create(view("a", "Shops")))
                .after(create(view("b", "a")))
                .after(create(view("c", "b")));
        for (String read : List.of("a", "b", "C")) {
            assertRefused(
                    ErrorCode.INVALID_STATEMENT,
                    "view `retail.a` cannot read itself",
                    () -> made.after(replace(view("a", read))));
        }
        assertThrows(IllegalArgumentException.class, () -> new Views(List.of(view("x", "y"), view("y", "x"))));
    }

    @Test
    void aViewThatWasChangedMeanwhileIsNotReadAsItWas() {
        Fixture made = fixture.after(create(view("a", "Shops")));
        View other = new View(
                named("b"),
                List.of(new ViewColumn(Name.of("c"), "BIGINT")),
                "b",
                Map.of(named("a"), Set.of(Name.of("gone"))),
                Set.of());
        assertRefused(ErrorCode.UNDEFINED_COLUMN, () -> made.after(create(other)));
    }

    @Test
    void whatIsSaidOfATableOfItsNameIsDroppedFirst() {
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "view `retail.Shops` cannot be created: there is restriction `r` on a table of that name, drop it first",
                () -> fixture.restriction("r", Fixture.columns("City")).after(create(view("Shops", "Sales"))));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> fixture.after(new SetRowSecurity(Fixture.SHOPS, true)).after(create(view("Shops", "Sales"))));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> fixture.after(new CreateMask(
                                Name.of("m"), Fixture.SHOPS, Name.of("City"), "1", false, List.of(), List.of()))
                        .after(create(view("Shops", "Sales"))));
        fixture.after(new CreateMask(Name.of("m"), named("Sales"), Name.of("City"), "1", false, List.of(), List.of()))
                .after(create(view("Shops", "Sales")));
    }

    @Test
    void aDroppedViewTakesItsPrivilegesWithIt() {
        Fixture made = fixture.after(create(view("a", "Shops")))
                .after(new RevokeSelect(List.of(new Scope.OfColumn(named("a"), Name.of("c"))), names("PUBLIC")))
                .after(new RevokeSelect(List.of(new Scope.OfTable(named("b"))), names("PUBLIC")));
        assertEquals(
                made.state().privileges(),
                made.after(replace(view("a", "Sales"))).state().privileges());
        Fixture dropped = made.after(drop("a"));
        assertEquals(
                "{PUBLIC={OfTable[table=retail.b]=false}}",
                dropped.state().privileges().said().toString());
        assertTrue(dropped.after(new RevokeSelect(List.of(new Scope.OfTable(named("b"))), names("PUBLIC")))
                .state()
                .privileges()
                .equals(dropped.state().privileges()));
    }

    @Test
    void aContextValueThatAViewReadsStaysAndKeepsItsType() {
        View reading = new View(
                named("v"),
                List.of(new ViewColumn(Name.of("c"), "VARCHAR")),
                "v",
                Map.of(),
                Set.of(Name.of("REGION"), Name.of("queries_time_limit")));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.after(create(reading)));
        Fixture made = fixture.contextValue("region", "VARCHAR", null).after(create(reading));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "context value `region` cannot be dropped: view `retail.v` reads it, drop that first",
                () -> made.after(new DropContextValue(Name.of("region"), false)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "the type of context value `region` cannot be changed: view `retail.v` reads it",
                () -> made.after(value("INTEGER")));
        made.after(value("VARCHAR"));
        made.contextValue("other", "VARCHAR", null).after(new DropContextValue(Name.of("other"), false));
        made.after(drop("v")).after(new DropContextValue(Name.of("region"), false));
    }

    private static CreateContextValue value(String type) {
        return new CreateContextValue(
                Name.of("region"), ContextType.parse(type), Optional.empty(), Optional.empty(), true, true, false);
    }
}
