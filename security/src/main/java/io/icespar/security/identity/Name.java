package io.icespar.security.identity;

import java.util.Locale;

/**
 * A name of a user, role, restriction, schema, table or column: it keeps its spelling and is compared without regard
 * to case, as all identifiers of Icespar are.
 *
 * @param spelling the name as it was first written
 */
public record Name(String spelling) implements Comparable<Name> {

    /** The name that is written {@code spelling}. */
    public static Name of(String spelling) {
        return new Name(spelling);
    }

    /** The form that is equal for all spellings of one name. */
    public String folded() {
        // Upper case first: characters such as U+017F fold to a letter only that way round.
        return spelling.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && folded().equals(name.folded());
    }

    @Override
    public int hashCode() {
        return folded().hashCode();
    }

    @Override
    public int compareTo(Name other) {
        return folded().compareTo(other.folded());
    }

    @Override
    public String toString() {
        return spelling;
    }
}
