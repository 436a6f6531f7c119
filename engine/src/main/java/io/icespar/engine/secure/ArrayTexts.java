package io.icespar.engine.secure;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.icespar.security.context.TypedValue;
import java.util.List;
import java.util.Optional;

/**
 * The texts of the arrays that are context values: each is written once for as long as the value is set, and not for each
 * query that reads it. Safe for use by several threads.
 */
final class ArrayTexts {
    private final Cache<TypedValue, Optional<ArrayText>> written =
            CacheBuilder.newBuilder().weakKeys().build();

    /**
     * The text of an array.
     *
     * @return empty if the array is NULL or has no elements, or if no separator can be found
     */
    Optional<ArrayText> of(TypedValue array) {
        // To find a value by what is in it would take as long as to write it: it is found by being the same object.
        Optional<ArrayText> known = written.getIfPresent(array);
        if (known == null) {
            List<Object> elements = array.elements().orElse(List.of());
            known = elements.isEmpty() ? Optional.empty() : ArrayText.of(elements);
            written.put(array, known);
        }
        return known;
    }
}
