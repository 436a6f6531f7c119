package io.icespar.engine.sql;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.security.error.IcesparException;
import org.junit.jupiter.api.Test;

class LongRunsTest {
    @Test
    void aRowOfOperatorsWithoutEndIsRefused() {
        assertThrows(IcesparException.class, () -> LongRuns.check("SELECT 1" + " + 1".repeat(15_000)));
    }

    @Test
    void aScriptMayHaveAnyNumberOfShortStatements() {
        assertDoesNotThrow(() -> LongRuns.check("CREATE ROLE r;\n".repeat(15_000)));
        assertThrows(
                IcesparException.class,
                () -> LongRuns.check("CREATE ROLE r;\n".repeat(10) + "SELECT 1" + " + 1".repeat(15_000) + ";"));
    }
}
