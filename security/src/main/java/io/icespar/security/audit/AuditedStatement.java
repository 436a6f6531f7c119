package io.icespar.security.audit;

import io.icespar.security.audit.AuditEvent.Ending;
import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Kind;
import io.icespar.security.audit.AuditEvent.Outcome;
import io.icespar.security.audit.AuditEvent.StatementBegan;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One statement on its way through the server, telling the audit what becomes of it.
 *
 * <p>It goes from hand to hand and is told more as more is known. Whatever ends it first is what is recorded. Used by
 * one thread at a time.
 */
public final class AuditedStatement {
    private final Audit audit;
    private final String id;
    private final Name caller;
    private final Optional<Name> administrator;
    private final Instant asked;
    private final AtomicBoolean over = new AtomicBoolean();
    private Kind kind = Kind.QUERY;
    private Optional<String> text = Optional.empty();
    private List<TableName> tables = List.of();
    private Optional<Long> epoch = Optional.empty();
    private List<Name> restrictions = List.of();
    private List<Name> masks = List.of();
    private boolean begun;

    AuditedStatement(Audit audit, String id, Name caller, Optional<Name> administrator) {
        this.audit = audit;
        this.id = id;
        this.caller = caller;
        this.administrator = administrator;
        this.asked = audit.clock().instant();
    }

    /** The statement could be read; {@code safe} is its text without passwords. */
    public void text(String safe) {
        text = Optional.of(safe);
    }

    /** It is a command, not a query. */
    public void isCommand() {
        kind = Kind.COMMAND;
    }

    /** The epoch of the state that it is decided by, or that it made. */
    public void epoch(long number) {
        epoch = Optional.of(number);
    }

    /** The tables that it reads, and the names of the restrictions and masks that hold on them for the caller. */
    public void reads(List<TableName> read, List<Name> restricting, List<Name> masking) {
        tables = List.copyOf(read);
        restrictions = List.copyOf(restricting);
        masks = List.copyOf(masking);
    }

    /**
     * All that can be known beforehand is known: from here on rows are given out, or something is done. To say so once
     * more changes nothing.
     *
     * @throws IcesparException {@code AUDIT} if this cannot be recorded and must be; the statement must not go on
     */
    public void begins() {
        if (audit.recordsBeforehand() && !begun) {
            audit.record(new StatementBegan(audit.clock().instant(), facts()));
            begun = true;
        }
    }

    /** It ended as it should, after so many rows. */
    public void completed(long rows) {
        end(rows, Outcome.success(Ending.COMPLETED));
    }

    /** Whoever asked had enough after so many rows. */
    public void closed(long rows) {
        end(rows, Outcome.success(Ending.CLOSED));
    }

    /**
     * It failed, after so many rows.
     *
     * @throws IcesparException {@code AUDIT} if this cannot be recorded, must be, and nothing of the statement was
     */
    public void failed(Throwable failure, long rows) {
        ErrorCode code = failure instanceof IcesparException known ? known.code() : ErrorCode.INTERNAL;
        end(rows, Outcome.failure(code.sqlState()));
    }

    private void end(long rows, Outcome outcome) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        Instant now = audit.clock().instant();
        StatementEnded event = new StatementEnded(now, facts(), rows, Duration.between(asked, now), outcome);
        if (begun) {
            // What was given out or done is recorded, and nothing can take it back; the next statement is refused.
            audit.written(event);
        } else {
            audit.record(event);
        }
    }

    private Facts facts() {
        return new Facts(id, kind, caller, administrator, text, tables, epoch, restrictions, masks);
    }
}
