package io.icespar.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.store.SharedSecurityStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks several times a second whether another server changed a shared store, and knows since when nobody could look.
 */
final class StateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final SharedSecurityStore store;
    private final Ticker ticker;
    private final LongConsumer epochs;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "icespar-security-store");
        made.setDaemon(true);
        return made;
    });

    /** When the last look began that succeeded: what was seen then was right at that time. */
    private volatile long seen;

    /**
     * Creates a watch, for a state that was read just now.
     *
     * @param epochs is given the epoch of the stored state, and sees that the present state is of that epoch or later
     */
    StateWatch(SharedSecurityStore store, Ticker ticker, LongConsumer epochs) {
        this.store = store;
        this.ticker = ticker;
        this.epochs = epochs;
        this.seen = ticker.read();
    }

    /** Looks from now on. */
    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        long now = ticker.read();
        try {
            epochs.accept(store.epoch());
            seen = now;
            if (failing.compareAndSet(true, false)) {
                LOG.warn("event=security-store-reached-again");
            }
        } catch (RuntimeException e) {
            // Told once; the next look may fare better.
            if (failing.compareAndSet(false, true)) {
                LOG.error("event=security-store-unreachable", e);
            }
        }
    }

    /**
     * Does nothing if the present state can be decided by.
     *
     * @throws IcesparException {@code STALE} if nobody could look for too long
     */
    void check() {
        if (!isCurrent()) {
            throw new IcesparException(
                    ErrorCode.STALE,
                    "the security store cannot be reached, so it is not certain who may see what: try again later, or"
                            + " tell who runs the server");
        }
    }

    /** Whether the present state can be decided by. */
    boolean isCurrent() {
        return ticker.read() - seen <= store.maxAge().toNanos();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
