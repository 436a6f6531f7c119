package io.icespar.security.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Slows down who guesses passwords: so many logins may fail for a user and from an address, and then one more at a time.
 *
 * <p>A login is allowed first and counted as failed, and taken back when it turns out right, so that many at once are
 * counted as well. Where a user has logged in lately, failures are counted for the user there; all other places share
 * one count for the user. Guesses from elsewhere thus slow down nobody who is known where they are, while a guesser gains
 * nothing from having many addresses.
 *
 * <p>Nobody waits here; who is refused is told for how long. Memory is bounded. Safe for use by several threads.
 */
final class LoginThrottle {
    private static final int MAX_COUNTS = 100_000;

    /** How long a place is known after a login. */
    private static final Duration KNOWN = Duration.ofHours(12);

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final LoginLimits limits;
    private final Ticker ticker;

    /** For each count the time at which it will be empty again, in nanoseconds of the ticker. */
    private final Cache<ByteBuffer, Long> counts;

    /** Users with places where they have logged in lately. */
    private final Cache<ByteBuffer, Boolean> known;

    /** Counts over whose limit someone was told to be a short while ago. */
    private final Cache<ByteBuffer, Boolean> told;

    LoginThrottle(LoginLimits limits, Ticker ticker) {
        this.limits = limits;
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

    /** Counts a failure beforehand; if there are too many already, how long to wait before the next login. */
    Optional<Duration> begin(Attempt attempt) {
        Optional<Duration> byAddress =
                attempt.address().flatMap(address -> take(address, limits.failuresPerAddress(), true));
        if (byAddress.isPresent()) {
            return byAddress;
        }
        Optional<Duration> byUser = take(counted(attempt), limits.failuresPerUser(), true);
        if (byUser.isPresent()) {
            attempt.address().ifPresent(address -> giveBack(address, limits.failuresPerAddress()));
        }
        return byUser;
    }

    /** As {@link #begin}, without counting. */
    Optional<Duration> look(Attempt attempt) {
        return attempt.address()
                .flatMap(address -> take(address, limits.failuresPerAddress(), false))
                .or(() -> take(counted(attempt), limits.failuresPerUser(), false));
    }

    /** It was no failure: the count is as before, and the place is known from now on. */
    void succeeded(Attempt attempt) {
        giveBack(counted(attempt), limits.failuresPerUser());
        attempt.address().ifPresent(address -> giveBack(address, limits.failuresPerAddress()));
        known.put(attempt.place(), true);
    }

    /** Whether a refusal is the first in a while, and worth a record; a flood of them is not. */
    boolean isNews(Attempt attempt) {
        ByteBuffer over = attempt.address()
                .filter(address ->
                        take(address, limits.failuresPerAddress(), false).isPresent())
                .orElseGet(() -> counted(attempt));
        return told.asMap().putIfAbsent(over, true) == null;
    }

    private ByteBuffer counted(Attempt attempt) {
        return known.getIfPresent(attempt.place()) == null ? attempt.user() : attempt.place();
    }

    // The "generic cell rate algorithm": one number a count, and no failure is ever forgotten at once.
    private Optional<Duration> take(ByteBuffer key, int limit, boolean counting) {
        if (limit == 0) {
            return Optional.empty();
        }
        long now = ticker.read();
        long window = limits.window().toNanos();
        long each = window / limit;
        long[] over = {0};
        counts.asMap().compute(key, (same, full) -> {
            long emptyAt = full == null || full - now < 0 ? now : full;
            over[0] = emptyAt + each - now - window;
            return over[0] <= 0 && counting ? Long.valueOf(emptyAt + each) : full;
        });
        return over[0] <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(over[0]));
    }

    private void giveBack(ByteBuffer key, int limit) {
        if (limit > 0) {
            counts.asMap()
                    .computeIfPresent(
                            key, (same, full) -> full - limits.window().toNanos() / limit);
        }
    }
}
