package io.icespar.security.export;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names, texts and expressions as a command has them. */
final class Words {
    private Words() {}

    /** In quotes, for any word may be a keyword of a later version. */
    static String name(Name name) {
        return name.quoted();
    }

    /** Names of roles, or {@code PUBLIC}. */
    static String names(Collection<Name> names) {
        return names.stream()
                .map(name -> name.equals(ReservedRoles.PUBLIC) ? ReservedRoles.PUBLIC.spelling() : name(name))
                .collect(Collectors.joining(", "));
    }

    static String table(TableName table) {
        return table.quoted();
    }

    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A condition or expression in parentheses. */
    static String parenthesised(String expression) {
        return "(" + ended(expression) + ")";
    }

    /** A condition or expression that something may follow. A comment at its end goes up to the end of its line. */
    static String ended(String expression) {
        boolean commented = expression.contains("--") || expression.contains("//");
        return commented ? expression + "\n" : expression;
    }
}
