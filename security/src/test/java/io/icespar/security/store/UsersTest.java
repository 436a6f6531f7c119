package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Creating, altering and dropping users. */
class UsersTest {
    private static final Name BOB = Name.of("Bob");
    private static final Secret SECRET = new Secret("s3cret");

    private static final String LAST_ADMINISTRATOR =
            "no user would hold role `ROLE_ADMIN` any more: grant it to another user first";
    private static final String LAST_PASSWORD =
            "no user with a password would hold role `ROLE_ADMIN` any more: grant it to another one first";

    private static SecurityCommand revokeAdmin(String user) {
        return new RevokeRoles(names("ROLE_ADMIN"), new Grantee.User(Name.of(user)));
    }

    @Test
    void aUserIsFoundHoweverItsNameIsWritten() {
        Fixture fixture = Fixture.empty().user("Bob", "ROLE_USER");
        assertEquals("Bob", fixture.caller("BOB").name().spelling());
        assertFalse(fixture.state().isEmpty());
        assertEquals(Optional.empty(), fixture.state().findCaller(Name.of("bo")));
    }

    @Test
    void aUserIsCreatedOnce() {
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                "user `BOB` exists already",
                () -> Fixture.empty().user("Bob").user("BOB"));
    }

    @Test
    void aUserAndARoleMayShareAName() {
        Fixture fixture = Fixture.empty().role("bob").user("bob");
        assertEquals(Set.of(), fixture.caller("bob").roles());
    }

    @Test
    void onlyTheHashOfAPasswordEntersTheState() {
        SecurityState state = SecurityState.empty().after(new CreateUser(BOB, Optional.of(SECRET)), secret -> {
            assertEquals(SECRET, secret);
            return Fixture.HASH;
        });
        assertEquals(
                Optional.of(Fixture.HASH), state.findUser(BOB).orElseThrow().password());
    }

    @Test
    void aPasswordIsNotHashedForACommandThatIsRefused() {
        SecurityState state = Fixture.empty().user("bob").state();
        assertRefused(
                ErrorCode.DUPLICATE_OBJECT,
                () -> state.after(new CreateUser(BOB, Optional.of(SECRET)), UsersTest::unexpected));
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "user `ann` does not exist",
                () -> state.after(new AlterUserPassword(Name.of("ann"), SECRET), UsersTest::unexpected));
    }

    private static PasswordHash unexpected(Secret secret) {
        throw new AssertionError("hashed");
    }

    @Test
    void aPasswordNeedsHashing() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SecurityState.empty().after(new CreateUser(BOB, Optional.of(SECRET))));
    }

    @Test
    void aNewPasswordTakesTheOldOnesPlaceAndKeepsTheRoles() {
        Fixture fixture =
                Fixture.empty().role("r").user("Bob", "r").after(new AlterUserPassword(Name.of("BOB"), SECRET));
        User bob = fixture.state().findUser(BOB).orElseThrow();
        assertEquals(Optional.of(Fixture.HASH), bob.password());
        assertEquals(Set.of(Name.of("r")), bob.roles());
    }

    @Test
    void aDroppedUserIsGoneWithItsRoles() {
        Fixture fixture = Fixture.empty().role("r").user("Bob", "r").after(new DropUser(Name.of("bob"), false));
        assertEquals(Optional.empty(), fixture.state().findCaller(BOB));
        assertEquals(Set.of(), fixture.user("bob").caller("bob").roles());
        assertRefused(
                ErrorCode.UNDEFINED_OBJECT,
                "user `bob` does not exist",
                () -> fixture.after(new DropUser(Name.of("bob"), false)));
        fixture.after(new DropUser(Name.of("bob"), true));
    }

    @Test
    void theLastAdministratorStays() {
        Fixture fixture = Fixture.empty().user("a", "ROLE_ADMIN", "ROLE_USER").user("u");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                LAST_ADMINISTRATOR,
                () -> fixture.after(new DropUser(Name.of("a"), false)));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, LAST_ADMINISTRATOR, () -> fixture.after(revokeAdmin("A")));
        fixture.after(new RevokeRoles(names("ROLE_USER"), new Grantee.User(Name.of("a"))));
        fixture.after(new DropUser(Name.of("u"), false));
    }

    @Test
    void theLastAdministratorStaysAlsoThroughRoles() {
        Fixture fixture =
                Fixture.empty().role("boss", "ROLE_ADMIN").role("chief", "boss").user("a", "chief");
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                LAST_ADMINISTRATOR,
                () -> fixture.after(new DropRole(Name.of("boss"), false)));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> fixture.after(new DropRole(Name.of("chief"), true)));
        assertRefused(
                ErrorCode.DEPENDENT_OBJECTS,
                () -> fixture.after(new RevokeRoles(names("ROLE_ADMIN"), new Grantee.Role(Name.of("boss")))));
    }

    @Test
    void oneOfTwoAdministratorsMayGo() {
        Fixture fixture = Fixture.empty().user("a", "ROLE_ADMIN").user("b", "ROLE_ADMIN");
        Fixture one = fixture.after(new DropUser(Name.of("a"), false));
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, () -> one.after(revokeAdmin("b")));
    }

    @Test
    void anAdministratorWithoutAPasswordIsNoWayIn() {
        Fixture fixture = Fixture.administered().user("b", "ROLE_ADMIN");
        assertRefused(ErrorCode.DEPENDENT_OBJECTS, LAST_PASSWORD, () -> fixture.after(revokeAdmin("admin")));
        fixture.after(revokeAdmin("b"));
        fixture.after(new AlterUserPassword(Name.of("b"), SECRET)).after(revokeAdmin("admin"));
    }

    @Test
    void aStateIsLeftAsItIs() {
        SecurityState before = Fixture.administered().state();
        SecurityState copy = Fixture.administered().state();
        SecurityState after = before.after(new CreateUser(BOB, Optional.empty()));
        assertEquals(copy, before);
        assertEquals(before.epoch() + 1, after.epoch());
        assertTrue(before.findUser(BOB).isEmpty());
        assertThrows(IcesparException.class, () -> before.after(new DropUser(BOB, false)));
        assertEquals(copy, before);
    }
}
