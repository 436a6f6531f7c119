package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.icespar.security.audit.AuditEvent;
import io.icespar.security.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** CANARY: a token that only hidden rows hold turns up nowhere: not in rows, errors, plans, metadata or the log. */
@ExtendWith(Samples.class)
class CanaryTest {
    private static final SampleUser USER = SampleUser.FRENCH;

    /** The queries that do not name the token themselves. */
    private static List<CorpusQuery> queries() {
        return Corpus.queries().stream()
                .filter(query -> !query.sql().contains(SampleData.CANARY))
                .toList();
    }

    /** Everything that is logged meanwhile, with the traces of what was thrown, down to the most talkative level. */
    private static List<String> loggedDuring(Runnable action) {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        var appenders = new ArrayList<ch.qos.logback.core.Appender<ILoggingEvent>>();
        root.iteratorForAppenders().forEachRemaining(appenders::add);
        var list = new ListAppender<ILoggingEvent>();
        list.start();
        try {
            appenders.forEach(root::detachAppender);
            root.addAppender(list);
            root.setLevel(Level.TRACE);
            action.run();
        } finally {
            root.setLevel(level);
            root.detachAppender(list);
            appenders.forEach(root::addAppender);
        }
        return list.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .toList();
    }

    private static void assertNoCanary(List<String> texts) {
        texts.forEach(text -> assertFalse(text.contains(SampleData.CANARY), text));
    }

    @Tag("security")
    @Test
    void noRowHoldsTheToken(SampleLibrary samples) {
        SampleSession session = samples.poisonedFor(USER).session(USER);
        for (CorpusQuery query : queries()) {
            assertFalse(session.observe(query).mentions(SampleData.CANARY), query.name());
        }
    }

    @Tag("security")
    @Test
    void noTextFitsThePatternOfTheToken(SampleLibrary samples) {
        SampleSession session = samples.poisonedFor(USER).session(USER);
        session.sql("SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" LIKE 'CANARY%' OR \"Shop ID\" LIKE 'CANARY%'")
                .returns("0");
        session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Shop\" LIKE 'CANARY%'")
                .returns("0");
    }

    @Test
    void noLineOfTheLogHoldsTheToken(SampleLibrary samples) {
        Sample sample = samples.poisonedFor(USER);
        // Does nothing but make a new state, for which all is planned anew.
        sample.run("DROP ROLE IF EXISTS nobody");
        SampleSession session = sample.session(USER);
        List<String> lines = loggedDuring(() -> queries().forEach(session::observe));
        assertFalse(lines.isEmpty(), "nothing was logged, so nothing was tested");
        assertNoCanary(lines);
    }

    @Test
    void noLineOfTheAuditHoldsTheToken(SampleLibrary samples) {
        Sample sample = samples.poisonedFor(USER);
        // Other tests write the token themselves, and the audit keeps what callers write.
        Instant start = Instant.now();
        queries().forEach(sample.session(USER)::observe);
        queries().forEach(sample.session("admin")::observe);
        List<AuditEvent> events = sample.engine().security().audit().recent().stream()
                .filter(event -> !event.time().isBefore(start))
                .toList();
        assertTrue(events.size() > queries().size(), "little was recorded, so little was tested");
        assertNoCanary(events.stream().map(AuditEvent::toString).toList());
    }

    @Test
    void whoSeesTheTokenIsStillNotToldItByErrors(SampleLibrary samples) {
        SampleSession session = samples.poisonedFor(USER).session("admin");
        List<String> failures = new ArrayList<>();
        List<String> lines = loggedDuring(() -> queries().forEach(query -> {
            Observation observation = session.observe(query);
            if (!observation.failure().isEmpty()) {
                assertEquals(ErrorCode.DATA_EXCEPTION.sqlState(), observation.sqlState(), query.name());
                failures.add(observation.failure());
            }
        }));
        assertTrue(failures.size() > 30, "the poison does not bite: only " + failures.size() + " queries fail");
        assertNoCanary(failures);
        assertNoCanary(lines);
    }

    @Test
    void theTokenIsThereToBeFound(SampleLibrary samples) {
        Observation all = samples.poisonedFor(USER)
                .session("admin")
                .sql("TABLE \"Shops\"")
                .observation();
        assertTrue(all.mentions(SampleData.CANARY));
        assertNotEquals(0, all.rows().size());
    }
}
