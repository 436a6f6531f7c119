package io.icespar.security.context;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** All context values as they are for one caller at one moment. */
public final class ContextValues {
    private final Name caller;
    private final SortedMap<Name, ResolvedValue> values;

    ContextValues(Name caller, SortedMap<Name, ResolvedValue> values) {
        this.caller = caller;
        this.values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** No values at all, for a caller whom nothing is asked of. */
    public static ContextValues none(Name caller) {
        return new ContextValues(caller, Collections.emptySortedMap());
    }

    /** All values that are declared, also those that nobody set, in the order of their names. */
    public List<ResolvedValue> all() {
        return List.copyOf(values.values());
    }

    /** The value of that name; empty if none is declared. */
    public Optional<ResolvedValue> find(Name name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * The value that is declared under that name.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is none
     */
    public ResolvedValue get(Name name) {
        return find(name)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_OBJECT, "context value `" + name + "` does not exist"));
    }

    /**
     * What a query that reads the value gets.
     *
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is none of that name, {@code MISSING_CONTEXT_VALUE} if
     *     nobody set it
     */
    public TypedValue required(Name name) {
        return get(name)
                .value()
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.MISSING_CONTEXT_VALUE,
                        "context value `" + name + "` is missing: it has no default, and nobody set it for user `"
                                + caller + "`"));
    }

    /** How high a limit is; empty if there is none. */
    public OptionalLong limit(Limit limit) {
        return find(limit.value())
                .flatMap(ResolvedValue::value)
                .flatMap(TypedValue::content)
                .map(value -> OptionalLong.of(((Number) value).longValue()))
                .orElse(OptionalLong.empty());
    }

    /** Whether all values are the same, and were set in the same ways. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ContextValues all && caller.equals(all.caller) && values.equals(all.values);
    }

    @Override
    public int hashCode() {
        return 31 * caller.hashCode() + values.hashCode();
    }
}
