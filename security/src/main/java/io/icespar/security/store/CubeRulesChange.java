package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.GrantMembers;
import io.icespar.security.command.SecurityCommand.ResetDefaultMember;
import io.icespar.security.command.SecurityCommand.ResetVisibility;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.command.SecurityCommand.SetDefaultMember;
import io.icespar.security.command.SecurityCommand.SetVisibility;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the commands do that say something of cubes to users and roles, and when they are refused.
 *
 * @param change the change that the command is
 */
record CubeRulesChange(StateChange change) {

    /** The state after the command, its epoch not yet counted on; empty for a command of another kind. */
    Optional<SecurityState> find(SecurityCommand command) {
        return findRules(command)
                .map(rules -> change.before().withCubes(cubes().withSaid(rules)))
                .map(CubeRulesChange::withNamesOfTheirOwn);
    }

    private static SecurityState withNamesOfTheirOwn(SecurityState after) {
        findNameOfTwo(after).ifPresent(name -> {
            throw new IcesparException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "restriction `" + name + "` exists already, and the members would restrict by that name: drop it"
                            + " first");
        });
        return after;
    }

    private static Optional<Name> findNameOfTwo(SecurityState state) {
        return state.memberRestrictions().keySet().stream()
                .filter(name -> state.restrictionMap().containsKey(name))
                .findFirst();
    }

    private Optional<CubeRules> findRules(SecurityCommand command) {
        if (command instanceof SetVisibility set) {
            Name role = roleOrPublic(set.role(), "everything is shown to it", "nothing is hidden from it");
            Part part = CubesChange.part(CubesChange.cube(cubes(), set.part().cube()), set.part());
            return Optional.of(said().withVisibility(part, role, set.isShown()));
        } else if (command instanceof ResetVisibility reset) {
            // The part may be gone, as that of a cube that a file declared.
            return Optional.of(said().withoutVisibility(reset.part(), known(reset.role())));
        } else if (command instanceof SetDefaultMember set) {
            return Optional.of(said().with(member(set.member())));
        } else if (command instanceof ResetDefaultMember reset) {
            return Optional.of(said().withoutDefaultMember(reset.hierarchy(), grantee(reset.grantee())));
        } else if (command instanceof GrantMembers grant) {
            return Optional.of(grant(grant.grant()));
        } else if (command instanceof RevokeMembers revoke) {
            return Optional.of(revoke(revoke));
        }
        return Optional.empty();
    }

    private Cubes cubes() {
        return change.before().cubes();
    }

    private CubeRules said() {
        return cubes().said();
    }

    private DefaultMember member(DefaultMember member) {
        Cube cube = CubesChange.cube(cubes(), member.hierarchy().cube());
        HierarchyName name = hierarchy(cube, member.hierarchy());
        int levels = cube.findHierarchy(name.hierarchy())
                .map(Hierarchy::levels)
                .orElseThrow()
                .size();
        if (member.member().values().size() > levels) {
            throw changedMeanwhile(name);
        }
        return new DefaultMember(name, grantee(member.grantee()), member.member());
    }

    private CubeRules grant(MembersGrant grant) {
        Name role = roleOrPublic(grant.role(), "it sees all rows", "it cannot hold restrictions");
        Cube cube = CubesChange.cube(cubes(), grant.hierarchy().cube());
        HierarchyName hierarchy = hierarchy(cube, grant.hierarchy());
        if (!grant.isOf(cube)) {
            throw changedMeanwhile(hierarchy);
        }
        Set<MemberPath> members = new LinkedHashSet<>(grant.members());
        said().members(hierarchy, role).ifPresent(present -> {
            if (!present.isOf(cube)) {
                throw new IcesparException(
                        ErrorCode.DEPENDENT_OBJECTS,
                        "members of hierarchy `" + hierarchy.hierarchy() + "` of cube `" + cube.name()
                                + "` are granted to role `" + role
                                + "` as its columns were before: revoke all of them first");
            }
            members.addAll(present.members());
        });
        Set<MemberPath> all = members;
        return said().with(new MembersGrant(hierarchy, role, grant.fact(), grant.columns(), all));
    }

    private CubeRules revoke(RevokeMembers revoke) {
        Name role = known(revoke.role());
        Optional<MembersGrant> present = said().members(revoke.hierarchy(), role);
        if (present.isEmpty()) {
            return said();
        }
        Set<MemberPath> left = new LinkedHashSet<>(present.get().members());
        if (revoke.members().isEmpty()) {
            left.clear();
        }
        revoke.members().forEach(left::remove);
        return left.isEmpty()
                ? said().withoutMembers(revoke.hierarchy(), role)
                : said().with(present.get().withMembers(left));
    }

    private static HierarchyName hierarchy(Cube cube, HierarchyName named) {
        Part part = CubesChange.part(cube, new Part(named.cube(), Part.Kind.HIERARCHY, named.hierarchy()));
        return new HierarchyName(cube.name(), part.name());
    }

    private static IcesparException changedMeanwhile(HierarchyName hierarchy) {
        return new IcesparException(
                ErrorCode.INVALID_STATEMENT,
                "hierarchy `" + hierarchy.hierarchy() + "` of cube `" + hierarchy.cube()
                        + "` was changed meanwhile: try again");
    }

    private Grantee grantee(Grantee named) {
        return named instanceof Grantee.User
                ? new Grantee.User(change.user(named.name()).name())
                : new Grantee.Role(change.role(named.name()).name());
    }

    /** The role's name, or {@code PUBLIC}, where nothing is said to it. */
    private Name known(Name role) {
        return role.equals(ReservedRoles.PUBLIC)
                ? ReservedRoles.PUBLIC
                : change.role(role).name();
    }

    private Name roleOrPublic(Name role, String ofAdministrators, String ofUsers) {
        if (ReservedRoles.isReservedRole(role)) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME,
                    "role `" + role + "` is reserved: "
                            + (role.equals(ReservedRoles.ADMIN)
                                    ? ofAdministrators
                                    : ofUsers + "; for everyone but administrators, name `PUBLIC`"));
        }
        return known(role);
    }

    /**
     * Checks what a store read. What is said of a cube need not fit one that is there: it may be of one that a file
     * declared.
     *
     * @throws IllegalArgumentException if the cubes do not fit the rest of the state
     */
    static void checkFit(SecurityState state) {
        for (Cube cube : state.cubes().created().values()) {
            SecurityState.require(state.views().find(cube.name()).isEmpty(), "a cube has the name of a view");
            SecurityState.require(
                    cube.measures().stream()
                            .flatMap(measure -> measure.contextValues().stream())
                            .allMatch(value -> state.context().find(value).isPresent()),
                    "a measure reads an unknown context value");
            SecurityState.require(
                    cube.measures().stream().allMatch(measure -> cube.columns().containsAll(measure.reads())),
                    "a measure reads what its cube does not have");
            SecurityState.require(cube.findCycle().isEmpty(), "a measure reads itself");
        }
        SecurityState.require(findNameOfTwo(state).isEmpty(), "a restriction has the name of what members come to");
        CubeRules said = state.cubes().said();
        for (MembersGrant grant : said.members()) {
            requireRoleOrPublic(state, grant.role());
            // INVARIANT: one grant for each hierarchy and role, or revoking one would leave the other.
            SecurityState.require(
                    said.members(grant.hierarchy(), grant.role())
                            .filter(grant::equals)
                            .isPresent(),
                    "members are granted twice");
        }
        said.visibility().values().forEach(roles -> roles.keySet().forEach(role -> requireRoleOrPublic(state, role)));
        for (DefaultMember member : said.defaultMembers()) {
            Name grantee = member.grantee().name();
            SecurityState.require(
                    member.grantee() instanceof Grantee.User
                            ? state.findUser(grantee).isPresent()
                            : state.findRole(grantee).isPresent(),
                    "a default member is set for an unknown user or role");
        }
    }

    private static void requireRoleOrPublic(SecurityState state, Name role) {
        SecurityState.require(
                role.equals(ReservedRoles.PUBLIC)
                        || (!ReservedRoles.isReservedRole(role)
                                && state.findRole(role).isPresent()),
                "something of a cube is said to an unknown or reserved role");
    }
}
