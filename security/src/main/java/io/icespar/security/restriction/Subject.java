package io.icespar.security.restriction;

import io.icespar.security.cube.HierarchyName;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a restriction restricts. Restrictions of one table on the same subject are OR-ed, those on different subjects
 * are AND-ed (DESIGN, "Restrictions: how they combine").
 */
public sealed interface Subject {

    /**
     * The set of columns that the condition reads: the default.
     *
     * @param columns columns of the restricted table, none from other tables; none at all if the condition reads none
     */
    record Columns(Set<Name> columns) implements Subject {
        /** Checks and copies. */
        public Columns {
            columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
        }
    }

    /**
     * A subject of the restriction's own ({@code AS RESTRICTIVE}), so that it is always AND-ed.
     *
     * @param restriction the restriction's name
     */
    record Own(Name restriction) implements Subject {}

    /** The table as a whole ({@code AS PERMISSIVE}), shared by all permissive restrictions of the table. */
    record WholeTable() implements Subject {}

    /**
     * A hierarchy of a cube, of which members were granted; on each table by itself, as all restrictions are.
     *
     * @param name the hierarchy's full name
     */
    record Hierarchy(HierarchyName name) implements Subject {}
}
