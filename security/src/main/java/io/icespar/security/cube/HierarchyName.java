package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Comparator;

/**
 * The full name of a hierarchy.
 *
 * @param cube the cube that it is of
 * @param hierarchy its name there
 */
public record HierarchyName(TableName cube, Name hierarchy) implements Comparable<HierarchyName> {
    private static final Comparator<HierarchyName> ORDER = Comparator.<HierarchyName, Name>comparing(
                    name -> name.cube().schema())
            .thenComparing(name -> name.cube().table())
            .thenComparing(HierarchyName::hierarchy);

    @Override
    public int compareTo(HierarchyName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return cube + "." + hierarchy;
    }
}
