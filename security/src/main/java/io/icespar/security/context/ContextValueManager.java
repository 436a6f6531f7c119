package io.icespar.security.context;

import io.icespar.security.context.ResolvedValue.Setting;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.SecurityFacade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides which of several context values counts, and keeps those that users set for all of their connections.
 *
 * <p>Heard first is what the connection set, then what the user set for all connections, then what an administrator set
 * for the user, then the claim about the user, then what was set for a role of the user's, that of the highest authority
 * first and for each role what a provider says before what SQL says, and last the default. A limit that an administrator set is lowered by the user's own, never raised. Safe for
 * use by several threads.
 */
public final class ContextValueManager {
    private final AuthorityComparator authorities;
    private final SecurityFacade facade;

    /** By the user's name as it is spelled: providers tell names apart by case. */
    private final Map<String, TransientValues> global = new ConcurrentHashMap<>();

    /** Creates a manager that hears roles in the order of {@code authorities}. */
    public ContextValueManager(AuthorityComparator authorities) {
        this(authorities, Caller::claims);
    }

    /** Creates a manager that hears roles in the order of {@code authorities}, and of callers what the facade says. */
    public ContextValueManager(AuthorityComparator authorities, SecurityFacade facade) {
        this.authorities = authorities;
        this.facade = facade;
    }

    /**
     * Resolves all values for a caller. The facade is asked only if a value is found among claims.
     *
     * @param asking who asks, as authenticated
     * @param settings those of the state that the caller's roles are from
     * @param local what the connection set
     * @throws IcesparException {@code DATATYPE_MISMATCH} if a claim does not fit the type of its value
     */
    public ContextValues resolve(Caller asking, ContextSettings settings, TransientValues local) {
        Caller caller = settings.definitions().values().stream()
                        .anyMatch(value -> value.claim().isPresent())
                ? new Caller(asking.identity(), asking.roles(), facade.claims(asking))
                : asking;
        TransientValues globals = global.getOrDefault(caller.name().spelling(), TransientValues.none());
        List<Name> roles = settingRoles(caller, settings);
        SortedMap<Name, ResolvedValue> values = new TreeMap<>();
        settings.definitions().forEach((name, definition) -> {
            List<Setting> set = new ArrayList<>();
            local.find(definition).ifPresent(value -> set.add(new Setting(new ValueSource.Local(), value)));
            globals.find(definition).ifPresent(value -> set.add(new Setting(new ValueSource.Global(), value)));
            set.addAll(administered(caller, settings, definition, roles));
            values.put(name, new ResolvedValue(definition, Limit.isLimit(name) ? lowered(set) : set));
        });
        return new ContextValues(caller.name(), values);
    }

    /** The caller's roles that set anything, that of the highest authority first. */
    private List<Name> settingRoles(Caller caller, ContextSettings settings) {
        return caller.roles().stream()
                .filter(role -> settings.roles().containsKey(role)
                        || settings.provided().containsKey(role))
                .sorted(authorities.reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private List<Setting> administered(
            Caller caller, ContextSettings settings, ContextDefinition definition, List<Name> roles) {
        Name name = definition.name();
        List<Setting> set = new ArrayList<>();
        settings.ofUser(caller.name(), name).ifPresent(value -> set.add(new Setting(new ValueSource.User(), value)));
        definition.claim().flatMap(path -> claimed(caller, definition, path)).ifPresent(set::add);
        List<Name> setting = roles.stream()
                .filter(role -> settings.ofRole(role, name).isPresent()
                        || settings.providedTo(role, name).isPresent())
                .toList();
        for (Name role : setting) {
            boolean tied =
                    setting.stream().anyMatch(other -> !other.equals(role) && authorities.compare(role, other) == 0);
            ValueSource.Role source = new ValueSource.Role(role, tied);
            settings.providedTo(role, name)
                    .ifPresent(provided -> set.add(
                            new Setting(new ValueSource.Provider(provided.provider(), source), provided.value())));
            settings.ofRole(role, name).ifPresent(value -> set.add(new Setting(source, value)));
        }
        definition.defaultValue().ifPresent(value -> set.add(new Setting(new ValueSource.Default(), value)));
        return set;
    }

    private static Optional<Setting> claimed(Caller caller, ContextDefinition definition, ClaimPath path) {
        return path.find(caller.claims())
                .map(claim -> definition
                        .type()
                        .convert(claim)
                        .orElseThrow(() -> new IcesparException(
                                ErrorCode.DATATYPE_MISMATCH,
                                "claim `" + path + "` of user `" + caller.name() + "` does not fit context value `"
                                        + definition.name() + "`, which is of type `" + definition.type() + "`")))
                .map(value -> new Setting(new ValueSource.Claim(path), value));
    }

    /** With what administrators set before all others, if what the caller set is higher. */
    private static List<Setting> lowered(List<Setting> set) {
        Optional<Setting> upper =
                set.stream().filter(setting -> !setting.source().isTransient()).findFirst();
        if (upper.isEmpty() || !isHigher(set.get(0).value(), upper.get().value())) {
            return set;
        }
        List<Setting> lowered = new ArrayList<>(set);
        lowered.remove(upper.get());
        lowered.add(0, upper.get());
        return lowered;
    }

    private static boolean isHigher(TypedValue limit, TypedValue other) {
        return height(limit) > height(other);
    }

    private static long height(TypedValue limit) {
        return limit.content().map(value -> ((Number) value).longValue()).orElse(Long.MAX_VALUE);
    }

    /**
     * Checks that a caller may set a value so, for a connection or for all.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is none of that name, {@code INSUFFICIENT_PRIVILEGE} if
     *     it is not for callers to set, or is a limit that would be raised; else those of {@link
     *     ContextDefinition#value}
     */
    public TypedValue settable(Caller caller, ContextSettings settings, Name name, GivenValue given) {
        ContextDefinition definition = settings.get(name);
        if (!definition.isSettable()) {
            throw new IcesparException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "context value `" + definition.name()
                            + "` is not settable: only administrators set it, for users and roles");
        }
        TypedValue value = definition.value(given);
        if (Limit.isLimit(name)) {
            checkLower(caller, settings, definition, value, given.place());
        }
        return value;
    }

    private void checkLower(
            Caller caller, ContextSettings settings, ContextDefinition definition, TypedValue value, String place) {
        List<Setting> administered = administered(caller, settings, definition, settingRoles(caller, settings));
        if (!administered.isEmpty() && isHigher(value, administered.get(0).value())) {
            throw new IcesparException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "limit `" + definition.name() + "` is "
                            + administered.get(0).value() + " and can be lowered only" + place);
        }
    }

    /** Sets a value for all connections of a user, named as a {@link Caller} is, once {@link #settable} said that it may be. */
    public void setGlobal(Name user, Name name, TypedValue value) {
        global.merge(
                user.spelling(),
                TransientValues.none().with(name, value),
                (present, added) -> present.with(name, value));
    }

    /** Takes back what a user set for all connections: one value, or all if no name is given. */
    public void resetGlobal(Name user, Optional<Name> name) {
        global.computeIfPresent(user.spelling(), (key, present) -> {
            TransientValues left = present.without(name);
            return left.values().isEmpty() ? null : left;
        });
    }

    /** Forgets what was set under a name, however it is spelled: it is someone else's from now on. */
    public void forget(Name user) {
        global.keySet().removeIf(spelling -> Name.of(spelling).equals(user));
    }
}
