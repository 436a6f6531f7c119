package io.icespar.security.entitlement;

import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Name;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import java.util.List;

/**
 * What providers say, in the words of the security state and known to fit the catalog. It is laid over each state that
 * the store holds, and never stored.
 *
 * @param facts what is said, each with the provider that says it
 */
public record Provided(List<Fact> facts) {
    /** Checks and copies. */
    public Provided {
        facts = List.copyOf(facts);
    }

    /** One thing that a provider says of a role, or of {@code PUBLIC}. */
    public sealed interface Fact {
        /** Who says it. */
        Name provider();

        /** Of whom. */
        Name role();
    }

    /** The role holds a restriction. */
    public record Restricts(Name provider, Name role, Restriction restriction) implements Fact {}

    /** Holders of the role get a context value. */
    public record Sets(Name provider, Name role, Name value, GivenValue given) implements Fact {}

    /** Something is hidden from holders of the role. */
    public record Hides(Name provider, Name role, Scope scope) implements Fact {}

    /**
     * The role sees rows of these members.
     *
     * @param grant what is granted, of a hierarchy as it is
     */
    public record GrantsMembers(Name provider, MembersGrant grant) implements Fact {
        @Override
        public Name role() {
            return grant.role();
        }
    }

    /** A part of a cube is shown to holders of the role, or hidden from them. */
    public record SetsVisibility(Name provider, Name role, Part part, boolean isShown) implements Fact {}

    /** Holders of the role have a default member. */
    public record SetsDefaultMember(Name provider, Name role, HierarchyName hierarchy, MemberPath member)
            implements Fact {}
}
