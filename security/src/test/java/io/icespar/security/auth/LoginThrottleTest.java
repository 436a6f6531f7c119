package io.icespar.security.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How guessing passwords is slowed down, and whom that hits. */
class LoginThrottleTest {
    private static final Name BOB = Name.of("Bob");
    private static final Duration EACH = Duration.ofMinutes(1);
    private static final String HOME = "192.0.2.1";
    private static final String AWAY = "198.51.100.7";

    private final Passwords passwords = new Passwords(4, new SecureRandom());
    private final SecurityState state =
            SecurityState.empty().after(new CreateUser(BOB, Optional.of(new Secret("changeit"))), passwords::hash);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger hashings = new AtomicInteger();
    private LoginThrottle throttle = new LoginThrottle(LoginLimits.DEFAULT, nanos::get, new SecureRandom());
    private PasswordAuthenticator authenticator = authenticator(10, 30);

    private PasswordAuthenticator authenticator(int perUser, int perAddress) {
        throttle = new LoginThrottle(
                new LoginLimits(perUser, perAddress, Duration.ofMinutes(10)), nanos::get, new SecureRandom());
        return new PasswordAuthenticator(
                (password, stored) -> {
                    hashings.incrementAndGet();
                    return passwords.verify(password, stored);
                },
                Duration.ofMinutes(1),
                throttle,
                nanos::get,
                new SecureRandom());
    }

