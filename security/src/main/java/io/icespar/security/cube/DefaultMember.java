package io.icespar.security.cube;

import io.icespar.security.identity.Grantee;

/**
 * The member at which a hierarchy is taken where a query does not name the hierarchy.
 *
 * @param hierarchy the hierarchy
 * @param grantee the user or role that it is for
 * @param member the member
 */
public record DefaultMember(HierarchyName hierarchy, Grantee grantee, MemberPath member) {}
