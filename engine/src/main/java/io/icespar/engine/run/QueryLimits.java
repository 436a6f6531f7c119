package io.icespar.engine.run;

import io.icespar.security.context.ContextValues;
import io.icespar.security.context.Limit;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What one query of a caller may take; what is empty is not limited.
 *
 * @param caller whose query it is
 * @param seconds how long it may take, until its last row
 * @param rows how many rows it may give
 * @param mebibytes how much memory its sorts, joins and groups may hold; others may drive to disk what is more
 * @param concurrent how many queries the caller may run at the same time, this one included
 */
public record QueryLimits(
        Name caller, OptionalLong seconds, OptionalLong rows, OptionalLong mebibytes, OptionalLong concurrent) {

    /** The limits among a caller's context values. */
    public static QueryLimits of(Name caller, ContextValues values) {
        return new QueryLimits(
                caller,
                values.limit(Limit.QUERIES_TIME_LIMIT),
                values.limit(Limit.QUERIES_RESULT_LIMIT),
                values.limit(Limit.QUERIES_MEMORY_LIMIT),
                values.limit(Limit.MAX_CONCURRENT_QUERIES));
    }

    /**
     * Returns if a query may still be worked on.
     *
     * @param nanos how long that took by now
     * @throws IcesparException {@code TIME_LIMIT_REACHED} if it was too long
     */
    public void checkTime(long nanos) {
        if (seconds.isPresent() && TimeUnit.NANOSECONDS.toSeconds(nanos) >= seconds.getAsLong()) {
            throw tooLong();
        }
    }

    IcesparException tooLong() {
        return new IcesparException(
                ErrorCode.TIME_LIMIT_REACHED,
                "the query was cancelled: limit `" + Limit.QUERIES_TIME_LIMIT.value() + "` is " + seconds.orElseThrow()
                        + " s");
    }

    IcesparException tooManyRows() {
        return new IcesparException(
                ErrorCode.RESULT_LIMIT_REACHED,
                "the query was cancelled: limit `" + Limit.QUERIES_RESULT_LIMIT.value() + "` is " + rows.orElseThrow());
    }

    IcesparException tooMany() {
        return new IcesparException(
                ErrorCode.CONCURRENCY_LIMIT_REACHED,
                "the query was not started: limit `" + Limit.MAX_CONCURRENT_QUERIES.value() + "` is "
                        + concurrent.orElseThrow() + ", and as many queries of user `" + caller
                        + "` are running or have rows left to read");
    }
}
