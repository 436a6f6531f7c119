package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Subject;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may read which columns, and what a table without restrictions shows. */
class PrivilegesTest {
    private static final TableName SHOPS = Fixture.SHOPS;
    private static final Scope RETAIL = new Scope.OfSchema(Name.of("retail"));
    private static final Scope ALL_OF_SHOPS = new Scope.OfTable(SHOPS);
    private static final Scope CITY = column("City");
    private static final Scope SIZE = column("Size");

    private final Fixture fixture = Fixture.administered()
            .role("r")
            .role("outer", "r")
            .user("someone", "ROLE_USER")
            .user("holder", "ROLE_USER", "r")
            .user("heir", "ROLE_USER", "outer");

    private static Scope column(String name) {
        return new Scope.OfColumn(SHOPS, Name.of(name));
    }

    private static GrantSelect grant(Scope on, String... grantees) {
        return new GrantSelect(List.of(on), names(grantees));
    }

    private static RevokeSelect revoke(Scope on, String... grantees) {
        return new RevokeSelect(List.of(on), names(grantees));
    }

    /** Who of all users may read it. */
    private static String readers(Fixture fixture, Scope scope, DefaultAccess byDefault) {
        Predicate<String> mayRead =
                user -> fixture.state().privileges().mayRead(fixture.caller(user), scope, byDefault);
        return Stream.of("admin", "someone", "holder", "heir").filter(mayRead).collect(Collectors.joining(" "));
    }

    private static String open(Fixture fixture, Scope scope) {
        return readers(fixture, scope, DefaultAccess.OPEN);
    }

    private static String closed(Fixture fixture, Scope scope) {
        return readers(fixture, scope, DefaultAccess.CLOSED);
    }

    @Test
    void whereNothingWasSaidTheDefaultHolds() {
        assertEquals("admin someone holder heir", open(fixture, CITY));
        assertEquals("admin", closed(fixture, CITY));
    }

    @Test
    void aColumnIsHiddenByRevokingItFromPublicAndShownToARole() {
        Fixture hidden = fixture.after(revoke(CITY, "public"));
        assertEquals("admin", open(hidden, CITY));
        assertEquals("admin someone holder heir", open(hidden, SIZE));
        Fixture shown = hidden.after(grant(CITY, "R"));
        assertEquals("admin holder heir", open(shown, CITY));
        assertEquals("admin someone holder heir", open(shown, SIZE));
    }

    @Test
    void aGrantOnATableReachesItsColumnsAndNoOtherTable() {
        Fixture granted = fixture.after(grant(ALL_OF_SHOPS, "r"));
        assertEquals("admin holder heir", closed(granted, CITY));
        assertEquals("admin", closed(granted, new Scope.OfTable(TableName.of("retail", "Sales"))));
        assertEquals("admin", closed(granted, new Scope.OfTable(TableName.of("other", "Shops"))));
    }

    @Test
    void aGrantOnASchemaReachesTablesToCome() {
        Fixture granted = fixture.after(grant(RETAIL, "r"));
        assertEquals("admin holder heir", closed(granted, new Scope.OfTable(TableName.of("RETAIL", "new"))));
        assertEquals("admin holder heir", closed(granted, CITY));
    }

    @Test
    void theNarrowestWordCounts() {
        Fixture said = fixture.after(grant(RETAIL, "r"))
                .after(revoke(ALL_OF_SHOPS, "r"))
                .after(grant(CITY, "r"));
        assertEquals("admin holder heir", closed(said, CITY));
        assertEquals("admin", closed(said, SIZE));
        assertEquals("admin holder heir", closed(said, new Scope.OfTable(TableName.of("retail", "Sales"))));
    }

