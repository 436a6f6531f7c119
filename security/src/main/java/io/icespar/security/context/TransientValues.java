package io.icespar.security.context;

import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that a caller set and that nobody keeps: those of one connection, or of all connections of one user.
 *
 * @param values the values by name
 */
public record TransientValues(SortedMap<Name, TypedValue> values) {

    /** Checks and copies. */
    public TransientValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** None are set. */
    public static TransientValues none() {
        return new TransientValues(Collections.emptySortedMap());
    }

    /** These, with one more or another one. */
    public TransientValues with(Name name, TypedValue value) {
        SortedMap<Name, TypedValue> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new TransientValues(changed);
    }

    /** These without one, or none at all if no name is given. */
    public TransientValues without(Optional<Name> name) {
        if (name.isEmpty()) {
            return none();
        }
        SortedMap<Name, TypedValue> changed = new TreeMap<>(values);
        changed.remove(name.get());
        return new TransientValues(changed);
    }

    /**
     * The value, if it can still count: it can be settable no longer, or have another type now, since it was set.
     */
    Optional<TypedValue> find(ContextDefinition definition) {
        return Optional.ofNullable(values.get(definition.name()))
                .filter(value -> definition.isSettable() && value.type().equals(definition.type()));
    }
}
