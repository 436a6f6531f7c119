package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand.CreateMask;
import io.icespar.security.command.SecurityCommand.DropMask;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which mask a caller is shown. A mask's expression is its name here. */
class MasksTest {
    private static final Name CITY = Name.of("City");
    private static final AuthorityComparator USUAL = new ListedAuthorities(List.of());

    private final Fixture fixture = Fixture.administered()
            .role("a")
            .role("b")
            .role("outer", "b")
            .user("someone", "ROLE_USER")
            .user("both", "ROLE_USER", "a", "b")
            .user("heir", "ROLE_USER", "outer");

    private static CreateMask mask(String name, List<Name> to, List<Name> except) {
        return new CreateMask(Name.of(name), Fixture.SHOPS, CITY, name, false, to, except);
    }

    private static String shown(Fixture fixture, String user, AuthorityComparator authorities) {
        return fixture.state()
                .masks()
                .effective(fixture.caller(user), Fixture.SHOPS, Name.of("city"), authorities)
                .map(Mask::expression)
                .orElse("the truth");
    }

    private static String shown(Fixture fixture, String user) {
        return shown(fixture, user, USUAL);
    }

    @Test
    void withoutRolesAMaskIsForEveryoneButAdministrators() {
        Fixture masked = fixture.after(mask("m", List.of(), List.of()));
        assertEquals("m", shown(masked, "someone"));
        assertEquals("m", shown(masked, "heir"));
        assertEquals("the truth", shown(masked, "admin"));
        assertTrue(masked.state().masks().isMasked(Fixture.SHOPS, CITY));
        assertTrue(!masked.state().masks().isMasked(Fixture.SHOPS, Name.of("Country")));
        assertTrue(!masked.state().masks().isMasked(TableName.of("retail", "Sales"), CITY));
    }

    @Test
    void aMaskIsForTheHoldersOfItsRoles() {
        Fixture masked = fixture.after(mask("m", names("B"), List.of()));
        assertEquals("the truth", shown(masked, "someone"));
        assertEquals("m", shown(masked, "both"));
        assertEquals("m", shown(masked, "heir"));
    }

    @Test
    void aMaskOfAnotherColumnOrTableIsNotShown() {
        Fixture masked = fixture.after(mask("m", List.of(), List.of()))
                .after(new CreateMask(
                        Name.of("a"), Fixture.SHOPS, Name.of("Country"), "a", false, List.of(), List.of()))
                .after(new CreateMask(
                        Name.of("b"), TableName.of("retail", "Sales"), CITY, "b", false, List.of(), List.of()));
        assertEquals("m", shown(masked, "someone"));
        assertEquals("the truth", shown(masked.after(new DropMask(Name.of("m"), false)), "someone"));
    }

    @Test
    void masksAreEqualIfTheyShowTheSame() {
        Masks some = fixture.after(mask("m", List.of(), List.of())).state().masks();
        assertEquals(
                some, fixture.after(mask("m", List.of(), List.of())).state().masks());
        assertNotEquals(
                some, fixture.after(mask("m", names("a"), List.of())).state().masks());
        assertNotEquals(some, Masks.none());
        assertEquals(List.of(), Masks.none().all());
    }

    @Test
    void someAreLeftOut() {
        Fixture masked = fixture.after(mask("m", List.of(), names("b")));
        assertEquals("m", shown(masked, "someone"));
        assertEquals("the truth", shown(masked, "both"));
        assertEquals("the truth", shown(masked, "heir"));
    }

    @Test
    void leftOutOfOneIsNotLeftOutOfAnother() {
        Fixture masked =
                fixture.after(mask("for all", List.of(), names("a"))).after(mask("for b", names("b"), List.of()));
        assertEquals("for b", shown(masked, "both"));
        assertEquals("for all", shown(masked, "someone"));
    }

    @Test
    void aRoleCountsMoreThanPublic() {
        Fixture masked = fixture.after(mask("m1", List.of(), List.of())).after(mask("m2", names("b"), List.of()));
        assertEquals("m2", shown(masked, "both"));
        assertEquals("m1", shown(masked, "someone"));
    }

    @Test
    void aRoleOfHigherAuthorityWins() {
        Fixture masked = fixture.after(mask("by a", names("a"), List.of())).after(mask("by b", names("b"), List.of()));
        assertEquals("by a", shown(masked, "both"), "by name");
        assertEquals("by b", shown(masked, "both", new ListedAuthorities(names("a", "b"))));
        assertEquals("by a", shown(masked, "both", new ListedAuthorities(names("b", "a"))));
        assertEquals("by b", shown(masked, "both", new ListedAuthorities(names("B"))));
    }

    @Test
    void ofTwoMasksByOneRoleTheFirstByNameCounts() {
        Fixture masked = fixture.after(mask("m2", names("b"), List.of())).after(mask("m1", names("b", "a"), List.of()));
        assertEquals("m1", shown(masked, "heir"));
    }

    @Test
    void aMaskIsReplacedAsAWholeAndStaysOnItsColumn() {
        Fixture masked = fixture.after(mask("m", names("a"), names("b")));
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "mask `M` exists already",
                () -> masked.after(mask("M", List.of(), List.of())));
        Fixture replaced =
                masked.after(new CreateMask(Name.of("M"), Fixture.SHOPS, CITY, "new", true, List.of(), List.of()));
        assertEquals("new", shown(replaced, "both"));
        assertEquals("new", shown(replaced, "someone"));
        assertEquals(
                "[m]",
                replaced.state().masks().all().stream().map(Mask::name).toList().toString());
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "mask `m` is of another column and cannot be replaced by one of `Country`: drop it first",
                () -> masked.after(new CreateMask(
                        Name.of("m"), Fixture.SHOPS, Name.of("Country"), "x", true, List.of(), List.of())));
    }

    @Test
    void aDroppedMaskIsGone() {
        Fixture masked = fixture.after(mask("m", List.of(), List.of()));
        assertEquals("the truth", shown(masked.after(new DropMask(Name.of("M"), false)), "someone"));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "mask `n` does not exist",
                () -> masked.after(new DropMask(Name.of("n"), false)));
        assertEquals("m", shown(masked.after(new DropMask(Name.of("n"), true)), "someone"));
    }

    @Test
    void aRoleThatAMaskIsShownToIsNotDropped() {
        Fixture masked = fixture.after(mask("m", names("a", "PUBLIC"), names("b")));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                "mask `m` is shown to role `a`: drop or replace the mask first",
                () -> masked.after(new DropRole(Name.of("a"), false)));
        Fixture without = masked.after(new DropRole(Name.of("b"), false));
        assertEquals(shown(masked, "someone"), shown(without, "someone"));
    }

    @Test
    void onlyRolesThatCanBeMaskedAreNamed() {
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "role `x` does not exist",
                () -> fixture.after(mask("m", names("x"), List.of())));
        assertRefused(
                ErrorCode.INVALID_NAME,
                "role `ROLE_ADMIN` is reserved: administrators are shown true values, whatever is masked",
                () -> fixture.after(mask("m", List.of(), names("ROLE_ADMIN"))));
        assertRefused(
                ErrorCode.INVALID_STATEMENT,
                "a mask that leaves out `PUBLIC` would be shown to nobody",
                () -> fixture.after(mask("m", List.of(), names("public"))));
        assertRefused(ErrorCode.INVALID_NAME, () -> fixture.after(mask(" ", List.of(), List.of())));
    }
}
