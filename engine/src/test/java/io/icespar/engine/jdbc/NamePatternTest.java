package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.identity.Name;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "Sales, Sales, true",
        "SALES, sales, true",
        "Sale, Sales, false",
        "S%, Sales, true",
        "%s, Sales, true",
        "%a%s, Sales, true",
        "%a%z, Sales, false",
        "S_les, Sales, true",
        "S_, Sales, false",
        "_____, Sales, true",
        "____, Sales, false",
        "%, Sales, true",
        "%%, Sales, true",
        "S_les, S_les, true",
        "S\\_les, S_les, true",
        "S\\_les, Sales, false",
        "100\\%, 100%, true",
        "100\\%, 100 %, false",
        "a\\\\b, a\\b, true",
        "sal.s, Sales, false",
        "STRASSE, straße, true",
        "'', Sales, false",
    })
    void namesMatchAsJdbcHasIt(String pattern, String name, boolean matches) {
        assertEquals(matches, NamePattern.of(pattern).matches(Name.of(name)));
    }

    @Test
    void noPatternMatchesAll() {
        assertTrue(NamePattern.of(null).matches(Name.of("Sales")));
    }

    @Test
    void manyWildcardsDoNotTakeForever() {
        assertFalse(NamePattern.of("%a".repeat(5_000) + "b").matches(Name.of("a".repeat(5_000))));
    }
}
