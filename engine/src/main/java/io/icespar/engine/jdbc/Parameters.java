package io.icespar.engine.jdbc;

import io.icespar.avatica.ValueText;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The values a client binds, brought into the types that the statement declares.
 *
 * <p>A value is taken if it means the same in the declared type: a whole number for any number it fits in, a text for
 * what it spells. Anything else is {@code WRONG_PARAMETERS}; the text names the parameter, never the value.
 */
final class Parameters {
    private static final int MAX_DIGITS = 400;

    /** SQL's way to write a timestamp, with a space; ISO's {@code T}, and a mere day, are taken as well. */
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);

    private Parameters() {}

    /**
     * The values for the engine.
     *
     * @param declared the parameters of the statement
     * @param values what the client bound; null where it bound nothing, or nothing at all if it sent none
     */
    static List<@Nullable Object> bind(List<ResultColumn> declared, @Nullable List<@Nullable TypedValue> values) {
        var given = values == null ? 0 : values.size();
        if (given != declared.size()) {
            throw new IcesparException(
                    ErrorCode.WRONG_PARAMETERS,
                    "the statement has " + declared.size() + " parameters, but " + given + " values were given");
        }
        var bound = new ArrayList<@Nullable Object>(given);
        for (int i = 0; i < given; i++) {
            var value = values == null ? null : values.get(i);
            if (value == null) {
                throw new IcesparException(ErrorCode.WRONG_PARAMETERS, "parameter " + (i + 1) + " has no value");
            }
            bound.add(bind(i + 1, declared.get(i), value));
        }
        return bound;
    }

    private static @Nullable Object bind(int number, ResultColumn declared, TypedValue given) {
        if (given.value == null) {
            return null;
        }
        try {
            return convert(declared, java(given));
        } catch (ArithmeticException | DateTimeException | IllegalArgumentException | ClassCastException e) {
            // Without the cause: its text quotes the value.
            throw new IcesparException(
                    ErrorCode.WRONG_PARAMETERS,
                    "the value of parameter " + number + " is not a `" + declared.typeName() + "`");
        }
    }

    /** What Avatica's serial form means, as a Java value that says its type by itself. */
    private static Object java(TypedValue given) {
        var value = given.value;
        return switch (given.type) {
            case JAVA_SQL_DATE -> LocalDate.ofEpochDay(number(value).longValue());
            case JAVA_SQL_TIME ->
                LocalTime.ofNanoOfDay(
                        TimeUnit.MILLISECONDS.toNanos(number(value).longValue()));
            case JAVA_SQL_TIMESTAMP, JAVA_UTIL_DATE ->
                LocalDateTime.ofInstant(Instant.ofEpochMilli(number(value).longValue()), ZoneOffset.UTC);
            case BYTE_STRING -> Base64.getDecoder().decode((String) value);
            default -> value;
        };
    }

    private static Object convert(ResultColumn declared, Object value) {
        return switch (declared.form()) {
            case BOOLEAN -> bool(value);
            case BYTE -> decimal(value).byteValueExact();
            case SHORT -> decimal(value).shortValueExact();
            case INTEGER -> decimal(value).intValueExact();
            case LONG -> decimal(value).longValueExact();
            case FLOAT ->
                value instanceof String text
                        ? Float.parseFloat(text.strip())
                        : number(value).floatValue();
            case DOUBLE ->
                value instanceof String text
                        ? Double.parseDouble(text.strip())
                        : number(value).doubleValue();
            case DECIMAL -> bounded(decimal(value));
            case STRING -> text(value);
            case BYTES -> (byte[]) value;
            case DATE -> date(value);
            case TIME -> value instanceof String text ? LocalTime.parse(text.strip()) : (LocalTime) value;
            case TIMESTAMP -> timestamp(value);
            case TIMESTAMP_WITH_TIME_ZONE ->
                value instanceof String text
                        ? OffsetDateTime.parse(text.strip())
                        : timestamp(value).atOffset(ZoneOffset.UTC);
            case LIST ->
                throw new IcesparException(ErrorCode.FEATURE_NOT_SUPPORTED, "arrays are not supported as parameters");
        };
    }

    private static Number number(Object value) {
        return (Number) value;
    }

    private static Boolean bool(Object value) {
        if (value instanceof String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("not a boolean");
            };
        }
        return (Boolean) value;
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Double || value instanceof Float) {
            // By way of the shortest text that means it: 0.1 is one tenth.
            return new BigDecimal(value.toString());
        }
        return value instanceof String text
                ? new BigDecimal(text.strip())
                : BigDecimal.valueOf(number(value).longValue());
    }

    /** Refuses numbers that are short to write and endless to print, such as 1E+999999999. */
    private static BigDecimal bounded(BigDecimal value) {
        if (value.precision() > MAX_DIGITS || Math.abs((long) value.scale()) > MAX_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        return value;
    }

    /** As JDBC 4.3 has it (appendix B, table B-5), what is no text goes as one; but not bytes. */
    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return ValueText.of(bounded(number));
        }
        return value instanceof Character
                        || value instanceof Number
                        || value instanceof Boolean
                        || value instanceof LocalDate
                        || value instanceof LocalTime
                        || value instanceof LocalDateTime
                ? ValueText.of(value)
                : (String) value;
    }

    private static LocalDate date(Object value) {
        if (value instanceof LocalDateTime timestamp) {
            if (!timestamp.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                throw new IllegalArgumentException("not a date");
            }
            return timestamp.toLocalDate();
        }
        return value instanceof String text ? LocalDate.parse(text.strip()) : (LocalDate) value;
    }

    private static LocalDateTime timestamp(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof String text) {
            var stripped = text.strip();
            if (stripped.indexOf(' ') >= 0) {
                return LocalDateTime.parse(stripped, TIMESTAMP);
            }
            return stripped.indexOf('T') >= 0
                    ? LocalDateTime.parse(stripped)
                    : LocalDate.parse(stripped).atStartOfDay();
        }
        return (LocalDateTime) value;
    }
}
