package io.icespar.security.context;

import java.util.List;
import java.util.Optional;

/**
 * What a context value is for one caller, and why.
 *
 * @param definition what is declared of it
 * @param set the value that counts, and then those that it overrides, in the order in which they would be heard; none
 *     at all if nobody set it
 */
public record ResolvedValue(ContextDefinition definition, List<Setting> set) {

    /**
     * A value and where it was set.
     *
     * @param source where it was set
     * @param value the value
     */
    public record Setting(ValueSource source, TypedValue value) {}

    /** Checks and copies. */
    public ResolvedValue {
        set = List.copyOf(set);
    }

    /** The value that counts; empty if nobody set it. */
    public Optional<TypedValue> value() {
        return setting().map(Setting::value);
    }

    /** The value that counts and where it was set; empty if nobody set it. */
    public Optional<Setting> setting() {
        return set.stream().findFirst();
    }

    /** What it overrides, that which would be heard first at the front. */
    public List<Setting> overridden() {
        return set.stream().skip(1).toList();
    }
}
