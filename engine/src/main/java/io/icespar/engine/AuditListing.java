package io.icespar.engine;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.audit.AuditEvent;
import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.Outcome;
import io.icespar.security.audit.AuditEvent.StatementBegan;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.identity.Name;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code SHOW AUDIT} gives: one row an event, with texts in which nothing can move a terminal's cursor. */
final class AuditListing {
    static final List<ResultColumn> COLUMNS = List.of(
            text("TIME"),
            text("EVENT"),
            text("CALLER"),
            text("ADMINISTRATOR"),
            text("ADDRESS"),
            text("STATEMENT"),
            text("TABLES"),
            number("EPOCH"),
            text("RESTRICTIONS"),
            text("MASKS"),
            number("ROW_COUNT"),
            number("MICROSECONDS"),
            text("OUTCOME"),
            text("SQLSTATE"),
            text("REASON"));

    private AuditListing() {}

    private static ResultColumn text(String label) {
        return new ResultColumn(label, "", "", "VARCHAR", Types.VARCHAR, 0, 0, true, ColumnForm.STRING);
    }

    private static ResultColumn number(String label) {
        return new ResultColumn(label, "", "", "BIGINT", Types.BIGINT, 0, 0, true, ColumnForm.LONG);
    }

    /** The rows of finished events; a statement that is under way shows when it is over. */
    static List<@Nullable Object[]> rows(List<AuditEvent> events) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (AuditEvent event : events) {
            if (event instanceof Login login) {
                rows.add(row(login));
            } else if (event instanceof StatementEnded ended) {
                rows.add(row(ended));
            } else {
                assert event instanceof StatementBegan;
            }
        }
        return rows;
    }

    private static @Nullable Object[] row(Login login) {
        Outcome outcome = login.outcome();
        return new @Nullable Object[] {
            login.time().toString(),
            "login",
            printable(login.user()),
            null,
            login.address().orElse(null),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            lower(outcome.ending()),
            outcome.sqlState(),
            outcome.reason().orElse(null)
        };
    }

    private static @Nullable Object[] row(StatementEnded ended) {
        Facts facts = ended.facts();
        Outcome outcome = ended.outcome();
        return new @Nullable Object[] {
            ended.time().toString(),
            lower(facts.kind()),
            printable(facts.caller().spelling()),
            facts.administrator().map(Name::spelling).orElse(null),
            null,
            facts.text().map(AuditListing::printable).orElse(null),
            names(facts.tables()),
            facts.epoch().orElse(null),
            names(facts.restrictions()),
            names(facts.masks()),
            ended.rows(),
            ended.duration().toNanos() / 1_000,
            lower(outcome.ending()),
            outcome.sqlState(),
            outcome.reason().orElse(null)
        };
    }

    private static String names(List<?> names) {
        return names.stream().map(name -> printable(name.toString())).collect(Collectors.joining(", "));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The text with what does not show, or moves what does, written as Java would. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> shown.append(escape(character));
                default -> shown.appendCodePoint(character);
            }
        });
        return shown.toString();
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", character);
        };
    }
}
