package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, replacing, granting, revoking and dropping restrictions. */
class RestrictionsTest {
    private static final Name N = Name.of("n");
    private static final Subject COLUMN = columns("c");

    private static CreateRestriction orReplace(String name, String condition, Subject subject, String... grantees) {
        return new CreateRestriction(Name.of(name), Fixture.SHOPS, condition, subject, true, false, names(grantees));
    }

    @Test
    void aRestrictionIsGrantedAndRevoked() {
        Fixture fixture = Fixture.empty().role("r").user("u", "r").restriction("n", COLUMN);
        assertEquals("", fixture.effective("u"));
        fixture = fixture.after(new GrantRestrictions(names("N"), names("R", "public")));
        assertEquals("(n)", fixture.effective("u"));
        assertEquals(List.of("PUBLIC", "r"), spellings(fixture.state().grantees(N)));
        fixture = fixture.after(new RevokeRestrictions(names("n"), names("PUBLIC")));
        assertEquals("(n)", fixture.effective("u"));
        fixture = fixture.after(new RevokeRestrictions(names("n"), names("r", "PUBLIC")));
        assertEquals("", fixture.effective("u"));
    }

    private static List<String> spellings(Set<Name> names) {
        return names.stream().map(Name::spelling).toList();
    }

    @Test
    void aRestrictionIsCreatedOnce() {
        Fixture fixture = Fixture.empty().role("r").restriction("n", COLUMN);
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "restriction `N` exists already",
                () -> fixture.restriction("N", columns("other")));
        Fixture same = fixture.after(
                new CreateRestriction(N, Fixture.SHOPS, "other", columns("other"), false, true, names("r")));
        assertEquals(fixture.state().restrictions(), same.state().restrictions());
        assertEquals(Set.of(), same.state().grantees(N));
    }

    @Test
    void replacingKeepsTheGrantsAndTheName() {
        Fixture fixture = Fixture.empty()
                .role("r")
                .role("s")
                .user("u", "r")
                .restriction("n", COLUMN, "r")
                .after(orReplace("N", "new", columns("d"), "s"));
        assertEquals(
                List.of(new Restriction(N, Fixture.SHOPS, "new", columns("d"), Set.of())),
                fixture.state().restrictions());
        assertEquals(names("r", "s"), List.copyOf(fixture.state().grantees(N)));
        assertEquals("(n)", fixture.effective("u"));
        assertEquals("new", fixture.state().restrictions(Fixture.SHOPS).get(0).condition());
    }

    @Test
    void replacingWhatIsNotThereCreatesIt() {
        Fixture fixture = Fixture.empty().user("u").after(orReplace("n", "c", COLUMN, "PUBLIC"));
        assertEquals("(n)", fixture.effective("u"));
    }

    @Test
    void aReplacementStaysOnItsTable() {
        Fixture fixture = Fixture.empty().restriction("n", TableName.of("retail", "Sales"), COLUMN);
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "restriction `n` is on table `retail.Sales` and cannot be replaced by one on `retail.Shops`:"
                        + " drop it first",
                () -> fixture.after(orReplace("n", "c", COLUMN)));
    }

    @Test
    void aSubjectOfItsOwnIsSharedWithNoOther() {
        Fixture fixture = Fixture.empty()
                .restriction("a", new Subject.Own(Name.of("x")), "PUBLIC")
                .restriction("b", new Subject.Own(Name.of("x")), "PUBLIC")
                .user("u");
        assertEquals("(a) & (b)", fixture.effective("u"));
    }

    @Test
    void aDroppedRestrictionIsGoneWithItsGrants() {
        Fixture fixture = Fixture.empty()
                .user("u")
                .restriction("n", COLUMN, "PUBLIC")
                .after(new DropRestriction(Name.of("N"), false));
        assertEquals("", fixture.effective("u"));
        assertTrue(fixture.state().restrictions(Fixture.SHOPS).isEmpty());
        assertEquals("", fixture.restriction("n", COLUMN).effective("u"));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "restriction `n` does not exist",
                () -> fixture.after(new DropRestriction(N, false)));
        fixture.after(new DropRestriction(N, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLE_USER", "Role_Admin"})
    void reservedRolesHoldNoRestrictions(String role) {
        Fixture fixture = Fixture.empty().restriction("n", COLUMN);
        String words = "role `" + role + "` is reserved and cannot hold restrictions: for everyone but administrators,"
                + " name `PUBLIC`";
        assertRefused(ErrorCode.INVALID_NAME, words, () -> fixture.restriction("m", COLUMN, role));
        assertRefused(ErrorCode.INVALID_NAME, words, () -> fixture.after(orReplace("n", "c", COLUMN, role)));
        assertRefused(
                ErrorCode.INVALID_NAME,
                words,
                () -> fixture.after(new GrantRestrictions(names("n"), names("PUBLIC", role))));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(new RevokeRestrictions(names("n"), names(role))));
    }

    @Test
    void whatIsMissingIsNamed() {
        Fixture fixture = Fixture.empty().role("r").restriction("n", COLUMN);
        List<SecurityCommand> commands = List.of(
                new GrantRestrictions(names("n", "nope"), names("r")),
                new RevokeRestrictions(names("nope"), names("r")));
        for (SecurityCommand command : commands) {
            assertRefused(
                    ErrorCode.UNDEFINED_OBJECT, "restriction `nope` does not exist", () -> fixture.after(command));
        }
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "role `nope` does not exist",
                () -> fixture.after(new GrantRestrictions(names("n"), names("r", "nope"))));
        assertRefused(ErrorCode.UNDEFINED_OBJECT, () -> fixture.restriction("m", COLUMN, "nope"));
    }

    @Test
    void restrictionsAreListedByName() {
        Fixture fixture = Fixture.empty()
                .restriction("b", COLUMN)
                .restriction("A", TableName.of("x", "y"), COLUMN)
                .restriction("c", COLUMN);
        assertEquals(
                names("A", "b", "c"),
                fixture.state().restrictions().stream().map(Restriction::name).toList());
        assertEquals(
                names("b", "c"),
                fixture.state().restrictions(Fixture.SHOPS).stream()
                        .map(Restriction::name)
                        .toList());
    }

    @Test
    void everyKindOfCommandIsCarriedOut() {
        assertEquals(
                36,
                SecurityCommand.class.getPermittedSubclasses().length,
                "a new kind of command needs a case in StateChange, and tests");
    }
}
