package io.icespar.avatica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnValueTest {
    @ParameterizedTest
    @CsvSource({"128", "-129", "1e30", "1E400", "128.9"})
    void aNumberThatDoesNotFitIsRefused(String number) {
        var value = new ColumnValue(1, number);
        var error = assertThrows(SQLException.class, () -> value.whole("byte", Byte.MIN_VALUE, Byte.MAX_VALUE));
        assertEquals("22003", error.getSQLState());
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "1E999999999", ""})
    void noErrorShowsTheValue(String text) {
        var value = new ColumnValue(1, text);
        var error = assertThrows(SQLException.class, () -> value.whole("long", Long.MIN_VALUE, Long.MAX_VALUE));
        var message = String.valueOf(error.getMessage());
        assertTrue(message.contains("column 1"), message);
        assertFalse(!text.isEmpty() && message.contains(text), message);
    }

    @Test
    void notANumberIsNoWholeNumber() {
        for (var number : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, Float.NaN}) {
            assertThrows(SQLException.class, () -> new ColumnValue(1, number).whole("int", 0, 1));
        }
    }

    @Test
    void whatStandsBehindThePointIsLeftOut() throws SQLException {
        assertEquals(-7, new ColumnValue(1, new BigDecimal("-7.9")).whole("int", -10, 10));
        assertEquals(7, new ColumnValue(1, 7.9).whole("int", -10, 10));
    }

    @Test
    void timesAreWrittenWithTheFractionTheyHave() throws SQLException {
        assertEquals("01:02:03", new ColumnValue(1, LocalTime.of(1, 2, 3)).text());
        assertEquals(
                "2020-02-29 01:02:03.4",
                new ColumnValue(1, LocalDate.of(2020, 2, 29).atTime(1, 2, 3, 400_000_000)).text());
        assertEquals(LocalTime.of(1, 2, 3), new ColumnValue(1, "2020-02-29 01:02:03").time());
    }
}
