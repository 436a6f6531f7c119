package io.icespar.engine.check;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;

/**
 * Something about restrictions that their author should know.
 *
 * @param kind what it is
 * @param table the table that the restrictions are on
 * @param restrictions the restrictions, at least one
 * @param holder the role or user whom it is about; {@code PUBLIC} for everyone
 * @param text what it means, in a sentence
 */
public record Finding(Kind kind, TableName table, List<Name> restrictions, Name holder, String text) {

    /** Checks and copies. */
    public Finding {
        restrictions = List.copyOf(restrictions);
    }

    /** How much it matters. */
    public enum Severity {
        /** Queries fail. */
        ERROR,
        /** It is hardly what anyone wants. */
        WARNING,
        /** It may be as it should. */
        INFO
    }

    /** The kinds of findings. */
    public enum Kind {
        /** The condition no longer fits its table. */
        DOES_NOT_FIT(Severity.ERROR),
        /** Nobody was granted it. */
        NEVER_GRANTED(Severity.WARNING),
        /** No user holds a role that it was granted to. */
        NOBODY_HOLDS(Severity.INFO),
        /** It lets every row pass. */
        ALWAYS_TRUE(Severity.WARNING),
        /** It lets no row pass. */
        ALWAYS_FALSE(Severity.WARNING),
        /** Two that a user holds and that are AND-ed let no row pass together. */
        NEVER_TOGETHER(Severity.WARNING),
        /** Who holds two roles does not see what one shows and what the other shows. */
        NOT_THE_SUM(Severity.INFO);

        private final Severity severity;

        Kind(Severity severity) {
            this.severity = severity;
        }

        /** How much it matters. */
        public Severity severity() {
            return severity;
        }
    }
}
