package io.icespar.security.context;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value of a declared type. Only {@link ContextType#convert} makes one, so that the content always fits the type.
 */
public final class TypedValue {
    private final ContextType type;
    private final Optional<Object> content;

    TypedValue(ContextType type, Optional<Object> content) {
        this.type = type;
        this.content = content;
    }

    /** The declared type. */
    public ContextType type() {
        return type;
    }

    /** What it holds, in the Java type that the base of the type names, or a list of such; empty for NULL. */
    public Optional<Object> content() {
        return content;
    }

    /** The elements of an array; empty for NULL. */
    public Optional<List<Object>> elements() {
        return content.map(value -> value instanceof List<?> list ? List.<Object>copyOf(list) : null);
    }

    /** The value as a SQL literal, such as {@code ARRAY['a', 'b''c']}. */
    public String literal() {
        return content.map(TypedValue::literal).orElse("NULL");
    }

    private static String literal(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TypedValue::literal).collect(Collectors.joining(", ", "ARRAY[", "]"));
        } else if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        } else if (value instanceof LocalDate) {
            return "DATE '" + value + "'";
        } else if (value instanceof LocalDateTime) {
            return "TIMESTAMP '" + plain(value) + "'";
        } else if (value instanceof Double number) {
            return new BigDecimal(Double.toString(number)).unscaledValue() + "E"
                    + -new BigDecimal(Double.toString(number)).scale();
        }
        return plain(value);
    }

    /** The value to look at: a text or a date without quotes, arrays and NULL as in SQL. */
    @Override
    public String toString() {
        return content.map(value -> value instanceof List<?> ? literal(value) : plain(value))
                .orElse("NULL");
    }

    private static String plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        } else if (value instanceof LocalDateTime time) {
            String text = time.toString().replace('T', ' ');
            return time.getSecond() == 0 && time.getNano() == 0 ? text + ":00" : text;
        } else if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        return value.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TypedValue value && type.equals(value.type) && content.equals(value.content);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + content.hashCode();
    }
}
