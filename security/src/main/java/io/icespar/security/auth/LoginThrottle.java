package io.icespar.security.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses: so many logins may fail for a user and from an address, and then one more at a time.
 *
 * <p>A login by password is allowed first and counted as failed, and taken back when it turns out right, so that many at once are
 * counted as well. Where a user has logged in lately, failures are counted for the user there; all other places share
 * one count for the user. Guesses from elsewhere thus slow down nobody who is known where they are, while a guesser gains
 * nothing from having many addresses.
 *
 * <p>Other credentials, such as tokens, are too long to be guessed, but a flood of them costs time as well. They are
 * counted when they turn out wrong, from an address together with passwords, and the same ones in place of a user: who
 * goes on sending one that counts no more does not shut out the others at that address.
 *
 * <p>Nobody waits here; who is refused is told for how long. Memory is bounded. Safe for use by several threads.
 */
public final class LoginThrottle {
    private static final int MAX_COUNTS = 100_000;

    /** How long a place is known after a login. */
    private static final Duration KNOWN = Duration.ofHours(12);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final LoginLimits limits;
    private final KeyedHash hash;
    private final Ticker ticker;

    /** For each count the time at which it will be empty again, in nanoseconds of the ticker. */
    private final Cache<ByteBuffer, Long> counts;

    /** Users with places where they have logged in lately. */
    private final Cache<ByteBuffer, Boolean> known;

    /** Counts over whose limit someone was told to be a short while ago. */
    private final Cache<ByteBuffer, Boolean> told;

    /**
     * Creates one that has counted nothing yet.
     *
     * @param limits how many logins may fail
     * @param ticker the clock that times are measured by
     * @param random what the key is drawn from under which users and addresses are kept
     */
    public LoginThrottle(LoginLimits limits, Ticker ticker, SecureRandom random) {
        this.limits = limits;
        this.hash = new KeyedHash(random);
        this.ticker = ticker;
        this.counts = cache(limits.window(), ticker);
        this.known = cache(KNOWN, ticker);
        this.told = cache(SILENCE, ticker);
    }

    private static <T> Cache<ByteBuffer, T> cache(Duration expiry, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(expiry)
                .maximumSize(MAX_COUNTS)
                .ticker(ticker)
                .build();
    }

    /**
     * Who logs in, as keys that tell nothing.
     *
     * @param user the user, wherever
     * @param place the user at this place
     * @param address the address; empty if the login comes from this process itself
     */
    record Attempt(ByteBuffer user, ByteBuffer place, Optional<ByteBuffer> address) {}

    /** A login by a user's password. */
    Attempt asUser(Name user, Origin origin) {
        return new Attempt(
                hash.of("user", user.folded()), hash.of("place", user.folded(), origin.network()), address(origin));
    }

    private Attempt with(Secret credentials, Origin origin) {
        ByteBuffer same = hash.of("credentials", credentials.value());
        return new Attempt(same, same, address(origin));
    }

    private Optional<ByteBuffer> address(Origin origin) {
        return origin.address().map(address -> hash.of("address", origin.network()));
    }

    /** Whether too many logins failed for credentials other than a password to be looked at, be they right or wrong. */
    public Optional<Throttled> find(Secret credentials, Origin origin) {
        Attempt attempt = with(credentials, origin);
        return look(attempt).map(wait -> throttled(wait, attempt));
    }

    /** Counts credentials other than a password that are wrong. */
    public void failed(Secret credentials, Origin origin) {
        Attempt attempt = with(credentials, origin);
        attempt.address().ifPresent(address -> take(address, limits.failuresPerAddress()));
        take(attempt.user(), limits.failuresPerUser());
    }

    Throttled throttled(Duration wait, Attempt attempt) {
        return new Throttled(wait, isNews(attempt));
    }

    /** Counts a failure beforehand; if there are too many already, how long to wait before the next login. */
    Optional<Duration> begin(Attempt attempt) {
        Optional<Duration> byAddress = attempt.address().flatMap(address -> take(address, limits.failuresPerAddress()));
        if (byAddress.isPresent()) {
            return byAddress;
        }
        Optional<Duration> byUser = take(counted(attempt), limits.failuresPerUser());
        if (byUser.isPresent()) {
            attempt.address().ifPresent(address -> giveBack(address, limits.failuresPerAddress()));
        }
        return byUser;
    }

    /** As {@link #begin}, without counting. */
    Optional<Duration> look(Attempt attempt) {
        return attempt.address()
                .flatMap(address -> look(address, limits.failuresPerAddress()))
                .or(() -> look(counted(attempt), limits.failuresPerUser()));
    }

    /** It was no failure: the count is as before, and the place is known from now on. */
    void succeeded(Attempt attempt) {
        giveBack(counted(attempt), limits.failuresPerUser());
        attempt.address().ifPresent(address -> giveBack(address, limits.failuresPerAddress()));
        known.put(attempt.place(), true);
    }

    /** Whether a refusal is the first in a while, and worth a record; a flood of them is not. */
    private boolean isNews(Attempt attempt) {
        ByteBuffer over = attempt.address()
                .filter(address -> look(address, limits.failuresPerAddress()).isPresent())
                .orElseGet(() -> counted(attempt));
        return told.asMap().putIfAbsent(over, true) == null;
    }

    private ByteBuffer counted(Attempt attempt) {
        return known.getIfPresent(attempt.place()) == null ? attempt.user() : attempt.place();
    }

    // The "generic cell rate algorithm": one number a count, and no failure is ever forgotten at once.
    private Optional<Duration> take(ByteBuffer key, int limit) {
        if (limit == 0) {
            return Optional.empty();
        }
        long now = ticker.read();
        long[] over = {0};
        counts.asMap().compute(key, (same, full) -> {
            long emptyAt = emptyAt(full, now);
            over[0] = over(emptyAt, limit, now);
            return over[0] <= 0 ? Long.valueOf(emptyAt + each(limit)) : full;
        });
        return waiting(over[0]);
    }

    /** As {@link #take}, without counting. */
    private Optional<Duration> look(ByteBuffer key, int limit) {
        if (limit == 0) {
            return Optional.empty();
        }
        long now = ticker.read();
        return waiting(over(emptyAt(counts.getIfPresent(key), now), limit, now));
    }

    private static long emptyAt(@Nullable Long full, long now) {
        return full == null || full - now < 0 ? now : full;
    }

    private long each(int limit) {
        return limits.window().toNanos() / limit;
    }

    private long over(long emptyAt, int limit, long now) {
        return emptyAt + each(limit) - now - limits.window().toNanos();
    }

    private static Optional<Duration> waiting(long over) {
        return over <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(over));
    }

    private void giveBack(ByteBuffer key, int limit) {
        if (limit > 0) {
            counts.asMap().computeIfPresent(key, (same, full) -> full - each(limit));
        }
    }
}
