package io.icespar.engine.backend;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;

/** In which Java type the values of a column are handed out, whatever the backend's own type is. */
public enum ColumnForm {
    /** {@link Boolean}. */
    BOOLEAN(Boolean.class),
    /** {@link Byte}. */
    BYTE(Byte.class),
    /** {@link Short}. */
    SHORT(Short.class),
    /** {@link Integer}. */
    INTEGER(Integer.class),
    /** {@link Long}. */
    LONG(Long.class),
    /** {@link Float}. */
    FLOAT(Float.class),
    /** {@link Double}. */
    DOUBLE(Double.class),
    /** {@link BigDecimal}. */
    DECIMAL(BigDecimal.class),
    /** {@link String}. */
    STRING(String.class),
    /** {@code byte[]}. */
    BYTES(byte[].class),
    /** {@link LocalDate}. */
    DATE(LocalDate.class),
    /** {@link LocalTime}. */
    TIME(LocalTime.class),
    /** {@link LocalDateTime}. */
    TIMESTAMP(LocalDateTime.class),
    /** {@link OffsetDateTime}. */
    TIMESTAMP_WITH_TIME_ZONE(OffsetDateTime.class),
    /** {@link List}, of values as the backend's driver gives them. */
    LIST(List.class);

    private final Class<?> javaType;

    ColumnForm(Class<?> javaType) {
        this.javaType = javaType;
    }

    /** Whether the value has the Java type of this form. */
    public boolean isInstance(Object value) {
        return javaType.isInstance(value);
    }
}
