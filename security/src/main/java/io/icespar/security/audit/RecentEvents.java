package io.icespar.security.audit;

import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.StatementBegan;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The last events, in bounded memory: so many of them, and of each only the start of long texts. */
final class RecentEvents {
    private static final int MAX_CHARACTERS = 1_000;
    private static final int MAX_NAMES = 50;

    private final int capacity;

    /** Guarded by itself. */
    private final Deque<AuditEvent> events = new ArrayDeque<>();

    RecentEvents(int capacity) {
        this.capacity = capacity;
    }

    void add(AuditEvent event) {
        AuditEvent kept = shortened(event);
        synchronized (events) {
            events.addLast(kept);
            if (events.size() > capacity) {
                events.removeFirst();
            }
        }
    }

    List<AuditEvent> latestFirst() {
        List<AuditEvent> all;
        synchronized (events) {
            all = new ArrayList<>(events);
        }
        Collections.reverse(all);
        return Collections.unmodifiableList(all);
    }

    private static AuditEvent shortened(AuditEvent event) {
        if (event instanceof Login login) {
            return new Login(login.time(), start(login.user()), login.address(), login.outcome());
        } else if (event instanceof StatementBegan began) {
            return new StatementBegan(began.time(), shortened(began.facts()));
        }
        StatementEnded ended = (StatementEnded) event;
        return new StatementEnded(
                ended.time(), shortened(ended.facts()), ended.rows(), ended.duration(), ended.outcome());
    }

    private static Facts shortened(Facts facts) {
        return new Facts(
                facts.id(),
                facts.kind(),
                facts.caller(),
                facts.administrator(),
                facts.text().map(RecentEvents::start),
                first(facts.tables()),
                facts.epoch(),
                first(facts.restrictions()),
                first(facts.masks()));
    }

    private static <T> List<T> first(List<T> names) {
        return names.subList(0, Math.min(MAX_NAMES, names.size()));
    }

    private static String start(String text) {
        return text.length() <= MAX_CHARACTERS ? text : AuditLine.start(text, MAX_CHARACTERS) + "…";
    }
}
