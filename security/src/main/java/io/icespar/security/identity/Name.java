package io.icespar.security.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name of a user, role, restriction, schema, table or column: it keeps its spelling and is compared without regard
 * to case, as all identifiers of Icespar are.
 */
public final class Name implements Comparable<Name> {
    /** How many characters a name that is given to something new may have. */
    public static final int MAX_LENGTH = 128;

    private final String spelling;

    // Not a record: names are compared thousands of times where a caller holds hundreds of roles.
    private final String folded;

    private Name(String spelling) {
        this.spelling = spelling;
        // Upper case first: characters such as U+017F fold to a letter only that way round.
        this.folded = spelling.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** The name that is written {@code spelling}. */
    public static Name of(String spelling) {
        return new Name(spelling);
    }

    /** The name as it was first written. */
    public String spelling() {
        return spelling;
    }

    /** The form that is equal for all spellings of one name. */
    public String folded() {
        return folded;
    }

    /** The name as SQL has it in quotes, in which no character of it has another meaning. */
    public String quoted() {
        return '"' + spelling.replace("\"", "\"\"") + '"';
    }

    /** Whether it can be told from others on a screen, and be stored: what is new gets no other name. */
    public boolean isUsable() {
        return isUsable(spelling, MAX_LENGTH);
    }

    /** Whether a text from outside can be told from others, and be stored, as {@link #isUsable()}. */
    public static boolean isUsable(String text, int maxLength) {
        boolean unprintable = text.codePoints()
                .anyMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        return !unprintable && text.length() <= maxLength && text.equals(text.strip()) && !text.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Name name && folded.equals(name.folded);
    }

    @Override
    public int hashCode() {
        return folded.hashCode();
    }

    @Override
    public int compareTo(Name other) {
        return folded.compareTo(other.folded);
    }

    @Override
    public String toString() {
        return spelling;
    }
}
