package io.icespar.security.plugin;

import io.icespar.security.entitlement.Entitlements;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.SecurityFacade;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is added to the security of an engine.
 *
 * @param providers say what comes with roles
 * @param comparators at most one: which roles have the higher authority
 * @param facades at most one: says more of callers
 */
public record Plugins(
        List<EntitlementsProvider> providers, List<AuthorityComparator> comparators, List<SecurityFacade> facades) {
    private static final Plugins NONE = new Plugins(List.of(), List.of(), List.of());

    /**
     * Checks and copies.
     *
     * @throws IcesparException {@code CONFIGURATION} if there are two comparators or two facades
     */
    public Plugins {
        providers = List.copyOf(providers);
        comparators = atMostOne("authority comparator", comparators);
        facades = atMostOne("security facade", facades);
    }

    private static <T> List<T> atMostOne(String kind, List<T> given) {
        if (given.size() > 1) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    "more than one " + kind + " is plugged in: "
                            + given.stream().map(Plugins::type).toList() + ", expected at most one");
        }
        return List.copyOf(given);
    }

    /** Nothing is added. */
    public static Plugins none() {
        return NONE;
    }

    /** These and a provider. */
    public Plugins withProvider(EntitlementsProvider provider) {
        return new Plugins(and(providers, provider), comparators, facades);
    }

    /** These and a comparator; {@code CONFIGURATION} if there is one. */
    public Plugins withAuthorities(AuthorityComparator comparator) {
        return new Plugins(providers, and(comparators, comparator), facades);
    }

    /** These and a facade; {@code CONFIGURATION} if there is one. */
    public Plugins withFacade(SecurityFacade facade) {
        return new Plugins(providers, comparators, and(facades, facade));
    }

    private static <T> List<T> and(List<T> present, T another) {
        List<T> all = new ArrayList<>(present);
        all.add(another);
        return all;
    }

    /**
     * Asks each provider what it says.
     *
     * @throws IcesparException {@code CONFIGURATION} if one throws
     */
    public List<Entitlements> entitlements() {
        return providers.stream().map(Plugins::entitlements).toList();
    }

    private static Entitlements entitlements(EntitlementsProvider provider) {
        try {
            return Objects.requireNonNull(provider.entitlements());
        } catch (RuntimeException | LinkageError e) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION, "the entitlements provider " + type(provider) + " failed", e);
        }
    }

    /**
     * Which roles have the higher authority.
     *
     * @param listed roles as the configuration lists them, the lowest first
     * @throws IcesparException {@code CONFIGURATION} if both the configuration and a plug-in say so
     */
    public AuthorityComparator authorities(List<Name> listed) {
        if (comparators.isEmpty()) {
            return new ListedAuthorities(listed);
        }
        if (!listed.isEmpty()) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    "`security.authorities` is configured, and an authority comparator " + type(comparators.get(0))
                            + " is plugged in, too: leave out one of them");
        }
        return new PluggedAuthorities(comparators.get(0));
    }

    /** Says more of callers, or nothing more if no facade is plugged in. */
    public SecurityFacade facade() {
        return facades.stream()
                .findFirst()
                .<SecurityFacade>map(PluggedFacade::new)
                .orElse(Caller::claims);
    }

    private static String type(Object plugin) {
        return "`" + plugin.getClass().getName() + "`";
    }
}
