package io.icespar.security.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;

/**
 * Checks users' passwords against a security state, and remembers for a short while those it found right, since
 * hashing is slow on purpose and clients send the password with every request.
 *
 * <p>It remembers no password: an entry goes from a keyed hash of user, password and where they came from, under a key
 * that lives only in this object, to the stored hash they were verified against. An entry counts only while that very hash is the user's;
 * a new password (even the same text, for its salt is new) or a dropped user thus takes effect at once. Refusals are
 * not remembered. Safe for use by several threads.
 */
public final class PasswordAuthenticator {
    /** How long a verified password is remembered unless told otherwise. */
    public static final Duration DEFAULT_MEMORY = Duration.ofMinutes(1);

    private static final int MAX_REMEMBERED = 10_000;

    private final BiPredicate<Secret, Optional<PasswordHash>> verification;
    private final KeyedHash hash;
    private final Cache<ByteBuffer, PasswordHash> verified;
    private final LoginThrottle throttle;
    private final ConcurrentMap<Verification, CompletableFuture<AuthenticationResult>> underWay =
            new ConcurrentHashMap<>();

    /**
     * Creates an authenticator that remembers nothing yet.
     *
     * @param memory how long a verified password is remembered
     * @param throttle counts logins that fail, and slows down who guesses
     * @param ticker the clock that times are measured by
     * @param random what the key is drawn from
     */
    public PasswordAuthenticator(
            Passwords passwords, Duration memory, LoginThrottle throttle, Ticker ticker, SecureRandom random) {
        this(passwords::verify, memory, throttle, ticker, random);
    }

    /** With {@link Passwords#verify}, or what stands for it. */
    PasswordAuthenticator(
            BiPredicate<Secret, Optional<PasswordHash>> verification,
            Duration memory,
            LoginThrottle throttle,
            Ticker ticker,
            SecureRandom random) {
        this.verification = verification;
        this.hash = new KeyedHash(random);
        this.throttle = throttle;
        this.verified = Caffeine.newBuilder()
                .expireAfterWrite(memory)
                .maximumSize(MAX_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * Checks a user's password. For a refusal, it takes the same time whether or not there is such a user.
     *
     * <p>Who is throttled is refused also with the right password, be it remembered: else each guess would be told
     * right or wrong. The same credentials sent several times at once are verified once.
     *
     * @param state who the users are
     */
    public AuthenticationResult authenticate(SecurityState state, String user, Secret password, Origin origin) {
        Name name = Name.of(user);
        Optional<User> found = state.findUser(name);
        Optional<PasswordHash> stored = found.flatMap(User::password);
        ByteBuffer credentials = hash.of("credentials", name.folded(), origin.network(), password.value());
        LoginThrottle.Attempt attempt = throttle.asUser(name, origin);
        PasswordHash remembered = verified.getIfPresent(credentials);
        if (found.isPresent() && stored.isPresent() && stored.get().equals(remembered)) {
            Optional<Duration> wait = throttle.look(attempt);
            return wait.isPresent()
                    ? throttle.throttled(wait.get(), attempt)
                    : new Authenticated(found.get().name(), true);
        }
        Verification mine = new Verification(credentials, stored);
        CompletableFuture<AuthenticationResult> future = new CompletableFuture<>();
        CompletableFuture<AuthenticationResult> others = underWay.putIfAbsent(mine, future);
        if (others != null) {
            return others.join();
        }
        try {
            AuthenticationResult result = verify(attempt, found, password);
            if (result instanceof Authenticated && stored.isPresent()) {
                verified.put(credentials, stored.get());
            }
            future.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(mine);
        }
    }

    private AuthenticationResult verify(LoginThrottle.Attempt attempt, Optional<User> found, Secret password) {
        Optional<Duration> wait = throttle.begin(attempt);
        if (wait.isPresent()) {
            return throttle.throttled(wait.get(), attempt);
        }
        Optional<PasswordHash> stored = found.flatMap(User::password);
        if (verification.test(password, stored) && found.isPresent() && stored.isPresent()) {
            throttle.succeeded(attempt);
            return new Authenticated(found.get().name(), false);
        }
        if (found.isEmpty()) {
            return new Refused("there is no such user");
        }
        return new Refused(stored.isEmpty() ? "the user has no password" : "the password is wrong");
    }

    /**
     * A check that is under way.
     *
     * @param stored what the password is checked against
     */
    private record Verification(ByteBuffer credentials, Optional<PasswordHash> stored) {}

    /** Forgets credentials, so that they will be verified anew. */
    public void forget(String user, Secret password, Origin origin) {
        verified.invalidate(hash.of("credentials", Name.of(user).folded(), origin.network(), password.value()));
    }
}
