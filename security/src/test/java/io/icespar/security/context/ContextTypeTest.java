package io.icespar.security.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values each type takes, exactly as they are given. */
class ContextTypeTest {
    private static String taken(String type, Object given) {
        return ContextType.parse(type).convert(given).map(TypedValue::literal).orElse("refused");
    }

    static Stream<Arguments> takenValues() {
        return Stream.of(
                Arguments.of("INTEGER", new BigDecimal("-2147483648"), "-2147483648"),
                Arguments.of("INTEGER", 2147483647L, "2147483647"),
                Arguments.of("INTEGER", new BigDecimal("5.00"), "5"),
                Arguments.of("INTEGER", new BigDecimal("5." + "0".repeat(38)), "5"),
                Arguments.of("BIGINT", Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of("DOUBLE", new BigDecimal("1.5"), "15E-1"),
                Arguments.of("DOUBLE", Double.MAX_VALUE, "17976931348623157E292"),
                Arguments.of("DECIMAL(5, 2)", new BigDecimal("999.99"), "999.99"),
                Arguments.of("DECIMAL(5, 2)", 1, "1.00"),
                Arguments.of("DECIMAL(1, 0)", 9, "9"),
                Arguments.of("DECIMAL(38, 38)", new BigDecimal("-0." + "9".repeat(38)), "-0." + "9".repeat(38)),
                Arguments.of("DECIMAL(2, 2)", new BigDecimal("0E+999999999"), "0.00"),
                Arguments.of("VARCHAR", "it's\n--🦊", "'it''s\n--🦊'"),
                Arguments.of("BOOLEAN", false, "FALSE"),
                Arguments.of("DATE", "2021-02-04", "DATE '2021-02-04'"),
                Arguments.of("DATE", "0001-01-01", "DATE '0001-01-01'"),
                Arguments.of("DATE", "9999-12-31", "DATE '9999-12-31'"),
                Arguments.of("TIMESTAMP", "2021-02-04 13:05", "TIMESTAMP '2021-02-04 13:05:00'"),
                Arguments.of(
                        "TIMESTAMP",
                        LocalDateTime.of(1, 1, 1, 0, 0, 0, 1000),
                        "TIMESTAMP '0001-01-01 00:00:00.000001'"),
                Arguments.of("VARCHAR ARRAY", List.of("a", "b'"), "ARRAY['a', 'b''']"),
                Arguments.of("DECIMAL(3, 1) ARRAY", List.of(1, new BigDecimal("2.5")), "ARRAY[1.0, 2.5]"),
                Arguments.of("INTEGER ARRAY", List.of(), "ARRAY[]"));
    }

    @ParameterizedTest
    @MethodSource("takenValues")
    void aValueThatFitsIsTakenAsItIs(String type, Object given, String literal) {
        assertEquals(literal, taken(type, given));
        assertEquals(type, ContextType.parse(type).toString());
    }

    static Stream<Arguments> refusedValues() {
        return Stream.of(
                Arguments.of("INTEGER", 2147483648L),
                Arguments.of("INTEGER", new BigDecimal("0.5")),
                Arguments.of("INTEGER", new BigDecimal("1E999999999")),
                Arguments.of("INTEGER", new BigDecimal("1E-999999999")),
                Arguments.of("INTEGER", 1.0),
                Arguments.of("INTEGER", "1"),
                Arguments.of("INTEGER", List.of(1)),
                Arguments.of("BIGINT", new BigDecimal("9223372036854775808")),
                Arguments.of("BIGINT", BigInteger.TEN),
                Arguments.of("DOUBLE", Double.NaN),
                Arguments.of("DOUBLE", new BigDecimal("1E400")),
                Arguments.of("DOUBLE", "1"),
                Arguments.of("DECIMAL(5, 2)", new BigDecimal("1000")),
                Arguments.of("DECIMAL(5, 2)", new BigDecimal("0.001")),
                Arguments.of("DECIMAL(5, 2)", 0.5),
                Arguments.of("VARCHAR", 1),
                Arguments.of("VARCHAR", "a\0b"),
                Arguments.of("VARCHAR", "\uD800"),
                Arguments.of("VARCHAR", "\uDC00\uD800"),
                Arguments.of("VARCHAR", "\uDFFF"),
                Arguments.of("VARCHAR", "x".repeat(ContextType.MAX_CHARACTERS + 1)),
                Arguments.of("BOOLEAN", "TRUE"),
                Arguments.of("DATE", "2021-02-30"),
                Arguments.of("DATE", "0000-01-01"),
                Arguments.of("DATE", "+10000-01-01"),
                Arguments.of("DATE", LocalDateTime.of(2021, 1, 1, 0, 0)),
                Arguments.of("TIMESTAMP", "2021-02-04"),
                Arguments.of("TIMESTAMP", LocalDateTime.of(2021, 1, 1, 0, 0, 0, 1)),
                Arguments.of("VARCHAR ARRAY", "a"),
                Arguments.of("VARCHAR ARRAY", List.of("a", 1)),
                Arguments.of("VARCHAR ARRAY", List.of(List.of("a"))),
                Arguments.of("VARCHAR ARRAY", Arrays.asList("a", null)),
                Arguments.of("VARCHAR ARRAY", Collections.nCopies(3, "x".repeat(ContextType.MAX_CHARACTERS / 2))),
                Arguments.of("INTEGER ARRAY", Collections.nCopies(ContextType.MAX_ELEMENTS + 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("refusedValues")
    void aValueThatDoesNotFitIsRefused(String type, Object given) {
        assertEquals("refused", taken(type, given));
    }

    @Test
    void theLargestValuesAreTaken() {
        assertEquals(
                ContextType.MAX_CHARACTERS + 2,
                taken("VARCHAR", "x".repeat(ContextType.MAX_CHARACTERS)).length());
        assertEquals(
                3 * ContextType.MAX_ELEMENTS + "ARRAY[]".length() - 2,
                taken("INTEGER ARRAY", Collections.nCopies(ContextType.MAX_ELEMENTS, 1))
                        .length());
    }

    @Test
    void anArrayIsOfItsElementsType() {
        assertEquals("DECIMAL(5, 2) ARRAY", ContextType.decimal(5, 2).array().toString());
        assertEquals(
                ContextType.decimal(5, 2),
                ContextType.parse("DECIMAL(5, 2) ARRAY").element());
        assertEquals(
                ContextType.parse("DATE"), ContextType.of(ContextType.Base.DATE).element());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TEXT",
                "integer",
                "DECIMAL",
                "DECIMAL(39, 2)",
                "DECIMAL(2, 3)",
                "DECIMAL(0, 0)",
                "VARCHAR(2, 2)",
                "DATE ARRAY ARRAY"
            })
    void noOtherTypeIsRead(String text) {
        assertThrows(IllegalArgumentException.class, () -> ContextType.parse(text));
    }
}
