package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.oracle.SampleLibrary;
import io.icespar.engine.oracle.Samples;
import io.icespar.engine.run.QueryLimits;
import io.icespar.engine.secure.Restrictor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Planning ends by the same limits as running, and when it is cancelled, in whatever stage it is. */
@ExtendWith(Samples.class)
class PlanningTimeTest {
    private static final String SQL = "SELECT \"City\" || '!', SUM(\"Quantity\" * 2) FROM \"Sales\" JOIN \"Shops\""
            + " ON \"Shop\" = \"Shop ID\" WHERE \"Quantity\" + 1 > 1 AND EXISTS (SELECT 1 FROM \"Shops\" s"
            + " WHERE s.\"Shop ID\" = \"Shop\") GROUP BY \"City\" || '!'";

    private final AtomicLong now = new AtomicLong();

    private PlanningTime time(int timeout, OptionalLong limit) {
        QueryLimits limits = new QueryLimits(
                Name.of("bob"), limit, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        return new PlanningTime(timeout, Optional.of(limits), () -> false, now::get);
    }

    @Test
    void itEndsByTheTimeoutOrByTheLimit() {
        PlanningTime timeout = time(2, OptionalLong.of(5));
        PlanningTime limit = time(0, OptionalLong.of(5));
        PlanningTime endless = time(0, OptionalLong.empty());
        now.set(TimeUnit.SECONDS.toNanos(2) - 1);
        timeout.check();
        now.set(TimeUnit.SECONDS.toNanos(2));
        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(IcesparException.class, timeout::check).code());
        limit.check();
        now.set(TimeUnit.SECONDS.toNanos(5));
        IcesparException e = assertThrows(IcesparException.class, limit::check);
        assertEquals(ErrorCode.TIME_LIMIT_REACHED, e.code());
        assertEquals("the query was cancelled: limit `queries_time_limit` is 5 s", e.getMessage());
        now.set(Long.MAX_VALUE - 1);
        endless.check();
    }

    // Each of many moments of preparing and executing is one at which the caller gives up.
    @Test
    void atWhicheverMomentItIsCancelledItEndsSo(SampleLibrary samples) {
        Session session =
                samples.openNew(Restrictor::new).session("french-user").session();
        int asked = 0;
        for (int moment = 0; moment < 3_000; moment += 1 + moment / 20) {
            AtomicInteger questions = new AtomicInteger();
            int last = moment;
            try {
                Session.Prepared prepared = session.prepare(SQL, () -> questions.incrementAndGet() > last);
                session.execute(prepared, List.of(), 0, () -> questions.incrementAndGet() > last);
                asked = last;
                break;
            } catch (IcesparException e) {
                assertEquals(ErrorCode.CANCELLED, e.code(), e.getMessage());
                assertEquals("the statement was cancelled", e.getMessage());
            }
        }
        int questions = asked;
        assertTrue(questions > 100, () -> "nobody was asked but " + questions + " times");
    }
}
