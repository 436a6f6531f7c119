package io.icespar.security.mask;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A mask: an expression that those who hold certain roles are shown in place of a column.
 *
 * @param name its name, unique in the system
 * @param table the table
 * @param column the column of which true values are not shown
 * @param expression a SQL expression over the table's columns, as text that the engine has checked
 * @param to the roles, or {@code PUBLIC}, that are shown it
 * @param except the roles whose holders this mask leaves out
 * @param contextValues the context values that the expression reads, none of which a caller may set
 */
public record Mask(
        Name name,
        TableName table,
        Name column,
        String expression,
        Set<Name> to,
        Set<Name> except,
        Set<Name> contextValues) {
    /** Checks and copies. */
    public Mask {
        to = Collections.unmodifiableSortedSet(new TreeSet<>(to));
        except = Collections.unmodifiableSortedSet(new TreeSet<>(except));
        contextValues = Collections.unmodifiableSortedSet(new TreeSet<>(contextValues));
    }

    /** A mask that reads no context value. */
    public Mask(Name name, TableName table, Name column, String expression, Set<Name> to, Set<Name> except) {
        this(name, table, column, expression, to, except, Set.of());
    }

    /** The same mask without some of the roles. */
    public Mask without(Predicate<Name> roles) {
        return new Mask(name, table, column, expression, others(to, roles), others(except, roles), contextValues);
    }

    private static Set<Name> others(Set<Name> names, Predicate<Name> left) {
        Set<Name> others = new TreeSet<>(names);
        others.removeIf(left);
        return others;
    }
}
