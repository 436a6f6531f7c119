package io.icespar.security.context;

import java.util.Optional;

/**
 * A value as someone wrote it, before it is known to fit a type.
 *
 * @param content what {@link ContextType#convert} takes; empty for NULL
 * @param place where it stands, as the end of a text such as {@code " (line 1, column 5)"}; may be empty
 */
public record GivenValue(Optional<Object> content, String place) {

    /** A value that was written nowhere. */
    public static GivenValue of(Object content) {
        return new GivenValue(Optional.of(content), "");
    }

    /** NULL, written nowhere. */
    public static GivenValue ofNull() {
        return new GivenValue(Optional.empty(), "");
    }
}
