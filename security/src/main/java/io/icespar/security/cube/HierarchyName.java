package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;

/**
 * The full name of a hierarchy.
 *
 * @param cube the cube that it is of
 * @param hierarchy its name there
 */
public record HierarchyName(TableName cube, Name hierarchy) {
    @Override
    public String toString() {
        return cube + "." + hierarchy;
    }
}