    private static Origin from(String address) {
        try {
            return Origin.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private AuthenticationResult login(String user, String password, String address) {
        return authenticator.authenticate(state, user, new Secret(password), from(address));
    }

    private void fail(int times, String user, String address) {
        for (int i = 0; i < times; i++) {
            assertInstanceOf(Refused.class, login(user, "wrong" + i, address));
        }
    }

    private void assertLetIn(String address) {
        assertInstanceOf(Authenticated.class, login("bob", "changeit", address));
    }

    private void assertThrottled(AuthenticationResult result) {
        assertInstanceOf(Throttled.class, result);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void afterTooManyFailuresTheRightPasswordIsRefusedTooAndNothingIsLookedAt() {
        fail(10, "bob", AWAY);
        assertEquals(10, hashings.get());
        assertEquals(EACH, ((Throttled) login("BOB", "changeit", AWAY)).retryAfter());
        assertThrottled(login("bob", "wrong", AWAY));
        assertEquals(10, hashings.get());
    }

    @Test
    void oneMoreIsLetThroughAtATime() {
        fail(10, "bob", AWAY);
        pass(EACH.minusNanos(1));
        assertEquals(Duration.ofNanos(1), ((Throttled) login("bob", "x", AWAY)).retryAfter());
        pass(Duration.ofNanos(1));
        fail(1, "bob", AWAY);
        assertThrottled(login("bob", "x", AWAY));
        pass(EACH);
        assertLetIn(AWAY);
    }

    @Test
    void afterAWhileWithoutFailuresAllMayHappenAgain() {
        fail(10, "bob", AWAY);
        pass(Duration.ofMinutes(10));
        fail(10, "bob", AWAY);
        assertThrottled(login("bob", "x", AWAY));
    }

    @Test
    void usersThereAreNotAreThrottledAlike() {
        for (String user : List.of("bob", "nobody", "")) {
            fail(10, user, AWAY);
        }
        // Three times the limit of the address, so that it is the users' own that refuses from elsewhere.
        for (String user : List.of("bob", "nobody", "")) {
            Throttled throttled = (Throttled) login(user, "x", "203.0.113.1");
            assertEquals(EACH, throttled.retryAfter());
        }
        assertEquals(30, hashings.get());
    }

    @Test
    void manyAddressesMakeNoMoreGuessesAtAUser() {
        for (int i = 0; i < 10; i++) {
            fail(1, "bob", "198.51.100." + i);
        }
        assertThrottled(login("bob", "x", "198.51.100.99"));
    }

    @Test
    void anAddressMakesNoMoreGuessesAtManyUsers() {
        for (int i = 0; i < 30; i++) {
            fail(1, "user" + i, AWAY);
        }
        assertEquals(Duration.ofSeconds(20), ((Throttled) login("another", "x", AWAY)).retryAfter());
        assertThrottled(login("bob", "changeit", AWAY));
        assertLetIn(HOME);
    }

    @Test
    void allAddressesOfANetworkOfVersion6AreOne() {
        for (int i = 0; i < 30; i++) {
            fail(1, "user" + i, "2001:db8:1:2::" + i);
        }
        assertThrottled(login("another", "x", "2001:db8:1:2:ffff::1"));
        fail(1, "another", "2001:db8:1:3::1");
    }

    @Test
    void guessesFromElsewhereDoNotShutOutWhoIsKnownWhereTheyAre() {
        assertLetIn(HOME);
        fail(10, "bob", AWAY);
        assertThrottled(login("bob", "changeit", AWAY));
        assertLetIn(HOME);
        pass(Duration.ofMinutes(5));
        fail(5, "bob", AWAY);
        // No longer remembered, but still known.
        assertLetIn(HOME);
    }

    @Test
    void whereAUserIsKnownTheUserIsThrottledByTheGuessesThere() {
        assertLetIn(HOME);
        fail(10, "bob", HOME);
        assertThrottled(login("bob", "changeit", HOME));
        assertLetIn(AWAY);
    }

    @Test
    void rightPasswordsAreNotCounted() {
        for (int i = 0; i < 50; i++) {
            assertLetIn(HOME);
            pass(Duration.ofSeconds(61));
        }
        assertEquals(50, hashings.get());
        fail(10, "bob", HOME);
        assertThrottled(login("bob", "x", HOME));
    }

    @Test
    void aFloodOfRefusalsIsNewsOnce() {
        fail(10, "bob", AWAY);
        assertTrue(((Throttled) login("bob", "x", AWAY)).isNews());
        for (int i = 0; i < 5; i++) {
            assertEquals(false, ((Throttled) login("bob", "x" + i, AWAY)).isNews());
        }
    }

    @Test
    void aFloodFromOneAddressIsNewsOnceWhoeverTheUsersAre() {
        for (int i = 0; i < 30; i++) {
            fail(1, "user" + i, AWAY);
        }
        assertTrue(((Throttled) login("one", "x", AWAY)).isNews());
        assertEquals(false, ((Throttled) login("other", "x", AWAY)).isNews());
    }

    @Test
    void aLimitOfZeroIsNone() {
        authenticator = authenticator(0, 0);
        fail(50, "bob", AWAY);
        assertLetIn(AWAY);
    }

    @Test
    void whoLogsInManyTimesAtOnceIsLetInEachTime() throws InterruptedException, ExecutionException {
        int times = 40;
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            CountDownLatch start = new CountDownLatch(times);
            List<Future<AuthenticationResult>> results = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return login("bob", "changeit", HOME);
                }));
            }
            for (Future<AuthenticationResult> result : results) {
                assertInstanceOf(Authenticated.class, result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void guessesAtOnceAreCountedOneByOne() throws InterruptedException, ExecutionException {
        int times = 40;
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            CountDownLatch start = new CountDownLatch(times);
            List<Future<AuthenticationResult>> results = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                String guess = "guess" + i;
                results.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return login("bob", guess, AWAY);
                }));
            }
            int throttled = 0;
            for (Future<AuthenticationResult> result : results) {
                throttled += result.get() instanceof Throttled ? 1 : 0;
            }
            assertEquals(30, throttled);
            assertEquals(10, hashings.get());
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- Credentials other than passwords

    private boolean isThrottled(String token, String address) {
        return throttle.find(new Secret(token), from(address)).isPresent();
    }

    private void failWith(String token, String address) {
        assertFalse(isThrottled(token, address));
        throttle.failed(new Secret(token), from(address));
    }

    @Test
    void aFloodOfWrongTokensThrottlesTheirAddressForAllAndNoOther() {
        for (int i = 0; i < 30; i++) {
            failWith("token" + i, AWAY);
        }
        assertTrue(isThrottled("another", AWAY));
        assertTrue(isThrottled("right", AWAY));
        assertThrottled(login("bob", "changeit", AWAY));
        assertFalse(isThrottled("another", HOME));
        assertLetIn(HOME);
        pass(Duration.ofSeconds(20));
        failWith("another", AWAY);
        assertTrue(isThrottled("another", AWAY));
    }

    @Test
    void wrongPasswordsThrottleTheTokensOfTheirAddress() {
        for (int i = 0; i < 30; i++) {
            fail(1, "user" + i, AWAY);
        }
        assertTrue(isThrottled("token", AWAY));
    }

    @Test
    void whoGoesOnSendingOneWrongTokenShutsOutNobodyElse() {
        for (int i = 0; i < 10; i++) {
            failWith("stale", AWAY);
        }
        for (int i = 0; i < 50; i++) {
            assertTrue(isThrottled("stale", AWAY));
        }
        assertFalse(isThrottled("another", AWAY));
        assertLetIn(AWAY);
        // Wherever it comes from.
        assertTrue(isThrottled("stale", HOME));
    }

    @Test
    void lookingCountsNothing() {
        for (int i = 0; i < 100; i++) {
            assertFalse(isThrottled("token" + i, AWAY));
        }
    }

    @Test
    void aFloodOfTokensIsNewsOnce() {
        for (int i = 0; i < 30; i++) {
            failWith("token" + i, AWAY);
        }
        assertTrue(throttle.find(new Secret("a"), from(AWAY)).orElseThrow().isNews());
        assertFalse(throttle.find(new Secret("b"), from(AWAY)).orElseThrow().isNews());
    }
}
