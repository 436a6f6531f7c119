package io.icespar.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.time.Duration;
import java.util.Optional;

/**
 * What providers said last of their users, by their names as they are spelled, for a day and of so many users. Safe for
 * use by several threads.
 */
final class SeenIdentities {
    private static final int MAX_SEEN = 10_000;
    private static final Duration SEEN_FOR = Duration.ofHours(24);

    private final Cache<String, Identity> seen = Caffeine.newBuilder()
            .maximumSize(MAX_SEEN)
            .expireAfterWrite(SEEN_FOR)
            .build();

    /** Remembers what a provider said, unless it is nobody's here: that would hide what was said of the user. */
    void see(Identity identity, SecurityState state) {
        if (identity.assertion().isPresent() && state.findRefusal(identity).isEmpty()) {
            seen.put(identity.name().spelling(), identity);
        }
    }

    /** What was said last; the user as known here if nothing was, or it counts no more. */
    Identity last(Name user, SecurityState state) {
        return Optional.ofNullable(seen.getIfPresent(user.spelling()))
                .filter(identity -> state.findRefusal(identity).isEmpty())
                .orElse(Identity.local(user));
    }
}
