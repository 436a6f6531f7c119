package io.icespar.security.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.Outcome;
import io.icespar.security.audit.AuditEvent.StatementBegan;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * An event as one line of JSON in printable ASCII: whatever a text holds, it can neither begin a line of its own nor
 * move a terminal's cursor.
 */
final class AuditLine {
    private static final int LAST_PRINTABLE = '~';
    private static final JsonFactory JSON = new JsonFactory();

    private final int maxCharacters;

    /**
     * Creates a writer of lines.
     *
     * @param maxCharacters how much of a text is written; of a longer one, its length as well
     */
    AuditLine(int maxCharacters) {
        this.maxCharacters = maxCharacters;
    }

    /** The line, without its end. */
    String of(AuditEvent event) throws IOException {
        StringWriter line = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.setHighestNonEscapedChar(LAST_PRINTABLE);
            json.writeStartObject();
            json.writeStringField("time", event.time().toString());
            if (event instanceof Login login) {
                write(login, json);
            } else if (event instanceof StatementBegan began) {
                write(began.facts(), "begin", json);
            } else if (event instanceof StatementEnded ended) {
                write(ended.facts(), "end", json);
                json.writeNumberField("rows", ended.rows());
                json.writeNumberField("microseconds", ended.duration().toNanos() / 1_000);
                write(ended.outcome(), json);
            }
            json.writeEndObject();
        }
        return line.toString();
    }

    private void write(Login login, JsonGenerator json) throws IOException {
        json.writeStringField("event", "login");
        write("user", login.user(), json);
        if (login.address().isPresent()) {
            json.writeStringField("address", login.address().get());
        }
        write(login.outcome(), json);
    }

    private void write(Facts facts, String phase, JsonGenerator json) throws IOException {
        json.writeStringField("event", lower(facts.kind()));
        json.writeStringField("phase", phase);
        json.writeStringField("id", facts.id());
        json.writeStringField("caller", facts.caller().spelling());
        if (facts.administrator().isPresent()) {
            json.writeStringField("administrator", facts.administrator().get().spelling());
        }
        if (facts.text().isPresent()) {
            write("sql", facts.text().get(), json);
        }
        write("tables", facts.tables(), json);
        if (facts.epoch().isPresent()) {
            json.writeNumberField("epoch", facts.epoch().get());
        }
        write("restrictions", facts.restrictions(), json);
        write("masks", facts.masks(), json);
    }

    private static void write(Outcome outcome, JsonGenerator json) throws IOException {
        json.writeStringField("outcome", lower(outcome.ending()));
        json.writeStringField("sqlState", outcome.sqlState());
        if (outcome.reason().isPresent()) {
            json.writeStringField("reason", outcome.reason().get());
        }
    }

    private void write(String field, String text, JsonGenerator json) throws IOException {
        if (text.length() <= maxCharacters) {
            json.writeStringField(field, text);
        } else {
            json.writeStringField(field, start(text, maxCharacters));
            json.writeNumberField(field + "Length", text.length());
        }
    }

    /** The first characters of a text, without half of one at the end. */
    static String start(String text, int characters) {
        boolean halved = Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, halved ? characters - 1 : characters);
    }

    private static void write(String field, List<?> names, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object name : names) {
            json.writeString(name.toString());
        }
        json.writeEndArray();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
