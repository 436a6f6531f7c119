package io.icespar.security.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name of a user, role, restriction, schema, table or column: it keeps its spelling and is compared without regard
 * to case, as all identifiers of Icespar are.
 */
public final class Name implements Comparable<Name> {
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
