package io.icespar.security.context;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type of a context value.
 *
 * @param base the type of the value, or of each element of an array
 * @param precision digits of a decimal, 0 for other types
 * @param scale digits of a decimal after the point, 0 for other types
 * @param isArray whether the value is a list of any length
 */
public record ContextType(Base base, int precision, int scale, boolean isArray) {
    /** The digits that a decimal may have. */
    public static final int MAX_PRECISION = 38;

    /** The elements that an array may have. */
    public static final int MAX_ELEMENTS = 100_000;

    /** The characters that a value's texts may have together. */
    public static final int MAX_CHARACTERS = 1 << 21;

    private static final Pattern FORM = Pattern.compile("([A-Z]+)(?:\\((\\d{1,2}), (\\d{1,2})\\))?( ARRAY)?");
    private static final int MAX_YEAR = 9999;

    /** A type without what it may be an array of. */
    public enum Base {
        /** Whole numbers of 32 bits, as {@link Integer}. */
        INTEGER,
        /** Whole numbers of 64 bits, as {@link Long}. */
        BIGINT,
        /** Floating point numbers, without infinities, as {@link Double}. */
        DOUBLE,
        /** Numbers with a fixed number of digits after the point, as {@link BigDecimal} of that scale. */
        DECIMAL,
        /** Texts, as {@link String}. */
        VARCHAR,
        /** Truth values, as {@link Boolean}. */
        BOOLEAN,
        /** Days of the years 1 to 9999, as {@link LocalDate}. */
        DATE,
        /** Days with a time to the microsecond, as {@link LocalDateTime}. */
        TIMESTAMP
    }

    /** Checks. */
    public ContextType {
        boolean fits = base == Base.DECIMAL
                ? precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision
                : precision == 0 && scale == 0;
        if (!fits) {
            throw new IllegalArgumentException("a type has digits that it cannot have");
        }
    }

    /** A type that is neither a decimal nor an array. */
    public static ContextType of(Base base) {
        return new ContextType(base, 0, 0, false);
    }

    /** A decimal type. */
    public static ContextType decimal(int precision, int scale) {
        return new ContextType(Base.DECIMAL, precision, scale, false);
    }

    /**
     * The type that {@link #toString} writes so.
     *
     * @throws IllegalArgumentException if it writes none so
     */
    public static ContextType parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a type of a context value");
        }
        boolean digits = matcher.group(2) != null;
        return new ContextType(
                Base.valueOf(matcher.group(1)),
                digits ? Integer.parseInt(matcher.group(2)) : 0,
                digits ? Integer.parseInt(matcher.group(3)) : 0,
                matcher.group(4) != null);
    }

    /** The type of arrays of this one. */
    public ContextType array() {
        return new ContextType(base, precision, scale, true);
    }

    /** The type of an array's elements; of another type it is the type itself. */
    public ContextType element() {
        return new ContextType(base, precision, scale, false);
    }

    /**
     * The value of this type that {@code given} stands for, exactly: nothing is rounded or cut. A day or time may be
     * given as a text in the form of ISO 8601; no other text is taken for anything but a text.
     *
     * @param given null, a number, a text, a truth value, a date, a timestamp, or a list of these for an array
     * @return empty if it stands for none; never for null
     */
    public Optional<TypedValue> convert(@Nullable Object given) {
        if (given == null) {
            return Optional.of(new TypedValue(this, Optional.empty()));
        }
        Optional<? extends Object> content =
                isArray ? (given instanceof List<?> list ? elements(list) : Optional.empty()) : single(given);
        return content.filter(value -> characters(value) <= MAX_CHARACTERS)
                .map(value -> new TypedValue(this, Optional.of(value)));
    }

    private Optional<List<Object>> elements(List<?> given) {
        if (given.size() > MAX_ELEMENTS) {
            return Optional.empty();
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : given) {
            Optional<Object> converted = element == null ? Optional.empty() : single(element);
            if (converted.isEmpty()) {
                return Optional.empty();
            }
            elements.add(converted.get());
        }
        return Optional.of(List.copyOf(elements));
    }

    private Optional<Object> single(Object given) {
        return switch (base) {
            case INTEGER ->
                exact(given)
                        .flatMap(number -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE))
                        .map(Long::intValue);
            case BIGINT ->
                exact(given)
                        .flatMap(number -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE))
                        .map(number -> number);
            case DOUBLE ->
                given instanceof Number number && Double.isFinite(number.doubleValue())
                        ? Optional.of(number.doubleValue())
                        : Optional.empty();
            case DECIMAL -> exact(given).flatMap(this::decimal).map(number -> number);
            case VARCHAR -> given instanceof String text && isStorable(text) ? Optional.of(text) : Optional.empty();
            case BOOLEAN -> given instanceof Boolean ? Optional.of(given) : Optional.empty();
            case DATE -> date(given).filter(date -> isYear(date.getYear())).map(date -> date);
            case TIMESTAMP ->
                timestamp(given)
                        .filter(time -> isYear(time.getYear()) && time.equals(time.truncatedTo(ChronoUnit.MICROS)))
                        .map(time -> time);
        };
    }

    private static Optional<BigDecimal> exact(Object given) {
        if (given instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        return given instanceof Integer || given instanceof Long
                ? Optional.of(BigDecimal.valueOf(((Number) given).longValue()))
                : Optional.empty();
    }

    private static Optional<Long> whole(BigDecimal number, long min, long max) {
        // Before all else: to write out the digits of 1E999999999 would take all memory.
        boolean small = number.precision() - (long) number.scale() <= MAX_PRECISION && number.scale() <= MAX_PRECISION;
        if (!small || number.stripTrailingZeros().scale() > 0) {
            return Optional.empty();
        }
        return number.compareTo(BigDecimal.valueOf(min)) < 0 || number.compareTo(BigDecimal.valueOf(max)) > 0
                ? Optional.empty()
                : Optional.of(number.longValueExact());
    }

    private Optional<BigDecimal> decimal(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean fits = stripped.signum() == 0
                || (stripped.scale() <= scale && stripped.precision() - (long) stripped.scale() <= precision - scale);
        return fits ? Optional.of(stripped.setScale(scale, RoundingMode.UNNECESSARY)) : Optional.empty();
    }

    private static Optional<LocalDate> date(Object given) {
        try {
            return given instanceof LocalDate date
                    ? Optional.of(date)
                    : given instanceof String text ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> timestamp(Object given) {
        try {
            return given instanceof LocalDateTime time
                    ? Optional.of(time)
                    : given instanceof String text
                            ? Optional.of(LocalDateTime.parse(text.replace(' ', 'T')))
                            : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isYear(int year) {
        return year >= 1 && year <= MAX_YEAR;
    }

    /** Not every database keeps NUL, and half of a surrogate pair is no character. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private static long characters(Object content) {
        if (content instanceof List<?> list) {
            return list.stream().mapToLong(ContextType::characters).sum();
        }
        return content instanceof String text ? text.length() : 0;
    }

    /** The type as SQL writes it, such as {@code DECIMAL(10, 2) ARRAY}. */
    @Override
    public String toString() {
        String digits = base == Base.DECIMAL ? "(" + precision + ", " + scale + ")" : "";
        return base + digits + (isArray ? " ARRAY" : "");
    }
}
