package io.icespar.security.store;

import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided.Fact;
import io.icespar.security.entitlement.Provided.GrantsMembers;
import io.icespar.security.entitlement.Provided.SetsDefaultMember;
import io.icespar.security.entitlement.Provided.SetsVisibility;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What providers say of cubes, as it is heard fact by fact. For one thread.
 *
 * <p>Members that several grant to one role are all granted; of two who say something else of one thing, none is heard.
 */
final class ProvidedCubeRules {
    private final Cubes cubes;
    private CubeRules rules = CubeRules.none();

    ProvidedCubeRules(Cubes cubes) {
        this.cubes = cubes;
    }

    /** All that was heard. */
    CubeRules rules() {
        return rules;
    }

    /**
     * Hears that members are granted.
     *
     * @param role the role's name as it was created, or {@code PUBLIC}
     * @return the grant to that role
     * @throws IcesparException {@code DEPENDENT_OBJECTS}
     */
    MembersGrant hear(GrantsMembers fact, Name role) {
        MembersGrant said = fact.grant();
        MembersGrant grant = new MembersGrant(said.hierarchy(), role, said.fact(), said.columns(), said.members());
        if (cubes.find(grant.hierarchy().cube()).filter(grant::isOf).isEmpty()) {
            throw missing(fact, hierarchy(grant.hierarchy()) + " to be as it was");
        }
        Set<MemberPath> all = new LinkedHashSet<>(grant.members());
        rules.members(grant.hierarchy(), role).ifPresent(other -> all.addAll(other.members()));
        rules = rules.with(grant.withMembers(all));
        return grant;
    }

    /** Hears that a part is shown or hidden; as {@link #hear(GrantsMembers, Name)}. */
    void hear(SetsVisibility fact, Name role) {
        Part part = part(fact, fact.part());
        Optional<Boolean> other = rules.isShown(part, role);
        if (other.isPresent()) {
            throw Overlay.unfit(
                    fact, "sets the visibility of " + part + " for role `" + role + "`, which is set already");
        }
        rules = rules.withVisibility(part, role, fact.isShown());
    }

    /** Hears of a default member; as {@link #hear(GrantsMembers, Name)}. */
    void hear(SetsDefaultMember fact, Name role) {
        Part part = part(fact, hierarchy(fact.hierarchy()));
        HierarchyName hierarchy = new HierarchyName(part.cube(), part.name());
        Grantee grantee = new Grantee.Role(role);
        if (rules.defaultMember(hierarchy, grantee).isPresent()) {
            throw Overlay.unfit(
                    fact,
                    "sets a default member of " + part + " for role `" + role + "`, for which one is set already");
        }
        rules = rules.with(new DefaultMember(hierarchy, grantee, fact.member()));
    }

    private Part part(Fact fact, Part named) {
        Cube cube = cubes.find(named.cube())
                .filter(present -> present.has(named))
                .orElseThrow(() -> missing(fact, named + " to exist"));
        return CubesChange.part(cube, named);
    }

    private static Part hierarchy(HierarchyName name) {
        return new Part(name.cube(), Part.Kind.HIERARCHY, name.hierarchy());
    }

    private static IcesparException missing(Fact fact, String what) {
        return Overlay.unfit(fact, "needs " + what);
    }
}
