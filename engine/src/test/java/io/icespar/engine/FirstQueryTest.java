package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FirstQueryTest {
    /** Elsewhere nobody would see if it failed. */
    @Test
    void theQueryOverNothingIsPlanned() {
        assertEquals(2, FirstQuery.plan().columns().size());
    }
}
