package io.icespar.engine;

import io.icespar.engine.run.QueryLimits;
import io.icespar.engine.sql.Patience;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The time that one statement may be planned: as long as it may run, and until it is cancelled. */
final class PlanningTime implements Patience {
    private final LongSupplier nanoClock;
    private final long begin;
    private final long timeout;
    private final Optional<QueryLimits> limits;
    private final BooleanSupplier isCancelled;

    /**
     * Begins now.
     *
     * @param timeoutSeconds after how long the caller gives up, 0 for never
     * @param limits the caller's; empty if they are not known, so that the statement is going to fail
     * @param isCancelled whether the caller gave up already
     * @param nanoClock tells the time, in nanoseconds
     */
    PlanningTime(
            int timeoutSeconds, Optional<QueryLimits> limits, BooleanSupplier isCancelled, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.begin = nanoClock.getAsLong();
        this.timeout = timeoutSeconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(timeoutSeconds);
        this.limits = limits;
        this.isCancelled = isCancelled;
    }

    @Override
    public void check() {
        if (isCancelled.getAsBoolean()) {
            throw new IcesparException(ErrorCode.CANCELLED, "the statement was cancelled");
        }
        long taken = nanoClock.getAsLong() - begin;
        if (taken >= timeout) {
            throw new IcesparException(ErrorCode.CANCELLED, "the query was cancelled");
        }
        limits.ifPresent(known -> known.checkTime(taken));
    }
}
