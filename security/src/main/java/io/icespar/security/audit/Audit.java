package io.icespar.security.audit;

import io.icespar.security.audit.AuditEvent.Ending;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.Outcome;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit of one server: writes events, remembers the last of them, and decides what becomes of work that cannot be
 * recorded. Safe for use by several threads.
 */
public final class Audit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final AuditLog log;
    private final WhenUnwritable whenUnwritable;
    private final RecentEvents recent;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong statements = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * Creates an audit.
     *
     * @param log belongs to the audit from now on, and is closed with it
     * @param remembered how many events are kept in memory
     */
    public Audit(AuditLog log, WhenUnwritable whenUnwritable, int remembered, Clock clock) {
        this.log = log;
        this.whenUnwritable = whenUnwritable;
        this.recent = new RecentEvents(remembered);
        this.clock = clock;
    }

    /** An audit that remembers its last thousand events and writes none, for engines that live in memory only. */
    public static Audit inMemory() {
        return new Audit(new NoLog(), WhenUnwritable.REFUSE, 1_000, Clock.systemUTC());
    }

    private record NoLog() implements AuditLog {
        @Override
        public void write(AuditEvent event) {}

        @Override
        public void close() {}
    }

    /** The last events, latest first. */
    public List<AuditEvent> recent() {
        return recent.latestFirst();
    }

    /**
     * Records that a user was let in.
     *
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be; the user is not to be let in then
     */
    public void loginAccepted(String user, Optional<String> address) {
        record(new Login(clock.instant(), user, address, Outcome.success(Ending.COMPLETED)));
    }

    /**
     * Records that a user was not let in.
     *
     * @param reason a fixed text, for administrators only
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be
     */
    public void loginRefused(String user, Optional<String> address, ErrorCode code, String reason) {
        Outcome outcome = new Outcome(Ending.FAILED, code.sqlState(), Optional.of(reason));
        record(new Login(clock.instant(), user, address, outcome));
    }

    /**
     * Begins to tell of a statement. Its duration counts from now.
     *
     * @param caller whose rights it will have
     * @param administrator who acts as the caller, if someone does
     */
    public AuditedStatement statement(Name caller, Optional<Name> administrator) {
        return new AuditedStatement(this, run + "-" + statements.incrementAndGet(), caller, administrator);
    }

    /** The clock that events are dated by. */
    public Clock clock() {
        return clock;
    }

    /** Whether work must be recorded before it is done. */
    boolean recordsBeforehand() {
        return whenUnwritable == WhenUnwritable.REFUSE;
    }

    /** Records an event; an error if it cannot be and must be. */
    void record(AuditEvent event) {
        if (!written(event) && whenUnwritable == WhenUnwritable.REFUSE) {
            throw new IcesparException(
                    ErrorCode.AUDIT, "the audit cannot be written, so nothing is done: tell who runs the server");
        }
    }

    /** Records an event of work that is done already; false if it cannot be. */
    boolean written(AuditEvent event) {
        recent.add(event);
        try {
            log.write(event);
            if (failing.compareAndSet(true, false)) {
                LOG.warn("event=audit-written-again");
            }
            return true;
        } catch (IOException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.error("event=audit-unwritable then={}", whenUnwritable, e);
            }
            return false;
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
