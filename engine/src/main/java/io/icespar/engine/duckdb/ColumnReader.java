package io.icespar.engine.duckdb;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one column of a result in the form that was asked for: exactly, or not at all. */
final class ColumnReader {
    private static final int MAX_YEAR = 9999;

    /** Whose values may have the right class and be wrong. */
    private static final Set<ColumnForm> LOOKED_AT =
            EnumSet.of(ColumnForm.DATE, ColumnForm.TIMESTAMP, ColumnForm.TIMESTAMP_WITH_TIME_ZONE, ColumnForm.LIST);

    private final ColumnForm form;
    private final int column;
    private final String type;
    private final boolean isLookedAt;
    private final boolean isBytes;
    private final boolean isLocalTimestamp;

    /** Where the form is a text, else null. */
    private final @Nullable RecentTexts texts;

    /**
     * Creates a reader.
     *
     * @param column the column's number, from 1
     * @param type DuckDB's name of its type
     */
    ColumnReader(ColumnForm form, int column, String type) {
        this.form = form;
        this.column = column;
        this.type = type;
        this.texts = form == ColumnForm.STRING ? new RecentTexts() : null;
        this.isLookedAt = LOOKED_AT.contains(form);
        this.isBytes = type.equals("BLOB");
        this.isLocalTimestamp =
                form != ColumnForm.LIST && type.startsWith("TIMESTAMP") && !type.endsWith("WITH TIME ZONE");
    }

    /**
     * The value in the present row, or null.
     *
     * @throws IcesparException {@code DATA_EXCEPTION} if the form cannot hold the value, {@code INTERNAL} if it cannot
     *     hold the type
     */
    @Nullable
    Object read(ResultSet rows) throws SQLException {
        try {
            Object value = value(rows);
            // Most are what is wanted, and there are many.
            return value == null || (!isLookedAt && form.isInstance(value)) ? value : convert(value);
        } catch (ArithmeticException | DateTimeException e) {
            throw DuckDbErrors.data("out of range");
        }
    }

    /** As the driver has it; but a timestamp without a detour over the time zone of this machine. */
    private @Nullable Object value(ResultSet rows) throws SQLException {
        if (isBytes) {
            return rows.getBytes(column);
        }
        if (isLocalTimestamp) {
            return rows.getObject(column, LocalDateTime.class);
        }
        return rows.getObject(column);
    }

    private Object convert(Object value) {
        return switch (form) {
            case BOOLEAN -> as(Boolean.class, value);
            case BYTE -> narrow(whole(value), Byte.MIN_VALUE, Byte.MAX_VALUE).byteValue();
            case SHORT -> narrow(whole(value), Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
            case INTEGER ->
                narrow(whole(value), Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
            case LONG -> whole(value);
            case FLOAT -> number(value).floatValue();
            case DOUBLE -> number(value).doubleValue();
            case DECIMAL -> decimal(value);
            case STRING -> string(value);
            case BYTES -> as(byte[].class, value);
            case DATE -> date(value);
            case TIME -> as(LocalTime.class, value);
            case TIMESTAMP -> timestamp(value);
            case TIMESTAMP_WITH_TIME_ZONE -> checkYear(as(OffsetDateTime.class, value), OffsetDateTime::getYear);
            case LIST -> list(value);
        };
    }

    private Long whole(Object value) {
        if (value instanceof BigInteger big) {
            return big.longValueExact();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.longValueExact();
        }
        if (value instanceof Double || value instanceof Float) {
            throw mismatch();
        }
        return number(value).longValue();
    }

    private static Long narrow(Long value, long min, long max) {
        if (value < min || value > max) {
            throw new ArithmeticException();
        }
        return value;
    }

    private Number number(Object value) {
        return as(Number.class, value);
    }

    private BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger big) {
            return new BigDecimal(big);
        }
        return BigDecimal.valueOf(whole(value));
    }

    private String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        return Objects.requireNonNull(texts).of(as(byte[].class, value));
    }

    private LocalDate date(Object value) {
        if (value instanceof LocalDateTime time && time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return checkYear(time.toLocalDate(), LocalDate::getYear);
        }
        return checkYear(as(LocalDate.class, value), LocalDate::getYear);
    }

    private LocalDateTime timestamp(Object value) {
        if (value instanceof LocalDate date) {
            return checkYear(date, LocalDate::getYear).atStartOfDay();
        }
        return checkYear(as(LocalDateTime.class, value), LocalDateTime::getYear);
    }

    /** SQL's dates end with the year 9999; DuckDB's do not, and its infinities are dates beyond. */
    private static <T> T checkYear(T value, java.util.function.ToIntFunction<T> year) {
        if (year.applyAsInt(value) < 1 || year.applyAsInt(value) > MAX_YEAR) {
            throw new DateTimeException("year");
        }
        return value;
    }

    private List<@Nullable Object> list(Object value) {
        try {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : (@Nullable Object[]) as(Array.class, value).getArray()) {
                elements.add(element instanceof Timestamp time ? timestamp(time.toLocalDateTime()) : element);
            }
            return Collections.unmodifiableList(elements);
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    private <T> T as(Class<T> wanted, Object value) {
        if (!wanted.isInstance(value)) {
            throw mismatch();
        }
        return wanted.cast(value);
    }

    private IcesparException mismatch() {
        return new IcesparException(
                ErrorCode.INTERNAL, "column " + column + " of a result is " + type + ", which is not read as " + form);
    }
}
