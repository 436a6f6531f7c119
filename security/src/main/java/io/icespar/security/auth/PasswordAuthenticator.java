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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final SecretKeySpec key;
    private final Cache<ByteBuffer, PasswordHash> verified;

    /**
     * Creates an authenticator that remembers nothing yet.
     *
     * @param memory how long a verified password is remembered
     * @param ticker the clock that {@code memory} is measured by
     * @param random what the key is drawn from
     */
    public PasswordAuthenticator(Passwords passwords, Duration memory, Ticker ticker, SecureRandom random) {
        this(passwords::verify, memory, ticker, random);
    }

    /** With {@link Passwords#verify}, or what stands for it. */
    PasswordAuthenticator(
            BiPredicate<Secret, Optional<PasswordHash>> verification,
            Duration memory,
            Ticker ticker,
            SecureRandom random) {
        this.verification = verification;
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, MAC);
        this.verified = Caffeine.newBuilder()
                .expireAfterWrite(memory)
                .maximumSize(MAX_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * Checks a user's password. For a refusal, it takes the same time whether or not there is such a user.
     *
     * @param state who the users are
     */
    public AuthenticationResult authenticate(SecurityState state, String user, Secret password, Origin origin) {
        Name name = Name.of(user);
        Optional<User> found = state.findUser(name);
        Optional<PasswordHash> stored = found.flatMap(User::password);
        ByteBuffer credentials = keyedHash(name, password, origin);
        PasswordHash remembered = verified.getIfPresent(credentials);
        if (found.isPresent() && stored.isPresent() && stored.get().equals(remembered)) {
            return new Authenticated(found.get().name(), true);
        }
        if (verification.test(password, stored) && found.isPresent() && stored.isPresent()) {
            verified.put(credentials, stored.get());
            return new Authenticated(found.get().name(), false);
        }
        if (found.isEmpty()) {
            return new Refused("there is no such user");
        }
        return new Refused(stored.isEmpty() ? "the user has no password" : "the password is wrong");
    }

    /** Forgets credentials, so that they will be verified anew. */
    public void forget(String user, Secret password, Origin origin) {
        verified.invalidate(keyedHash(Name.of(user), password, origin));
    }

    private ByteBuffer keyedHash(Name user, Secret password, Origin origin) {
        List<String> texts = List.of(user.folded(), origin.network(), password.value());
        int characters = texts.stream().mapToInt(String::length).sum();
        ByteBuffer message = ByteBuffer.allocate(texts.size() * Integer.BYTES + characters * Character.BYTES);
        for (String text : texts) {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            message.putInt(text.length());
            message.put(text.getBytes(StandardCharsets.UTF_16BE));
        }
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal(message.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }
}
