package io.icespar.security.cube;

import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What was said of cubes to users and roles, in an order that does not depend on when it was said.
 *
 * @param members the members that roles see, one grant for each hierarchy and role
 * @param visibility for each part of a cube the roles, or {@code PUBLIC}, to which it was said to be shown, or not
 * @param defaultMembers one for each hierarchy and user or role
 */
public record CubeRules(
        List<MembersGrant> members,
        Map<Part, SortedMap<Name, Boolean>> visibility,
        List<DefaultMember> defaultMembers) {
    private static final Comparator<MembersGrant> MEMBERS =
            Comparator.comparing(MembersGrant::hierarchy).thenComparing(MembersGrant::role);
    private static final Comparator<DefaultMember> DEFAULTS = Comparator.comparing(DefaultMember::hierarchy)
            .thenComparing(each -> each.grantee() instanceof Grantee.User)
            .thenComparing(each -> each.grantee().name());
    private static final CubeRules NONE = new CubeRules(List.of(), Map.of(), List.of());

    /** Checks and copies. */
    public CubeRules {
        members = members.stream().sorted(MEMBERS).toList();
        Map<Part, SortedMap<Name, Boolean>> copy = new HashMap<>();
        visibility.forEach((part, roles) -> {
            if (!roles.isEmpty()) {
                copy.put(part, Collections.unmodifiableSortedMap(new TreeMap<>(roles)));
            }
        });
        visibility = Collections.unmodifiableMap(copy);
        defaultMembers = defaultMembers.stream().sorted(DEFAULTS).toList();
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

    // INVARIANT: what is there already stays as it is, its spelling too. A store is not told of a change that is none.

    /** With the grant, in the place of the one of its hierarchy and role if there is one. */
    public CubeRules with(MembersGrant grant) {
        if (members.contains(grant)) {
            return this;
        }
        List<MembersGrant> changed = new ArrayList<>(withoutMembers(grant.hierarchy(), grant.role()).members);
        changed.add(grant);
        return new CubeRules(changed, visibility, defaultMembers);
    }

    /** Without the members of the hierarchy that were granted to the role. */
    public CubeRules withoutMembers(HierarchyName hierarchy, Name role) {
        List<MembersGrant> left = members.stream()
                .filter(grant ->
                        !(grant.hierarchy().equals(hierarchy) && grant.role().equals(role)))
                .toList();
        return new CubeRules(left, visibility, defaultMembers);
    }

    /** With the part said to be shown to the role or, if not, hidden from it. */
    public CubeRules withVisibility(Part part, Name role, boolean isShown) {
        if (isShown(part, role).filter(said -> said == isShown).isPresent()) {
            return this;
        }
        Map<Part, SortedMap<Name, Boolean>> changed = new HashMap<>(withoutVisibility(part, role).visibility);
        SortedMap<Name, Boolean> roles = new TreeMap<>(changed.getOrDefault(part, Collections.emptySortedMap()));
        roles.put(role, isShown);
        changed.put(part, roles);
        return new CubeRules(members, changed, defaultMembers);
    }

    /** Without what was said of the part to the role. */
    public CubeRules withoutVisibility(Part part, Name role) {
        return withoutVisibility((said, to) -> said.equals(part) && to.equals(role));
    }

    private CubeRules withoutVisibility(BiPredicate<Part, Name> which) {
        Map<Part, SortedMap<Name, Boolean>> left = new HashMap<>();
        visibility.forEach((part, roles) -> {
            SortedMap<Name, Boolean> others = new TreeMap<>(roles);
            others.keySet().removeIf(role -> which.test(part, role));
            left.put(part, others);
        });
        return new CubeRules(members, left, defaultMembers);
    }

    /** With the default member, in the place of the one of its hierarchy and grantee if there is one. */
    public CubeRules with(DefaultMember member) {
        if (defaultMembers.contains(member)) {
            return this;
        }
        List<DefaultMember> changed =
                new ArrayList<>(withoutDefaultMember(member.hierarchy(), member.grantee()).defaultMembers);
        changed.add(member);
        return new CubeRules(members, visibility, changed);
    }

    /** Without the default member that was set for the user or role. */
    public CubeRules withoutDefaultMember(HierarchyName hierarchy, Grantee grantee) {
        return withoutDefaultMembers(
                each -> each.hierarchy().equals(hierarchy) && each.grantee().equals(grantee));
    }

    private CubeRules withoutDefaultMembers(Predicate<DefaultMember> which) {
        return new CubeRules(
                members,
                visibility,
                defaultMembers.stream().filter(which.negate()).toList());
    }

    /** Without what was said to a role or user that is dropped. */
    public CubeRules without(Grantee grantee) {
        CubeRules left = withoutDefaultMembers(each -> each.grantee().equals(grantee));
        if (grantee instanceof Grantee.User) {
            return left;
        }
        Name role = grantee.name();
        return new CubeRules(
                        members.stream()
                                .filter(grant -> !grant.role().equals(role))
                                .toList(),
                        visibility,
                        left.defaultMembers)
                .withoutVisibility((part, to) -> to.equals(role));
    }

    /** Without what was said of that cube, but for members that were granted. */
    public CubeRules without(TableName cube) {
        return withoutVisibility((part, role) -> part.cube().equals(cube))
                .withoutDefaultMembers(each -> each.hierarchy().cube().equals(cube));
    }

    /** Without what was said of parts that the cube does not have, but for members that were granted. */
    public CubeRules fitting(Cube cube) {
        return withoutVisibility((part, role) -> part.cube().equals(cube.name()) && !cube.has(part))
                .withoutDefaultMembers(each -> each.hierarchy().cube().equals(cube.name())
                        && cube.findHierarchy(each.hierarchy().hierarchy()).isEmpty());
    }
}
