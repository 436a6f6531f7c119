package io.icespar.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CriterionTest {
    @Test
    void theLimitItselfIsMet() {
        assertTrue(Criterion.atMost("x", 1.5).isMet(1.5));
        assertFalse(Criterion.atMost("x", 1.5).isMet(1.51));
        assertTrue(Criterion.atLeast("x", 12).isMet(12));
        assertFalse(Criterion.atLeast("x", 12).isMet(11.9));
        assertFalse(Criterion.atMost("x", 1).isMet(Double.NaN));
    }

    @Test
    void howFarItFallsShortIsOfTheLimit() {
        assertEquals(50, Criterion.atMost("x", 2).shortPercent(3));
        assertEquals(25, Criterion.atLeast("x", 12).shortPercent(9));
        assertEquals(0, Criterion.atLeast("x", 12).shortPercent(13));
    }

    @Test
    void aReportMeetsItsTargetByAllOfItsFigures() {
        assertTrue(report(1, 1.5).meetsTarget());
        assertFalse(report(1.01, 1.5).meetsTarget());
        assertFalse(report(1, 1.6).meetsTarget());
    }

    @Test
    void aReportHasTheFiguresOfItsRow() {
        Conditions conditions = new Conditions(1, 2, "17");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Report(Row.LOAD, "again", conditions, Map.of("other", 1.0), List.of()));
    }

    private static Report report(double mean, double slowest) {
        return new Report(
                Row.TPCH_RESTRICTED,
                "again",
                new Conditions(1, 2, "17"),
                Map.of("geometric mean", mean, "slowest query", slowest),
                List.of());
    }
}
