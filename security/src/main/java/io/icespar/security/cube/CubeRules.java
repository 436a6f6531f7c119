package io.icespar.security.cube;

import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was said of cubes to users and roles.
 *
 * @param members the members that roles see, one grant for each hierarchy and role
 * @param visibility for each part of a cube the roles to which it was said to be shown, or not
 * @param defaultMembers one for each hierarchy and user or role
 */
public record CubeRules(
        List<MembersGrant> members,
        Map<Part, SortedMap<Name, Boolean>> visibility,
        List<DefaultMember> defaultMembers) {
    private static final CubeRules NONE = new CubeRules(List.of(), Map.of(), List.of());

    /** Checks and copies. */
    public CubeRules {
        members = List.copyOf(members);
        Map<Part, SortedMap<Name, Boolean>> copy = new HashMap<>();
        visibility.forEach((part, roles) -> {
            if (!roles.isEmpty()) {
                copy.put(part, Collections.unmodifiableSortedMap(new TreeMap<>(roles)));
            }
        });
        visibility = Collections.unmodifiableMap(copy);
        defaultMembers = List.copyOf(defaultMembers);
    }

    /** Nothing was said. */
    public static CubeRules none() {
        return NONE;
    }

    /** What the role sees of the hierarchy; empty if nothing was granted, so that it is not restricted. */
    public Optional<MembersGrant> members(HierarchyName hierarchy, Name role) {
        return members.stream()
                .filter(grant ->
                        grant.hierarchy().equals(hierarchy) && grant.role().equals(role))
                .findFirst();
    }

    /** Whether the part was said to be shown to the role; empty if nothing was said. */
    public Optional<Boolean> isShown(Part part, Name role) {
        return Optional.ofNullable(
                visibility.getOrDefault(part, Collections.emptySortedMap()).get(role));
    }

    /** The default member that was set for the user or role itself. */
    public Optional<DefaultMember> defaultMember(HierarchyName hierarchy, Grantee grantee) {
        return defaultMembers.stream()
                .filter(each ->
                        each.hierarchy().equals(hierarchy) && each.grantee().equals(grantee))
                .findFirst();
    }
}
