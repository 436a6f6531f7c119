package io.icespar.security.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where among claims a value is found. */
class ClaimPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a.", ".a", "a..b", "a. .b"})
    void noNameInAPathIsEmpty(String text) {
        assertEquals(false, ClaimPath.isValid(text));
        assertThrows(IllegalArgumentException.class, () -> new ClaimPath(text));
    }

    @Test
    void aPathLeadsThroughParts() {
        Map<String, Object> claims = Map.of("a", Map.of("b", 1), "a.b", 2, "c", 3);
        assertEquals(true, ClaimPath.isValid("a.b"));
        assertEquals(Optional.of(1), new ClaimPath("a.b").find(claims));
        assertEquals(Optional.of(3), new ClaimPath("c").find(claims));
        assertEquals(Optional.empty(), new ClaimPath("c.b").find(claims));
        assertEquals(Optional.empty(), new ClaimPath("a.c").find(claims));
        assertEquals(Optional.empty(), new ClaimPath("b").find(claims));
    }
}
