package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The members of one hierarchy that holders of a role see rows of. It goes on to hold on the tables whatever becomes of
 * the cube.
 *
 * @param hierarchy whose members; grants on the same one are alternatives
 * @param role who sees them; {@code PUBLIC} for everyone but administrators
 * @param fact the cube's fact table
 * @param columns those of the hierarchy's levels, in order
 * @param members what is granted, at least one
 */
public record MembersGrant(
        HierarchyName hierarchy, Name role, TableName fact, List<CubeColumn> columns, Set<MemberPath> members) {
    /** Checks and copies. */
    public MembersGrant {
        columns = List.copyOf(columns);
        // In an order that does not depend on when each was granted: equal rights give equal conditions.
        Set<MemberPath> sorted = new LinkedHashSet<>();
        members.stream().sorted(Comparator.comparing(MemberPath::toString)).forEach(sorted::add);
        members = Collections.unmodifiableSet(sorted);
        int levels = columns.size();
        if (members.isEmpty() || members.stream().anyMatch(path -> path.values().size() > levels)) {
            throw new IllegalArgumentException("members are granted, and of levels that there are");
        }
    }

    /** Whether members of the hierarchy as it is in the cube can be added to these. */
    public boolean isOf(Cube cube) {
        return cube.name().equals(hierarchy.cube())
                && cube.fact().equals(fact)
                && cube.findHierarchy(hierarchy.hierarchy())
                        .filter(present -> present.columns().equals(columns))
                        .isPresent();
    }

    /** The same grant of other members. */
    public MembersGrant withMembers(Set<MemberPath> newMembers) {
        return new MembersGrant(hierarchy, role, fact, columns, newMembers);
    }
}
