package io.icespar.avatica;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Function;

/**
 * A value of a row that is not NULL, and what it is in other types: the conversions of JDBC 4.3's appendix B.
 *
 * <p>A number that does not fit is refused (22003), as is what cannot be read as the type asked for (22000). No error
 * shows the value: errors end up in logs.
 */
final class ColumnValue {
    /** Beyond so many digits a number fits nowhere, and would take long to write out. */
    private static final int MAX_DIGITS = 400;

    private final int column;
    private final Object value;

    /** @param column its number, for errors */
    ColumnValue(int column, Object value) {
        this.column = column;
        this.value = value;
    }

    Object value() {
        return value;
    }

    String text() {
        return ValueText.of(value);
    }

    /** 0 is false, any other number true. */
    boolean bool() throws SQLException {
        if (value instanceof Boolean) {
            return (Boolean) value;
        }
        if (value instanceof Number) {
            var number = (Number) value;
            return number instanceof BigDecimal ? ((BigDecimal) number).signum() != 0 : number.doubleValue() != 0;
        }
        if (value instanceof String) {
            switch (((String) value).strip().toLowerCase(Locale.ROOT)) {
                case "true":
                case "t":
                case "yes":
                case "y":
                case "on":
                case "1":
                    return true;
                case "false":
                case "f":
                case "no":
                case "n":
                case "off":
                case "0":
                    return false;
                default:
                // As any other value that is no truth.
            }
        }
        throw cannotConvert("boolean");
    }

    /** The number without what stands behind the point; refused outside of the bounds, both included. */
    long whole(String type, long min, long max) throws SQLException {
        if (value instanceof Integer || value instanceof Long) {
            var number = ((Number) value).longValue();
            if (number < min || number > max) {
                throw outOfRange(type);
            }
            return number;
        }
        var number = integer(type);
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw outOfRange(type);
        }
        return number.longValue();
    }

    /** The number without what stands behind the point. */
    BigInteger integer(String type) throws SQLException {
        return decimal(type).setScale(0, RoundingMode.DOWN).toBigInteger();
    }

    BigDecimal decimal() throws SQLException {
        return decimal("BigDecimal");
    }

    private BigDecimal decimal(String type) throws SQLException {
        if (value instanceof BigDecimal) {
            return (BigDecimal) value;
        }
        if (value instanceof Boolean) {
            return (Boolean) value ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Double || value instanceof Float) {
            var number = ((Number) value).doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw outOfRange(type);
            }
        }
        if (value instanceof Number || value instanceof String) {
            try {
                // A double by way of the shortest text that means it: 0.1 is one tenth.
                var number = new BigDecimal(value.toString().strip());
                if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
                    throw outOfRange(type);
                }
                return number;
            } catch (NumberFormatException e) {
                throw cannotConvert(type);
            }
        }
        throw cannotConvert(type);
    }

    double toDouble(String type) throws SQLException {
        if (value instanceof Number) {
            var number = ((Number) value).doubleValue();
            if (Double.isInfinite(number) && value instanceof BigDecimal) {
                throw outOfRange(type);
            }
            return number;
        }
        if (value instanceof String) {
            try {
                return Double.parseDouble(((String) value).strip());
            } catch (NumberFormatException e) {
                throw cannotConvert(type);
            }
        }
        return decimal(type).doubleValue();
    }

    float toFloat() throws SQLException {
        var exact = toDouble("float");
        var number = (float) exact;
        if (Float.isInfinite(number) && !Double.isInfinite(exact)) {
            throw outOfRange("float");
        }
        return number;
    }

    byte[] bytes() throws SQLException {
        if (value instanceof byte[]) {
            return ((byte[]) value).clone();
        }
        throw cannotConvert("byte[]");
    }

    LocalDate date() throws SQLException {
        if (value instanceof LocalDate) {
            return (LocalDate) value;
        }
        if (value instanceof LocalDateTime) {
            return ((LocalDateTime) value).toLocalDate();
        }
        return parsed("Date", text -> text.length() > 10 ? timestamp(text).toLocalDate() : LocalDate.parse(text));
    }

    LocalTime time() throws SQLException {
        if (value instanceof LocalTime) {
            return (LocalTime) value;
        }
        if (value instanceof LocalDateTime) {
            return ((LocalDateTime) value).toLocalTime();
        }
        return parsed("Time", text -> text.indexOf('-') > 0 ? timestamp(text).toLocalTime() : LocalTime.parse(text));
    }

    LocalDateTime timestamp() throws SQLException {
        if (value instanceof LocalDateTime) {
            return (LocalDateTime) value;
        }
        if (value instanceof LocalDate) {
            return ((LocalDate) value).atStartOfDay();
        }
        if (value instanceof LocalTime) {
            return ((LocalTime) value).atDate(LocalDate.EPOCH);
        }
        return parsed("Timestamp", ColumnValue::timestamp);
    }

    /** Whether it says a moment by itself: a timestamp with an offset, which comes as a text. */
    boolean isMoment() {
        if (!(value instanceof String)) {
            return false;
        }
        try {
            OffsetDateTime.parse((String) value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    OffsetDateTime moment(String type) throws SQLException {
        return parsed(type, OffsetDateTime::parse);
    }

    private static LocalDateTime timestamp(String text) {
        return text.length() <= 10 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    <T> T parsed(String type, Function<String, T> parser) throws SQLException {
        if (value instanceof String) {
            try {
                return parser.apply(((String) value).strip());
            } catch (DateTimeException | IllegalArgumentException e) {
                throw cannotConvert(type);
            }
        }
        throw cannotConvert(type);
    }

    SQLException cannotConvert(String type) {
        return JdbcError.CANNOT_CONVERT.error("column " + column + " cannot be read as `" + type + "`");
    }

    private SQLException outOfRange(String type) {
        return JdbcError.OUT_OF_RANGE.error("the value of column " + column + " does not fit into `" + type + "`");
    }
}
