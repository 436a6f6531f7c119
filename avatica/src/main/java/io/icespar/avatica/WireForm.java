package io.icespar.avatica;

import io.icespar.avatica.columns.Microseconds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.JDBCType;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What Avatica passes around, as Java values that say their types by themselves: days since 1970 become a
 * {@link LocalDate}, and so on. An array becomes a {@link List}.
 */
final class WireForm {
    private static final long MICROSECONDS_PER_SECOND = 1_000_000;

    private WireForm() {}

    /** The value of a column of a type of {@link Types}. */
    static @Nullable Object value(int jdbcType, @Nullable Object wire) {
        if (wire == null) {
            return null;
        }
        if (wire instanceof List) {
            return elements((List<?>) wire);
        }
        if (wire instanceof Object[]) {
            return elements(Arrays.asList((Object[]) wire));
        }
        if (wire instanceof ByteString) {
            return ((ByteString) wire).getBytes();
        }
        if (wire instanceof Microseconds) {
            return time(jdbcType, ((Microseconds) wire).count());
        }
        return wire instanceof Number ? number(jdbcType, (Number) wire) : wire;
    }

    private static Object number(int jdbcType, Number wire) {
        switch (jdbcType) {
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return wire instanceof Integer ? wire : Integer.valueOf(wire.intValue());
            case Types.BIGINT:
                return wire instanceof Long ? wire : Long.valueOf(wire.longValue());
            case Types.REAL:
                return wire.floatValue();
            case Types.FLOAT:
            case Types.DOUBLE:
                return wire instanceof Double ? wire : Double.valueOf(wire.doubleValue());
            case Types.DECIMAL:
            case Types.NUMERIC:
                return decimal(wire);
            case Types.DATE:
                return LocalDate.ofEpochDay(wire.longValue());
            case Types.TIME:
            case Types.TIMESTAMP:
                return time(jdbcType, TimeUnit.MILLISECONDS.toMicros(wire.longValue()));
            default:
                return wire;
        }
    }

    private static Object time(int jdbcType, long microseconds) {
        return jdbcType == Types.TIME
                ? LocalTime.ofNanoOfDay(TimeUnit.MICROSECONDS.toNanos(microseconds))
                : LocalDateTime.ofEpochSecond(
                        Math.floorDiv(microseconds, MICROSECONDS_PER_SECOND),
                        (int) TimeUnit.MICROSECONDS.toNanos(Math.floorMod(microseconds, MICROSECONDS_PER_SECOND)),
                        ZoneOffset.UTC);
    }

    private static BigDecimal decimal(Number wire) {
        if (wire instanceof BigDecimal) {
            return (BigDecimal) wire;
        }
        return wire instanceof BigInteger ? new BigDecimal((BigInteger) wire) : new BigDecimal(wire.toString());
    }

    /** What is in an array comes without its type, and is what Avatica gives. */
    private static List<@Nullable Object> elements(List<?> wire) {
        var values = new ArrayList<@Nullable Object>(wire.size());
        for (var element : wire) {
            values.add(value(Types.JAVA_OBJECT, element));
        }
        return values;
    }

    /** The name of the type of values in an array; empty if they do not say it. */
    static String elementType(List<?> values) {
        for (var value : values) {
            if (value != null) {
                return typeName(value);
            }
        }
        return "";
    }

    private static String typeName(Object value) {
        if (value instanceof Integer) {
            return "INTEGER";
        }
        if (value instanceof Long) {
            return "BIGINT";
        }
        if (value instanceof BigDecimal) {
            return "DECIMAL";
        }
        if (value instanceof Float) {
            return "REAL";
        }
        if (value instanceof Double) {
            return "DOUBLE";
        }
        if (value instanceof Boolean) {
            return "BOOLEAN";
        }
        if (value instanceof byte[]) {
            return "VARBINARY";
        }
        return value instanceof List ? "ARRAY" : "VARCHAR";
    }

    /** The type of {@link Types} that a name of SQL means. */
    static int jdbcType(String typeName) {
        var parenthesis = typeName.indexOf('(');
        var name = parenthesis < 0 ? typeName : typeName.substring(0, parenthesis);
        for (var type : JDBCType.values()) {
            if (type.getName().equalsIgnoreCase(name)) {
                return type.getVendorTypeNumber();
            }
        }
        return Types.JAVA_OBJECT;
    }
}
