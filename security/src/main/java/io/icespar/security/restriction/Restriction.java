package io.icespar.security.restriction;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A restriction: which rows of one table the roles that hold it may see.
 *
 * @param name its name, unique in the system
 * @param table the table whose rows it restricts
 * @param condition a SQL condition over the table's columns, as text that the engine has checked; only TRUE passes
 * @param subject what it restricts, which decides how it combines with others
 * @param contextValues the context values that the condition reads, none of which a caller may set
 */
public record Restriction(Name name, TableName table, String condition, Subject subject, Set<Name> contextValues) {

    /** Checks and copies. */
    public Restriction {
        contextValues = Collections.unmodifiableSortedSet(new TreeSet<>(contextValues));
    }
}
