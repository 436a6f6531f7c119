package io.icespar.security.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who is let in by password, and for how long that is remembered. */
class PasswordAuthenticatorTest {
    private static final Name BOB = Name.of("Bob");
    private static final Authenticated LET_IN = new Authenticated(BOB, false);
    private static final Authenticated KNOWN = new Authenticated(BOB, true);
    private static final Refused WRONG = new Refused("the password is wrong");
    private static final Refused UNKNOWN = new Refused("there is no such user");

    private final Passwords passwords = new Passwords(4, new SecureRandom());
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger hashings = new AtomicInteger();
    private final PasswordAuthenticator authenticator = new PasswordAuthenticator(
            (password, stored) -> {
                hashings.incrementAndGet();
                return passwords.verify(password, stored);
            },
            Duration.ofMinutes(1),
            new LoginThrottle(LoginLimits.DEFAULT, nanos::get, new SecureRandom()),
            nanos::get,
            new SecureRandom());
    private SecurityState state = SecurityState.empty();

    PasswordAuthenticatorTest() {
        run(new CreateUser(BOB, Optional.of(new Secret("changeit"))));
    }

    private void run(SecurityCommand command) {
        state = state.after(command, passwords::hash);
    }

    private AuthenticationResult authenticate(String user, String password) {
        return authenticator.authenticate(state, user, new Secret(password), Origin.PROCESS);
    }

    @Test
    void theRightPasswordLetsTheUserInHoweverTheNameIsWritten() {
        for (int i = 0; i < 2; i++) {
            Authenticated bob = (Authenticated) authenticate("BOB", "changeit");
            assertEquals("Bob", bob.user().spelling());
            assertEquals(1, hashings.get());
        }
    }

    @Test
    void aWrongPasswordIsRefusedAlsoAfterTheRightOne() {
        assertEquals(WRONG, authenticate("bob", "changeIt"));
        assertEquals(LET_IN, authenticate("bob", "changeit"));
        assertEquals(WRONG, authenticate("bob", "changeIt"));
        assertEquals(WRONG, authenticate("bob", ""));
        assertEquals(WRONG, authenticate("bob", "changeit" + "x".repeat(100)));
    }

    @Test
    void usersThereAreNotAndUsersWithoutPasswordAreRefusedAtTheSameCost() {
        run(new CreateUser(Name.of("ann"), Optional.empty()));
        assertEquals(WRONG, authenticate("bob", "nope"));
        assertEquals(1, hashings.get());
        assertEquals(UNKNOWN, authenticate("carl", "nope"));
        assertEquals(2, hashings.get());
        assertEquals(new Refused("the user has no password"), authenticate("ann", "nope"));
        assertEquals(3, hashings.get());
        assertEquals(UNKNOWN, authenticate("", ""));
        assertEquals(4, hashings.get());
        assertEquals(WRONG, authenticate("bob", ""));
        assertEquals(5, hashings.get());
    }

    @Test
    void aVerifiedPasswordIsHashedAgainOnlyWhenItsTimeIsOver() {
        authenticate("bob", "changeit");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertEquals(KNOWN, authenticate("bob", "changeit"));
        assertEquals(1, hashings.get());
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(LET_IN, authenticate("bob", "changeit"));
        assertEquals(2, hashings.get());
    }

    @Test
    void refusalsAreNotRemembered() {
        assertEquals(WRONG, authenticate("bob", "later"));
        run(new AlterUserPassword(BOB, new Secret("later")));
        assertEquals(LET_IN, authenticate("bob", "later"));
    }

    @Test
    void aNewPasswordIsTheOnlyOneAtOnce() {
        assertEquals(LET_IN, authenticate("bob", "changeit"));
        run(new AlterUserPassword(BOB, new Secret("new")));
        assertEquals(WRONG, authenticate("bob", "changeit"));
        assertEquals(LET_IN, authenticate("bob", "new"));
    }

    @Test
    void theSamePasswordSetAnewIsVerifiedAnew() {
        authenticate("bob", "changeit");
        run(new AlterUserPassword(BOB, new Secret("changeit")));
        assertEquals(LET_IN, authenticate("bob", "changeit"));
        assertEquals(2, hashings.get());
    }

    @Test
    void aDroppedUserIsForgottenAtOnceAlsoIfAnotherTakesTheName() {
        authenticate("bob", "changeit");
        run(new DropUser(BOB, false));
        assertEquals(UNKNOWN, authenticate("bob", "changeit"));
        run(new CreateUser(BOB, Optional.empty()));
        assertEquals(new Refused("the user has no password"), authenticate("bob", "changeit"));
        run(new AlterUserPassword(BOB, new Secret("other")));
        assertEquals(WRONG, authenticate("bob", "changeit"));
    }

    @Test
    void userAndPasswordDoNotRunTogether() {
        run(new CreateUser(Name.of("ab"), Optional.of(new Secret("c"))));
        run(new CreateUser(Name.of("a"), Optional.of(new Secret("x"))));
        authenticate("ab", "c");
        assertEquals(WRONG, authenticate("a", "bc"));
        assertEquals(2, hashings.get());
    }

    @Test
    void aStateOfTheirOwnDecidesForEach() {
        SecurityState before = state;
        authenticate("bob", "changeit");
        run(new DropUser(BOB, false));
        assertEquals(UNKNOWN, authenticate("bob", "changeit"));
        assertEquals(KNOWN, authenticator.authenticate(before, "bob", new Secret("changeit"), Origin.PROCESS));
    }
}
