package io.icespar.security.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a value of a type is, and which values are one. */
class TypedValueTest {
    private static TypedValue value(String type, @Nullable Object given) {
        return ContextType.parse(type).convert(given).orElseThrow();
    }

    @Test
    void valuesAreEqualIfTypeAndContentAre() {
        assertEquals(value("INTEGER", 1), value("INTEGER", 1L));
        assertEquals(value("INTEGER", 1).hashCode(), value("INTEGER", 1L).hashCode());
        assertNotEquals(value("INTEGER", 1), value("INTEGER", 2));
        assertNotEquals(value("VARCHAR", null), value("INTEGER", null));
        assertNotEquals(value("VARCHAR", null), value("VARCHAR", ""));
        assertNotEquals(value("VARCHAR ARRAY", List.of("a", "b")), value("VARCHAR ARRAY", List.of("b", "a")));
    }

    @Test
    void anArrayHasElementsAndNullHasNone() {
        assertEquals(
                Optional.of(List.of("a", "b")),
                value("VARCHAR ARRAY", List.of("a", "b")).elements());
        assertEquals(Optional.of(List.of()), value("VARCHAR ARRAY", List.of()).elements());
        assertEquals(Optional.empty(), value("VARCHAR ARRAY", null).elements());
        assertEquals(Optional.empty(), value("VARCHAR", "a").elements());
    }
}
