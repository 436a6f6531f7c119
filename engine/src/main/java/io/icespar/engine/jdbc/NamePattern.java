package io.icespar.engine.jdbc;

import io.icespar.security.identity.Name;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@link java.sql.DatabaseMetaData}: {@code %} stands for any characters, {@code _} for any one, and
 * {@code \} takes the meaning from the next. Names match without regard to case.
 *
 * <p>Not a regular expression: many {@code %} would take one exponential time.
 */
final class NamePattern {
    /** The character that takes the meaning from {@code %} and {@code _}. */
    static final char ESCAPE = '\\';

    private static final NamePattern ALL = new NamePattern(new StringBuilder().append(Wildcard.MANY));

    /** Wildcards, as characters that stand in no text. */
    private static final class Wildcard {
        static final char ONE = '\uFFFE';
        static final char MANY = '\uFFFF';
    }

    private final String parts;

    private NamePattern(StringBuilder parts) {
        this.parts = parts.toString();
    }

    /** The pattern written {@code text}; without one, every name matches. */
    static NamePattern of(@Nullable String text) {
        if (text == null) {
            return ALL;
        }
        var parts = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '%') {
                parts.append(Wildcard.MANY);
            } else if (c == '_') {
                parts.append(Wildcard.ONE);
            } else {
                if (c == ESCAPE && i + 1 < text.length()) {
                    c = text.charAt(++i);
                }
                parts.append(Name.of(String.valueOf(c)).folded());
            }
        }
        return new NamePattern(parts);
    }

    boolean matches(Name name) {
        var text = name.folded();
        int part = 0;
        int lastMany = -1;
        int retry = 0;
        int i = 0;
        while (i < text.length()) {
            if (part < parts.length() && parts.charAt(part) == Wildcard.MANY) {
                lastMany = part++;
                retry = i;
            } else if (part < parts.length()
                    && (parts.charAt(part) == Wildcard.ONE || parts.charAt(part) == text.charAt(i))) {
                part++;
                i++;
            } else if (lastMany >= 0) {
                part = lastMany + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (part < parts.length() && parts.charAt(part) == Wildcard.MANY) {
            part++;
        }
        return part == parts.length();
    }
}
