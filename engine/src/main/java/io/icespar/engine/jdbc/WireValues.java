package io.icespar.engine.jdbc;

import io.icespar.avatica.columns.Columns;
import io.icespar.avatica.columns.Microseconds;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.run.RowStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.Meta.Signature;
import org.jspecify.annotations.Nullable;

/**
 * Values in the form that Avatica sends: days since 1970 for a date, {@link Microseconds}, or for others than our
 * driver milliseconds, for a time of day, and since 1970 for a timestamp (as if it were in UTC), text for a timestamp with a
 * zone; all others as they are.
 */
final class WireValues {
    private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

    private WireValues() {}

    /** The rows of a stream, each in Avatica's form. */
    static OpenStatement.Rows of(RowStream stream, Times times) {
        var signature = Signatures.ofRows(stream.columns(), times);
        // Most columns are sent as they are, and there are many values.
        int[] converted = IntStream.range(0, stream.columns().size())
                .filter(i -> isConverted(stream.columns().get(i).form()))
                .toArray();
        boolean exactly = times == Times.MICROSECONDS;
        return new OpenStatement.Rows() {
            @Override
            public Signature signature() {
                return signature;
            }

            @Override
            public Object @Nullable [] next() {
                var row = stream.next();
                if (row == null) {
                    return null;
                }
                for (int i : converted) {
                    row[i] = convert(row[i], times);
                }
                return row;
            }

            @Override
            public @Nullable Columns nextColumns(long most) {
                return exactly ? stream.nextColumns(most) : null;
            }

            @Override
            public void cancel() {
                stream.cancel();
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    private static boolean isConverted(ColumnForm form) {
        return switch (form) {
            case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE, LIST -> true;
            case BOOLEAN, BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, DECIMAL, STRING, BYTES -> false;
        };
    }

    /** One value in Avatica's form. */
    static @Nullable Object convert(@Nullable Object value, Times times) {
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        if (value instanceof LocalTime time) {
            return times == Times.MICROSECONDS
                    ? Microseconds.of(TimeUnit.NANOSECONDS.toMicros(time.toNanoOfDay()))
                    : (Object) Math.toIntExact(TimeUnit.NANOSECONDS.toMillis(time.toNanoOfDay()));
        }
        if (value instanceof LocalDateTime timestamp) {
            return times == Times.MICROSECONDS
                    ? Microseconds.of(ChronoUnit.MICROS.between(EPOCH, timestamp))
                    : (Object) timestamp.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof OffsetDateTime timestamp) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(timestamp);
        }
        if (value instanceof List<?> list) {
            var converted = new ArrayList<@Nullable Object>(list.size());
            for (var element : list) {
                converted.add(element(element, times));
            }
            return converted;
        }
        return value;
    }

    /** An element of a list is sent without its type, so what would become a mere number becomes a text. */
    private static @Nullable Object element(@Nullable Object element, Times times) {
        if (element instanceof LocalDate || element instanceof LocalTime || element instanceof LocalDateTime) {
            return element.toString();
        }
        return convert(element, times);
    }
}