    @Test
    void whatIsSaidOfAWholeTakesBackWhatWasSaidOfItsParts() {
        Fixture said = fixture.after(revoke(CITY, "PUBLIC")).after(revoke(SIZE, "PUBLIC"));
        assertEquals("admin someone holder heir", open(said.after(grant(ALL_OF_SHOPS, "PUBLIC")), CITY));
        assertEquals("admin someone holder heir", closed(said.after(grant(RETAIL, "PUBLIC")), CITY));
        assertEquals("admin", open(said.after(grant(CITY, "PUBLIC")), SIZE));
    }

    @Test
    void whatWouldHoldAnywayIsNotKept() {
        assertEquals(
                fixture.state().privileges(),
                fixture.after(revoke(CITY, "r")).state().privileges());
        assertEquals(
                fixture.state().privileges(),
                fixture.after(grant(CITY, "r"))
                        .after(revoke(ALL_OF_SHOPS, "r"))
                        .state()
                        .privileges());
        assertEquals(
                fixture.after(grant(RETAIL, "r")).state().privileges(),
                fixture.after(grant(RETAIL, "r"))
                        .after(grant(CITY, "r"))
                        .state()
                        .privileges());
        assertEquals(
                "admin",
                open(fixture.after(revoke(RETAIL, "PUBLIC")), CITY),
                "what was said of PUBLIC holds whatever the default is");
    }

    @Test
    void theOrderOfGrantsToDifferentGranteesDoesNotMatter() {
        assertEquals(
                fixture.after(revoke(CITY, "PUBLIC"))
                        .after(grant(CITY, "r"))
                        .state()
                        .privileges(),
                fixture.after(grant(CITY, "r"))
                        .after(revoke(CITY, "PUBLIC"))
                        .state()
                        .privileges());
    }

    @Test
    void manyRolesAreSearchedEitherWayRound() {
        Caller many = new Caller(Name.of("many"), Set.copyOf(names("a", "b", "c", "d", "R")));
        Fixture said = fixture.after(grant(CITY, "r")).after(revoke(SIZE, "PUBLIC"));
        assertEquals(true, said.state().privileges().mayRead(many, CITY, DefaultAccess.CLOSED));
        assertEquals(false, said.state().privileges().mayRead(many, SIZE, DefaultAccess.OPEN));
    }

    @Test
    void whatWasSaidIsNotNothing() {
        assertEquals(true, fixture.state().privileges().isEmpty());
        assertEquals(Privileges.none(), fixture.state().privileges());
        assertEquals(false, fixture.after(grant(CITY, "r")).state().privileges().isEmpty());
        assertEquals(
                false,
                fixture.after(revoke(CITY, "PUBLIC")).state().privileges().isEmpty());
    }

    @Test
    void aDroppedRoleLeavesNothing() {
        Fixture dropped = fixture.after(grant(CITY, "r")).after(new DropRole(Name.of("R"), false));
        assertEquals(fixture.state().privileges(), dropped.state().privileges());
    }

    @Test
    void onlyRolesAndPublicHoldPrivileges() {
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT, "role `none` does not exist", () -> fixture.after(grant(CITY, "none")));
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_ADMIN` is reserved: it may read everything, whatever is granted",
                () -> fixture.after(revoke(CITY, "ROLE_ADMIN")));
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_USER` is reserved: it holds no privileges; for everyone but administrators, name `PUBLIC`",
                () -> fixture.after(grant(CITY, "ROLE_USER")));
    }

    @Test
    void withoutARestrictionATableThatRequiresOneShowsNothing() {
        Fixture required = fixture.restriction("n", new Subject.WholeTable(), "r")
                .after(new SetRowSecurity(TableName.of("RETAIL", "shops"), true));
        assertEquals("()", required.effective("someone"));
        assertEquals(
                false,
                required.state().effective(required.caller("someone"), SHOPS).isNone());
        assertEquals(List.of(SHOPS), required.state().tablesRequiringRestriction());
        assertEquals("(n)", required.effective("holder"));
        assertEquals("", required.effective("admin"));
        Fixture optional = required.after(new SetRowSecurity(SHOPS, false));
        assertEquals("", optional.effective("someone"));
        assertEquals("(n)", optional.effective("holder"));
    }
}
