package io.icespar.engine.secure;

import io.icespar.security.context.ContextType;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.ResolvedValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.Optional;
import java.util.Set;

/**
 * A place in a plan that is filled in when the plan runs, so that one plan serves callers who differ in it: a value of the
 * caller's that is compared with something and of which the plan asks nothing else.
 *
 * @param contextValue its name; empty for the caller's own name
 */
public record Slot(Optional<Name> contextValue) {
    static final Slot CALLER_NAME = new Slot(Optional.empty());

    private static final Set<ContextType.Base> BASES = Set.of(
            ContextType.Base.INTEGER,
            ContextType.Base.BIGINT,
            ContextType.Base.VARCHAR,
            ContextType.Base.DATE,
            ContextType.Base.TIMESTAMP);

    /**
     * What a caller's plan has there, an Integer, Long, String, LocalDate or LocalDateTime; empty if it is nothing that a
     * slot can hold, such as NULL or an array, which make other plans.
     */
    public Optional<Object> content(Caller caller, ContextValues values) {
        return contextValue
                .map(name -> values.find(name).flatMap(ResolvedValue::value).flatMap(Slot::content))
                .orElseGet(() -> Optional.of(caller.name().spelling()))
                .filter(content -> !(content instanceof String text && text.indexOf('\0') >= 0));
    }

    private static Optional<Object> content(TypedValue value) {
        return value.type().isArray() || !BASES.contains(value.type().base()) ? Optional.empty() : value.content();
    }
}
