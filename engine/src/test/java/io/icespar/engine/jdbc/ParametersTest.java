package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {

    static Stream<Arguments> fitting() {
        return Stream.of(
                Arguments.of(ColumnForm.BOOLEAN, Rep.BOOLEAN, true, true),
                Arguments.of(ColumnForm.BOOLEAN, Rep.STRING, "FALSE", false),
                Arguments.of(ColumnForm.BYTE, Rep.INTEGER, 127, (byte) 127),
                Arguments.of(ColumnForm.SHORT, Rep.LONG, -32768L, (short) -32768),
                Arguments.of(ColumnForm.INTEGER, Rep.NUMBER, new BigDecimal("12.00"), 12),
                Arguments.of(ColumnForm.INTEGER, Rep.DOUBLE, 12.0, 12),
                Arguments.of(ColumnForm.LONG, Rep.STRING, " 9223372036854775807 ", Long.MAX_VALUE),
                Arguments.of(ColumnForm.FLOAT, Rep.DOUBLE, 0.5, 0.5f),
                Arguments.of(ColumnForm.DOUBLE, Rep.LONG, 3L, 3.0),
                Arguments.of(ColumnForm.DOUBLE, Rep.STRING, "1e3", 1000.0),
                Arguments.of(ColumnForm.DECIMAL, Rep.DOUBLE, 0.1, new BigDecimal("0.1")),
                Arguments.of(ColumnForm.DECIMAL, Rep.STRING, "12.30", new BigDecimal("12.30")),
                Arguments.of(ColumnForm.STRING, Rep.STRING, "it's", "it's"),
                Arguments.of(ColumnForm.STRING, Rep.CHARACTER, 'c', "c"),
                Arguments.of(ColumnForm.DATE, Rep.JAVA_SQL_DATE, -1, LocalDate.of(1969, 12, 31)),
                Arguments.of(ColumnForm.DATE, Rep.STRING, "2024-02-29", LocalDate.of(2024, 2, 29)),
                Arguments.of(ColumnForm.DATE, Rep.JAVA_SQL_TIMESTAMP, -86_400_000L, LocalDate.of(1969, 12, 31)),
                Arguments.of(ColumnForm.TIME, Rep.JAVA_SQL_TIME, 1, LocalTime.of(0, 0, 0, 1_000_000)),
                Arguments.of(ColumnForm.TIME, Rep.STRING, "23:59:59.123456", LocalTime.of(23, 59, 59, 123_456_000)),
                Arguments.of(
                        ColumnForm.TIMESTAMP,
                        Rep.JAVA_SQL_TIMESTAMP,
                        -1L,
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000)),
                Arguments.of(
                        ColumnForm.TIMESTAMP, Rep.STRING, "2024-02-29 12:00:00", LocalDateTime.of(2024, 2, 29, 12, 0)),
                Arguments.of(
                        ColumnForm.TIMESTAMP,
                        Rep.STRING,
                        "2024-02-29T12:00:00.000001",
                        LocalDateTime.of(2024, 2, 29, 12, 0, 0, 1_000)),
                Arguments.of(ColumnForm.STRING, Rep.INTEGER, 1, "1"),
                Arguments.of(ColumnForm.STRING, Rep.BOOLEAN, true, "true"),
                Arguments.of(ColumnForm.STRING, Rep.NUMBER, new BigDecimal("1E+2"), "100"),
                Arguments.of(ColumnForm.STRING, Rep.JAVA_SQL_DATE, 0, "1970-01-01"),
                Arguments.of(ColumnForm.STRING, Rep.JAVA_SQL_TIME, 36_000_000, "10:00:00"),
                Arguments.of(ColumnForm.STRING, Rep.JAVA_SQL_TIMESTAMP, 500L, "1970-01-01 00:00:00.5"),
                Arguments.of(ColumnForm.TIMESTAMP, Rep.STRING, "2024-02-29", LocalDateTime.of(2024, 2, 29, 0, 0)),
                Arguments.of(ColumnForm.TIMESTAMP, Rep.JAVA_SQL_DATE, 0, LocalDateTime.of(1970, 1, 1, 0, 0)),
                Arguments.of(
                        ColumnForm.TIMESTAMP_WITH_TIME_ZONE,
                        Rep.STRING,
                        "2024-02-29T12:00:00+01:00",
                        OffsetDateTime.parse("2024-02-29T12:00:00+01:00")));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void aValueIsTakenIfItMeansTheSameInTheDeclaredType(ColumnForm form, Rep given, Object value, Object expected) {
        assertEquals(List.of(expected), bind(form, TypedValue.ofSerial(given, value)));
    }

    static Stream<Arguments> unfitting() {
        return Stream.of(
                Arguments.of(ColumnForm.BOOLEAN, Rep.INTEGER, 1),
                Arguments.of(ColumnForm.BOOLEAN, Rep.STRING, "yes"),
                Arguments.of(ColumnForm.BYTE, Rep.INTEGER, 128),
                Arguments.of(ColumnForm.INTEGER, Rep.DOUBLE, 0.5),
                Arguments.of(ColumnForm.INTEGER, Rep.LONG, 1L << 31),
                Arguments.of(ColumnForm.INTEGER, Rep.BOOLEAN, true),
                Arguments.of(ColumnForm.LONG, Rep.STRING, "s3cret"),
                Arguments.of(ColumnForm.LONG, Rep.DOUBLE, Double.NaN),
                Arguments.of(ColumnForm.DOUBLE, Rep.STRING, "s3cret"),
                Arguments.of(ColumnForm.DECIMAL, Rep.STRING, "1E+999999999"),
                Arguments.of(ColumnForm.STRING, Rep.NUMBER, new BigDecimal("1E+999999999")),
                Arguments.of(ColumnForm.STRING, Rep.NUMBER, new BigDecimal("1E-999999999")),
                Arguments.of(ColumnForm.STRING, Rep.BYTE_STRING, "AQ=="),
                Arguments.of(ColumnForm.BYTES, Rep.STRING, "s3cret"),
                Arguments.of(ColumnForm.DATE, Rep.STRING, "2023-02-29"),
                Arguments.of(ColumnForm.DATE, Rep.JAVA_SQL_TIMESTAMP, 1L),
                Arguments.of(ColumnForm.DATE, Rep.LONG, 1L),
                Arguments.of(ColumnForm.TIME, Rep.JAVA_SQL_TIME, 86_400_000),
                Arguments.of(ColumnForm.TIME, Rep.JAVA_SQL_DATE, 1),
                Arguments.of(ColumnForm.TIMESTAMP, Rep.STRING, "now"));
    }

    @ParameterizedTest
    @MethodSource("unfitting")
    void aValueThatMeansSomethingElseIsRefusedAndNotRepeated(ColumnForm form, Rep given, Object value) {
        var error = assertThrows(IcesparException.class, () -> bind(form, TypedValue.ofSerial(given, value)));
        assertEquals(ErrorCode.WRONG_PARAMETERS, error.code());
        assertEquals("the value of parameter 1 is not a `" + form + "`", error.getMessage());
        assertEquals(null, error.getCause());
    }

    @Test
    void bytesAreTaken() {
        var bound = bind(ColumnForm.BYTES, TypedValue.ofLocal(Rep.BYTE_STRING, new ByteString(new byte[] {1, -1})));
        assertArrayEquals(new byte[] {1, -1}, (byte[]) bound.get(0));
    }

    @Test
    void nullIsOfEveryType() {
        for (var form : ColumnForm.values()) {
            assertEquals(Collections.singletonList(null), bind(form, TypedValue.EXPLICIT_NULL));
        }
    }

    @Test
    void everyParameterNeedsAValue() {
        var declared = List.of(parameter(ColumnForm.LONG), parameter(ColumnForm.LONG));
        var one = TypedValue.ofSerial(Rep.LONG, 1L);
        for (var values : Arrays.<List<@Nullable TypedValue>>asList(
                null, List.of(), List.of(one), Arrays.asList(one, null), List.of(one, one, one))) {
            var error = assertThrows(IcesparException.class, () -> Parameters.bind(declared, values));
            assertEquals(ErrorCode.WRONG_PARAMETERS, error.code());
            assertFalse(error.getMessage().isEmpty());
        }
        assertEquals(List.of(1L, 1L), Parameters.bind(declared, List.of(one, one)));
    }

    @Test
    void arraysAreNotSupported() {
        var error = assertThrows(
                IcesparException.class, () -> bind(ColumnForm.LIST, TypedValue.ofSerial(Rep.ARRAY, List.of())));
        assertEquals(ErrorCode.FEATURE_NOT_SUPPORTED, error.code());
    }

    private static List<@Nullable Object> bind(ColumnForm form, TypedValue value) {
        return Parameters.bind(List.of(parameter(form)), List.of(value));
    }

    private static ResultColumn parameter(ColumnForm form) {
        return new ResultColumn("?1", "", "", form.name(), Types.OTHER, 0, 0, true, form);
    }
}
