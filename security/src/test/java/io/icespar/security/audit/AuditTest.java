package io.icespar.security.audit;

import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.audit.AuditEvent.Ending;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.StatementBegan;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is recorded, and what becomes of work that cannot be. */
class AuditTest {
    private static final Name BOB = Name.of("bob");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T10:11:12Z"), ZoneOffset.UTC);

    private final Disk disk = new Disk();

    /** A log in memory, whose disk can be full. */
    private static final class Disk implements AuditLog {
        private final List<AuditEvent> events = new ArrayList<>();
        private boolean full;

        @Override
        public void write(AuditEvent event) throws IOException {
            if (full) {
                throw new IOException("no space left");
            }
            events.add(event);
        }

        @Override
        public void close() {}
    }

    private Audit audit(WhenUnwritable whenUnwritable) {
        return new Audit(disk, whenUnwritable, 3, CLOCK);
    }

    private static AuditedStatement statement(Audit audit) {
        AuditedStatement statement = audit.statement(BOB, Optional.empty());
        statement.text("SELECT 1");
        statement.epoch(5);
        statement.reads(List.of(TableName.of("s", "t")), List.of(Name.of("r")), List.of(Name.of("m")));
        return statement;
    }

    @Test
    void whereWorkMustBeRecordedItIsBeforeItBegins() {
        AuditedStatement statement = statement(audit(WhenUnwritable.REFUSE));
        statement.begins();
        statement.begins();
        assertEquals(1, disk.events.size());
        StatementBegan began = (StatementBegan) disk.events.get(0);
        statement.completed(7);
        StatementEnded ended = (StatementEnded) disk.events.get(1);
        assertEquals(began.facts(), ended.facts());
        assertEquals(7, ended.rows());
        assertEquals(Optional.of("SELECT 1"), ended.facts().text());
        assertEquals(List.of(Name.of("r")), ended.facts().restrictions());
        assertEquals(List.of(Name.of("m")), ended.facts().masks());
    }

    @Test
    void whereItNeedNotItIsRecordedOnce() {
        AuditedStatement statement = statement(audit(WhenUnwritable.CONTINUE));
        statement.begins();
        statement.closed(7);
        statement.failed(new IllegalStateException(), 8);
        statement.completed(9);
        assertEquals(1, disk.events.size());
        StatementEnded ended = (StatementEnded) disk.events.get(0);
        assertEquals(Ending.CLOSED, ended.outcome().ending());
        assertEquals(7, ended.rows());
    }

    @Test
    void aFailureIsRecordedByItsSqlState() {
        Audit audit = audit(WhenUnwritable.REFUSE);
        statement(audit).failed(new IcesparException(ErrorCode.CANCELLED, "secret"), 2);
        statement(audit).failed(new IllegalStateException("secret"), 0);
        assertEquals(
                List.of("57014", "XX000"),
                disk.events.stream()
                        .map(event -> ((StatementEnded) event).outcome().sqlState())
                        .toList());
        assertTrue(disk.events.stream().noneMatch(event -> event.toString().contains("secret")));
    }

    @Test
    void whatCannotBeRecordedIsRefusedBeforeItBegins() {
        Audit audit = audit(WhenUnwritable.REFUSE);
        disk.full = true;
        assertRefused(ErrorCode.AUDIT, () -> statement(audit).begins());
        assertRefused(ErrorCode.AUDIT, () -> statement(audit).failed(new IllegalStateException(), 0));
        assertRefused(ErrorCode.AUDIT, () -> audit.loginAccepted("bob", Optional.empty()));
        assertRefused(
                ErrorCode.AUDIT,
                () -> audit.loginRefused("bob", Optional.empty(), ErrorCode.INVALID_AUTHORIZATION, "wrong"));
        disk.full = false;
        statement(audit).begins();
        audit.loginAccepted("bob", Optional.empty());
        assertEquals(2, disk.events.size());
    }

    @Test
    void whatBeganIsNotTakenBackIfItsEndCannotBeRecorded() {
        AuditedStatement statement = statement(audit(WhenUnwritable.REFUSE));
        statement.begins();
        disk.full = true;
        statement.completed(1);
        assertEquals(1, disk.events.size());
    }

    @Test
    void workGoesOnWhereThatIsWanted() {
        Audit audit = audit(WhenUnwritable.CONTINUE);
        disk.full = true;
        AuditedStatement statement = statement(audit);
        statement.begins();
        statement.completed(1);
        audit.loginAccepted("bob", Optional.empty());
        assertEquals(List.of(), disk.events);
        assertEquals(2, audit.recent().size());
    }

    @Test
    void theLastEventsAreRememberedInBoundedMemory() {
        Audit audit = audit(WhenUnwritable.CONTINUE);
        for (String user : List.of("a", "b", "c", "x".repeat(100_000))) {
            audit.loginAccepted(user, Optional.empty());
        }
        List<String> users =
                audit.recent().stream().map(event -> ((Login) event).user()).toList();
        assertEquals(List.of("x".repeat(1_000) + "…", "c", "b"), users);
        assertEquals(100_000, ((Login) disk.events.get(3)).user().length());
    }

    @Test
    void statementsAreToldApart() {
        Audit audit = audit(WhenUnwritable.CONTINUE);
        statement(audit).completed(0);
        statement(audit).completed(0);
        assertEquals(
                2,
                disk.events.stream()
                        .map(event -> ((StatementEnded) event).facts().id())
                        .distinct()
                        .count());
    }
}
