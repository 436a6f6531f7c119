package io.icespar.security.context;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of a security state that speaks of context values: which there are, and what administrators set them to.
 *
 * @param created the values that were created; limits are not among them
 * @param users for each user, the values that were set for that user
 * @param roles for each role, the values that its holders get
 * @param provided likewise, the values that they get because a provider says so; never stored
 */
public record ContextSettings(
        SortedMap<Name, ContextDefinition> created,
        SortedMap<Name, SortedMap<Name, TypedValue>> users,
        SortedMap<Name, SortedMap<Name, TypedValue>> roles,
        SortedMap<Name, SortedMap<Name, ProvidedValue>> provided) {

    /** Checks and copies. */
    public ContextSettings {
        created = Collections.unmodifiableSortedMap(new TreeMap<>(created));
        users = copy(users);
        roles = copy(roles);
        provided = copy(provided);
    }

    /**
     * A value that a provider gives to a role.
     *
     * @param provider which provider
     * @param value the value
     */
    public record ProvidedValue(Name provider, TypedValue value) {}

    /** Settings by SQL alone. */
    public ContextSettings(
            SortedMap<Name, ContextDefinition> created,
            SortedMap<Name, SortedMap<Name, TypedValue>> users,
            SortedMap<Name, SortedMap<Name, TypedValue>> roles) {
        this(created, users, roles, Collections.emptySortedMap());
    }

    /** Nothing is created or set. */
    public static ContextSettings none() {
        return new ContextSettings(
                Collections.emptySortedMap(), Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    private static <V> SortedMap<Name, SortedMap<Name, V>> copy(Map<Name, SortedMap<Name, V>> values) {
        SortedMap<Name, SortedMap<Name, V>> copy = new TreeMap<>();
        values.forEach((name, set) -> {
            if (!set.isEmpty()) {
                copy.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(set)));
            }
        });
        return Collections.unmodifiableSortedMap(copy);
    }

    /** The same, with no value that is looked for among claims: those of whom nobody claims anything. */
    public ContextSettings withoutClaims() {
        SortedMap<Name, ContextDefinition> claimless = new TreeMap<>(created);
        claimless.replaceAll((name, definition) -> new ContextDefinition(
                definition.name(),
                definition.type(),
                definition.defaultValue(),
                Optional.empty(),
                definition.isSettable()));
        return new ContextSettings(claimless, users, roles, provided);
    }

    /** What is declared of the value, a limit or one that was created; empty if there is none of that name. */
    public Optional<ContextDefinition> find(Name name) {
        return Optional.ofNullable(created.get(name))
                .or(() -> Optional.ofNullable(Limit.definitions().get(name)));
    }

    /**
     * What is declared of the value that there is under that name.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is none
     */
    public ContextDefinition get(Name name) {
        return find(name)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_OBJECT, "context value `" + name + "` does not exist"));
    }

    /** What is declared of all values, limits too, in the order of their names. */
    public SortedMap<Name, ContextDefinition> definitions() {
        SortedMap<Name, ContextDefinition> all = new TreeMap<>(created);
        all.putAll(Limit.definitions());
        return Collections.unmodifiableSortedMap(all);
    }

    /** What the value was set to for the user. */
    public Optional<TypedValue> ofUser(Name user, Name value) {
        return Optional.ofNullable(
                users.getOrDefault(user, Collections.emptySortedMap()).get(value));
    }

    /** What the value was set to for the role. */
    public Optional<TypedValue> ofRole(Name role, Name value) {
        return Optional.ofNullable(
                roles.getOrDefault(role, Collections.emptySortedMap()).get(value));
    }

    /** What a provider gives the role. */
    public Optional<ProvidedValue> providedTo(Name role, Name value) {
        return Optional.ofNullable(
                provided.getOrDefault(role, Collections.emptySortedMap()).get(value));
    }

    /** These, with what providers give roles. */
    public ContextSettings withProvided(SortedMap<Name, SortedMap<Name, ProvidedValue>> newProvided) {
        return new ContextSettings(created, users, roles, newProvided);
    }
}
