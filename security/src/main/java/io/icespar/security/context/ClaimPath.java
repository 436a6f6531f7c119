package io.icespar.security.context;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a caller's claims a value is found.
 *
 * @param text the names of the claim and of its parts, divided by dots, such as {@code address.country}
 */
public record ClaimPath(String text) {
    private static final Pattern DOT = Pattern.compile("\\.");

    /** Checks. */
    public ClaimPath {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not the path of a claim");
        }
    }

    /** Whether the text is the path of a claim: no name in it is empty. */
    public static boolean isValid(String text) {
        return List.of(DOT.split(text, -1)).stream().noneMatch(String::isBlank);
    }

    /** What the claims say there; empty if there is nothing. */
    public Optional<Object> find(Map<String, Object> claims) {
        Optional<Object> found = Optional.of(claims);
        for (String name : DOT.split(text, -1)) {
            found = found.map(value -> value instanceof Map<?, ?> map ? map.get(name) : null);
        }
        return found;
    }

    @Override
    public String toString() {
        return text;
    }
}
