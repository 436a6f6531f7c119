package io.icespar.security.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

    private static final String MAC = "HmacSHA256";
    private static final int MAX_REMEMBERED = 10_000;

    private final BiPredicate<Secret, Optional<PasswordHash>> verification;

    /** Has the key, and is never used itself: a copy of it is made faster than another. */
    private final Mac keyed;

    private final Cache<ByteBuffer, PasswordHash> verified;
    private final LoginThrottle throttle;
    private final ConcurrentMap<Verification, CompletableFuture<AuthenticationResult>> underWay =
            new ConcurrentHashMap<>();

    /**
     * Creates an authenticator that remembers nothing yet.
     *
     * @param memory how long a verified password is remembered
     * @param limits how many logins may fail
     * @param ticker the clock that times are measured by
     * @param random what the key is drawn from
     */
    public PasswordAuthenticator(
            Passwords passwords, Duration memory, LoginLimits limits, Ticker ticker, SecureRandom random) {
        this(passwords::verify, memory, limits, ticker, random);
    }

    /** With {@link Passwords#verify}, or what stands for it. */
    PasswordAuthenticator(
            BiPredicate<Secret, Optional<PasswordHash>> verification,
            Duration memory,
            LoginLimits limits,
            Ticker ticker,
            SecureRandom random) {
        this.verification = verification;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.keyed = keyed(bytes);
        this.throttle = new LoginThrottle(limits, ticker);
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
        ByteBuffer credentials = keyedHash("credentials", name.folded(), origin.network(), password.value());
        LoginThrottle.Attempt attempt = attempt(name, origin);
        PasswordHash remembered = verified.getIfPresent(credentials);
        if (found.isPresent() && stored.isPresent() && stored.get().equals(remembered)) {
            Optional<Duration> wait = throttle.look(attempt);
            return wait.isPresent()
                    ? throttled(wait.get(), attempt)
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
            return throttled(wait.get(), attempt);
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

    private Throttled throttled(Duration wait, LoginThrottle.Attempt attempt) {
        return new Throttled(wait, throttle.isNews(attempt));
    }

    private LoginThrottle.Attempt attempt(Name user, Origin origin) {
        return new LoginThrottle.Attempt(
                keyedHash("user", user.folded()),
                keyedHash("place", user.folded(), origin.network()),
                origin.address().map(address -> keyedHash("address", origin.network())));
    }

    /**
     * A check that is under way.
     *
     * @param stored what the password is checked against
     */
    private record Verification(ByteBuffer credentials, Optional<PasswordHash> stored) {}

    /** Forgets credentials, so that they will be verified anew. */
    public void forget(String user, Secret password, Origin origin) {
        verified.invalidate(keyedHash("credentials", Name.of(user).folded(), origin.network(), password.value()));
    }

    private ByteBuffer keyedHash(String... texts) {
        int characters = Arrays.stream(texts).mapToInt(String::length).sum();
        ByteBuffer message = ByteBuffer.allocate(texts.length * Integer.BYTES + characters * Character.BYTES);
        for (String text : texts) {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            message.putInt(text.length());
            message.put(text.getBytes(StandardCharsets.UTF_16BE));
        }
        try {
            return ByteBuffer.wrap(((Mac) keyed.clone()).doFinal(message.array()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's " + MAC + " can be copied", e);
        }
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
