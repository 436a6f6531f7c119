package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings.ProvidedValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.entitlement.Provided.Fact;
import io.icespar.security.entitlement.Provided.Hides;
import io.icespar.security.entitlement.Provided.Restricts;
import io.icespar.security.entitlement.Provided.Sets;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.privilege.Scope;
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
        for (Fact fact : provided.facts()) {
            Name role = role(fact);
            if (fact instanceof Restricts restricts) {
                Name name = restricts.restriction().name();
                if (restrictions.put(name, new GrantedRestriction(restricts.restriction(), Set.of(role))) != null) {
                    throw unfit(fact, "needs the name of restriction `" + name + "` for its own");
                }
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
                .withOverlay(this);
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
        if (role.equals(ReservedRoles.PUBLIC) && !(fact instanceof Sets)) {
            return ReservedRoles.PUBLIC;
        }
        if (ReservedRoles.isReservedRole(role) && !(fact instanceof Sets)) {
            throw unfit(
                    fact,
                    "restricts role `" + role + "`, which is reserved: for everyone but administrators, name `PUBLIC`");
        }
        return stored.findRole(role)
                .map(Role::name)
                .orElseThrow(() -> unfit(fact, "needs role `" + role + "` to exist"));
    }

    private static IcesparException unfit(Fact fact, String how) {
        return new IcesparException(ErrorCode.DEPENDENT_OBJECTS, "provider `" + fact.provider() + "` " + how);
    }

    /** The provider of the restriction; empty if SQL created it. */
    Optional<Name> provider(Name restriction) {
        return find(Restricts.class, fact -> fact.restriction().name().equals(restriction))
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
        }
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
