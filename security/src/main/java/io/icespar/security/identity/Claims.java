package io.icespar.security.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody else says of a user, kept as it was said. */
public final class Claims {
    private Claims() {}

    /**
     * A copy that nobody can change.
     *
     * @param claims by name; a claim of several parts is a map itself, or a list
     * @return without the claims that are null
     */
    public static Map<String, Object> copy(Map<String, ? extends @Nullable Object> claims) {
        Map<String, Object> copies = new LinkedHashMap<>();
        claims.forEach((name, claim) -> {
            Object copy = copy(claim);
            if (copy != null) {
                copies.put(name, copy);
            }
        });
        return Collections.unmodifiableMap(copies);
    }

    private static @Nullable Object copy(@Nullable Object claim) {
        if (claim instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, part) -> copy.put(name, copy(part)));
            return Collections.unmodifiableMap(copy);
        } else if (claim instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return Collections.unmodifiableList(copy);
        }
        return claim;
    }
}
