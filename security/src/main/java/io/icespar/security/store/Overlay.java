package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.ResetDefaultMember;
import io.icespar.security.command.SecurityCommand.ResetVisibility;
import io.icespar.security.command.SecurityCommand.RevokeMembers;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.command.SecurityCommand.SetDefaultMember;
import io.icespar.security.command.SecurityCommand.SetVisibility;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings.ProvidedValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.entitlement.Provided.Fact;
import io.icespar.security.entitlement.Provided.GrantsMembers;
import io.icespar.security.entitlement.Provided.Hides;
import io.icespar.security.entitlement.Provided.Restricts;
import io.icespar.security.entitlement.Provided.Sets;
import io.icespar.security.entitlement.Provided.SetsDefaultMember;
import io.icespar.security.entitlement.Provided.SetsVisibility;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a state is made of that says more than is stored: what the store holds, and what providers say on top of it.
 *
 * @param stored what the store holds, without anything of providers
 * @param provided what providers say
 */
record Overlay(SecurityState stored, Provided provided) {

    /**
     * The state in which both hold.
     *
     * @throws IcesparException {@code DEPENDENT_OBJECTS} if what providers say does not fit to what is stored
     */
    SecurityState merged() {
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>(stored.restrictionMap());
        SortedMap<Name, SortedMap<Name, ProvidedValue>> values = new TreeMap<>();
        Map<Name, Set<Scope>> hidden = new HashMap<>();
        ProvidedCubeRules ofCubes = new ProvidedCubeRules(stored.cubes());
        for (Fact fact : provided.facts()) {
            Name role = role(fact);
            if (fact instanceof Restricts restricts) {
                put(restrictions, fact, restricts.restriction(), role);
            } else if (fact instanceof GrantsMembers grants) {
                new MemberRestrictions(ofCubes.hear(grants, role), prefix(fact))
                        .all()
                        .forEach(restriction -> put(restrictions, fact, restriction, role));
            } else if (fact instanceof SetsVisibility sets) {
                ofCubes.hear(sets, role);
            } else if (fact instanceof SetsDefaultMember sets) {
                ofCubes.hear(sets, role);
            } else if (fact instanceof Sets sets) {
                ContextDefinition definition = stored.context()
                        .find(sets.value())
                        .orElseThrow(() -> unfit(fact, "needs context value `" + sets.value() + "` to exist"));
                ProvidedValue value = new ProvidedValue(sets.provider(), value(sets, definition));
                ProvidedValue other =
                        values.computeIfAbsent(role, key -> new TreeMap<>()).put(definition.name(), value);
                if (other != null) {
                    throw unfit(
                            fact,
                            "sets context value `" + definition.name() + "` for role `" + role
                                    + "`, for which provider `" + other.provider() + "` sets it, too");
                }
            } else if (fact instanceof Hides hides) {
                hidden.computeIfAbsent(role, key -> new HashSet<>()).add(hides.scope());
            }
        }
        TableRules rules = stored.tableRules();
        return stored.withRestrictions(restrictions)
                .withContext(stored.context().withProvided(values))
                .withTableRules(rules.withPrivileges(rules.privileges().withHidden(hidden)))
                .withCubes(stored.cubes().withProvided(ofCubes.rules()))
                .withOverlay(this);
    }

    private void put(SortedMap<Name, GrantedRestriction> restrictions, Fact fact, Restriction restriction, Name role) {
        Name name = restriction.name();
        boolean isTaken = stored.memberRestrictions().containsKey(name)
                || restrictions.put(name, new GrantedRestriction(restriction, Set.of(role))) != null;
        if (isTaken) {
            throw unfit(fact, "needs the name of restriction `" + name + "` for its own");
        }
    }

    private static String prefix(Fact fact) {
        return fact.provider() + "/";
    }

    private static TypedValue value(Sets sets, ContextDefinition definition) {
        try {
            return definition.value(sets.given());
        } catch (IcesparException e) {
            throw unfit(sets, "sets a value for role `" + sets.role() + "` that does not fit: " + e.getMessage());
        }
    }

    /** The role's name as it was created. */
    private Name role(Fact fact) {
        Name role = fact.role();
        boolean isOfAnyRole = fact instanceof Sets || fact instanceof SetsDefaultMember;
        if (role.equals(ReservedRoles.PUBLIC) && !isOfAnyRole) {
            return ReservedRoles.PUBLIC;
        }
        if (ReservedRoles.isReservedRole(role) && !isOfAnyRole) {
            throw unfit(
                    fact,
                    "restricts role `" + role + "`, which is reserved: for everyone but administrators, name `PUBLIC`");
        }
        return stored.findRole(role)
                .map(Role::name)
                .orElseThrow(() -> unfit(fact, "needs role `" + role + "` to exist"));
    }

    static IcesparException unfit(Fact fact, String how) {
        return new IcesparException(ErrorCode.DEPENDENT_OBJECTS, "provider `" + fact.provider() + "` " + how);
    }

