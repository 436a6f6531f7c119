package io.icespar.security.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is claimed of a user, as it was at one moment. */
public final class Claims {
    private Claims() {}

    /** A copy that nobody changes, nor any part of it; claims that are null are left out. */
    public static Map<String, Object> copyOf(Map<String, ?> claims) {
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
