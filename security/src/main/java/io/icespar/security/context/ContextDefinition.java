package io.icespar.security.context;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;

/**
 * What is declared of a context value.
 *
 * @param name its name
 * @param type its type
 * @param defaultValue what it is where nobody set it; without one it is then missing
 * @param claim where among a caller's claims it is looked for
 * @param isSettable whether callers may set it for themselves; no restriction may read it then
 */
public record ContextDefinition(
        Name name, ContextType type, Optional<TypedValue> defaultValue, Optional<ClaimPath> claim, boolean isSettable) {

    /** Checks. */
    public ContextDefinition {
        if (defaultValue.filter(value -> !value.type().equals(type)).isPresent()) {
            throw new IllegalArgumentException("a default is of another type");
        }
    }

    /**
     * The value that was given for this one.
     *
     * @throws IcesparException {@code DATATYPE_MISMATCH} if it does not fit the type, {@code INVALID_PARAMETER} if it is
     *     not one that a limit can have
     */
    public TypedValue value(GivenValue given) {
        TypedValue value = type.convert(given.content().orElse(null)).orElseThrow(() -> mismatch(name, type, given));
        if (Limit.isLimit(name)
                && value.content()
                        .filter(content -> ((Number) content).longValue() < 1)
                        .isPresent()) {
            throw new IcesparException(
                    ErrorCode.INVALID_PARAMETER,
                    "limit `" + name + "` must be at least 1, or NULL for none" + given.place());
        }
        return value;
    }

    /** The error for a value that does not fit the type. */
    static IcesparException mismatch(Name name, ContextType type, GivenValue given) {
        boolean texts = type.base() == ContextType.Base.VARCHAR
                && given.content()
                        .filter(content -> content instanceof String || content instanceof List<?>)
                        .isPresent();
        String size = texts
                ? " of at most "
                        + (type.isArray() ? ContextType.MAX_ELEMENTS + " elements and " : "")
                        + ContextType.MAX_CHARACTERS + " characters, none of them NUL or half of one"
                : "";
        return new IcesparException(
                ErrorCode.DATATYPE_MISMATCH,
                "context value `" + name + "` takes a literal of type `" + type + "`" + size + given.place());
    }
}