    /** The provider of the restriction; empty if SQL created it. */
    Optional<Name> provider(Name restriction) {
        Optional<Fact> restricts = find(
                        Restricts.class, fact -> fact.restriction().name().equals(restriction))
                .map(fact -> fact);
        return restricts
                .or(() -> find(
                        GrantsMembers.class,
                        fact -> new MemberRestrictions(fact.grant(), prefix(fact))
                                .names()
                                .contains(restriction)))
                .map(Fact::provider);
    }

    /**
     * Refuses a command that would change what a provider says, or do nothing because of it.
     *
     * @throws IcesparException {@code INVALID_STATEMENT}, with the provider's name
     */
    void check(SecurityCommand command) {
        if (command instanceof CreateRestriction create) {
            checkRestrictions(List.of(create.name()));
        } else if (command instanceof DropRestriction drop) {
            checkRestrictions(List.of(drop.name()));
        } else if (command instanceof GrantRestrictions grant) {
            checkRestrictions(grant.restrictions());
        } else if (command instanceof RevokeRestrictions revoke) {
            checkRestrictions(revoke.restrictions());
        } else if (command instanceof SetContextValue set) {
            checkValue(set.grantee(), set.name());
        } else if (command instanceof ResetContextValue reset) {
            // What SQL set before there was the provider can be taken back.
            if (stored.context().ofRole(reset.grantee().name(), reset.name()).isEmpty()) {
                checkValue(reset.grantee(), reset.name());
            }
        } else if (command instanceof GrantSelect grant) {
            checkGrant(grant);
        } else {
            checkOfCubes(command);
        }
    }

    private void checkOfCubes(SecurityCommand command) {
        CubeRules said = stored.cubes().said();
        if (command instanceof SetVisibility set) {
            checkVisibility(set.part(), set.role());
        } else if (command instanceof ResetVisibility reset) {
            // As for context values: what SQL said before can be taken back.
            if (said.isShown(reset.part(), reset.role()).isEmpty()) {
                checkVisibility(reset.part(), reset.role());
            }
        } else if (command instanceof SetDefaultMember set) {
            checkDefaultMember(set.member().hierarchy(), set.member().grantee());
        } else if (command instanceof ResetDefaultMember reset) {
            if (said.defaultMember(reset.hierarchy(), reset.grantee()).isEmpty()) {
                checkDefaultMember(reset.hierarchy(), reset.grantee());
            }
        } else if (command instanceof RevokeMembers revoke
                && said.members(revoke.hierarchy(), revoke.role()).isEmpty()) {
            find(
                            GrantsMembers.class,
                            fact -> fact.role().equals(revoke.role())
                                    && fact.grant().hierarchy().equals(revoke.hierarchy()))
                    .ifPresent(fact -> {
                        throw refused("what role `" + fact.role() + "` sees of hierarchy `" + revoke.hierarchy()
                                + "` is granted by provider `" + fact.provider() + "`");
                    });
        }
    }

    private void checkVisibility(Part part, Name role) {
        find(
                        SetsVisibility.class,
                        fact -> fact.role().equals(role) && fact.part().equals(part))
                .ifPresent(fact -> {
                    throw refused("visibility of " + fact.part() + " for role `" + fact.role()
                            + "` is set by provider `" + fact.provider() + "`");
                });
    }

    private void checkDefaultMember(HierarchyName hierarchy, Grantee grantee) {
        find(
                        SetsDefaultMember.class,
                        fact -> new Grantee.Role(fact.role()).equals(grantee)
                                && fact.hierarchy().equals(hierarchy))
                .ifPresent(fact -> {
                    throw refused("the default member of hierarchy `" + fact.hierarchy() + "` for role `" + fact.role()
                            + "` is set by provider `" + fact.provider() + "`");
                });
    }

    private void checkRestrictions(List<Name> names) {
        for (Name name : names) {
            provider(name).ifPresent(provider -> {
                throw refused("restriction `" + name + "` is given by provider `" + provider + "`");
            });
        }
    }

    private void checkValue(Grantee grantee, Name value) {
        if (grantee instanceof Grantee.Role role) {
            find(
                            Sets.class,
                            fact -> fact.role().equals(role.name())
                                    && fact.value().equals(value))
                    .ifPresent(fact -> {
                        throw refused("context value `" + fact.value() + "` of role `" + fact.role()
                                + "` is set by provider `" + fact.provider() + "`");
                    });
        }
    }

    private void checkGrant(GrantSelect grant) {
        for (Scope scope : grant.on()) {
            find(
                            Hides.class,
                            fact -> grant.grantees().contains(fact.role())
                                    && fact.scope().holds(scope))
                    .ifPresent(fact -> {
                        throw refused(
                                "this is hidden from `" + fact.role() + "` by provider `" + fact.provider() + "`");
                    });
        }
    }

    private <F extends Fact> Optional<F> find(Class<F> kind, Predicate<F> wanted) {
        return facts(kind).filter(wanted).findFirst();
    }

    /** The facts of one kind. */
    <F extends Fact> Stream<F> facts(Class<F> kind) {
        return provided.facts().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static IcesparException refused(String why) {
        return new IcesparException(ErrorCode.INVALID_STATEMENT, why + ", and is changed there, not by a command");
    }
}
