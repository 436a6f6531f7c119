package io.icespar.jdbc.login;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259), strictly: a few small documents of a provider, for which a library would double the driver's
 * own code many times. Values are String, Double, Boolean, List and JsonObject; members and elements that are null are
 * left out. A name that stands twice in an object is an error, and so is deep nesting.
 */
final class JsonReader {
    private static final int MAX_DEPTH = 32;
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final int MAX_NUMBER = 64;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    /** The whole text as an object; empty if it is none. */
    Optional<JsonObject> object() {
        try {
            var value = value();
            skipSpace();
            return at == text.length()
                    ? value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** No JSON. Nobody is told where: the text may be a secret. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** A value; empty for null. */
    private Optional<Object> value() throws Malformed {
        skipSpace();
        switch (peek()) {
            case '{':
                return Optional.of(members());
            case '[':
                return Optional.of(elements());
            case '"':
                return Optional.of(string());
            case 't':
                return Optional.of(word("true", true));
            case 'f':
                return Optional.of(word("false", false));
            case 'n':
                word("null", false);
                return Optional.empty();
            default:
                return Optional.of(number());
        }
    }

    private JsonObject members() throws Malformed {
        enter();
        Map<String, Object> members = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (boolean more = !skipped('}'); more; more = another('}')) {
            skipSpace();
            var name = string();
            if (!names.add(name)) {
                throw new Malformed();
            }
            skipSpace();
            expect(':');
            value().ifPresent(value -> members.put(name, value));
        }
        depth--;
        return new JsonObject(members);
    }

    private List<Object> elements() throws Malformed {
        enter();
        List<Object> elements = new ArrayList<>();
        for (boolean more = !skipped(']'); more; more = another(']')) {
            value().ifPresent(elements::add);
        }
        depth--;
        return elements;
    }

    /** Goes past an opening bracket. */
    private void enter() throws Malformed {
        at++;
        if (++depth > MAX_DEPTH) {
            throw new Malformed();
        }
    }

    /** Goes past a comma, or past the closing bracket; whether it was a comma. */
    private boolean another(char closing) throws Malformed {
        if (skipped(closing)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() throws Malformed {
        expect('"');
        var found = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new Malformed();
            }
            found.append(c == '\\' ? escaped() : c);
        }
        at++;
        return found.toString();
    }

    private char escaped() throws Malformed {
        char c = peek();
        at++;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return hexadecimal();
            default:
                throw new Malformed();
        }
    }

    private char hexadecimal() throws Malformed {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) {
            throw new Malformed();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private Double number() throws Malformed {
        var matcher = NUMBER.matcher(text).region(at, Math.min(text.length(), at + MAX_NUMBER));
        if (!matcher.lookingAt()) {
            throw new Malformed();
        }
        at = matcher.end();
        return Double.valueOf(matcher.group());
    }

    private Boolean word(String word, boolean meaning) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw new Malformed();
        }
        at += word.length();
        return meaning;
    }

    private boolean skipped(char wanted) throws Malformed {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) throws Malformed {
        if (peek() != wanted) {
            throw new Malformed();
        }
        at++;
    }

    private char peek() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
