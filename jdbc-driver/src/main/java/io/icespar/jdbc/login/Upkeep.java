package io.icespar.jdbc.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has a login renewed in the background when it is time to, as long as someone uses it. No method waits for a renewal.
 *
 * <p>Who forgets to say that the login is of no more use to them is noticed when their memory is freed.
 */
final class Upkeep {
    private final Background background;
    private final Clock clock;
    private final Runnable renewal;

    // All guarded by this.
    private final Set<Object> users = Collections.newSetFromMap(new WeakHashMap<>());
    private Optional<Instant> due = Optional.empty();
    private @Nullable Future<?> next;

    /** @param renewal says when it is due again, if it is */
    Upkeep(Background background, Clock clock, Runnable renewal) {
        this.background = background;
        this.clock = clock;
        this.renewal = renewal;
    }

    synchronized void begin(Object user) {
        users.add(user);
        if (next == null) {
            plan();
        }
    }

    synchronized void end(Object user) {
        users.remove(user);
        if (users.isEmpty()) {
            cancel();
        }
    }

    /** When it is time for the next renewal, instead of what was said before; empty for never. */
    synchronized void isDue(Optional<Instant> time) {
        due = time;
        cancel();
        if (!users.isEmpty()) {
            plan();
        }
    }

    private void plan() {
        due.ifPresent(time -> {
            var delay = Duration.between(clock.instant(), time);
            next = background.after(delay.isNegative() ? Duration.ZERO : delay, this::renew);
        });
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private void renew() {
        synchronized (this) {
            next = null;
            if (users.isEmpty()) {
                return;
            }
            due = Optional.empty();
        }
        renewal.run();
    }
}
