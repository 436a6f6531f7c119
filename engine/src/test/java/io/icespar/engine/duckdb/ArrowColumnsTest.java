package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.avatica.columns.Columns;
import io.icespar.avatica.columns.Microseconds;
import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What long answers give as columns is what they give as rows. */
@Timeout(300)
class ArrowColumnsTest {
    private final Backend backend;

    ArrowColumnsTest(@TempDir Path data) throws SQLException {
        var instance = DuckDbInstance.inMemory(data);
        DuckDbInstance.seal(instance);
        backend = new DuckDbBackend(instance);
        try (ArrowExport arrow = new ArrowExport()) {
            assertTrue(arrow.isThere(), "Java was started without --add-opens=java.base/java.nio=ALL-UNNAMED");
        }
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private RowCursor run(String sql, ColumnForm... forms) {
        return backend.execute(new BackendQuery(sql, List.of(), List.of(forms), List.of(), OptionalLong.empty()));
    }

    private static List<List<@Nullable Object>> rows(RowCursor cursor) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
            rows.add(Arrays.stream(row).map(ArrowColumnsTest::asSent).toList());
        }
        return rows;
    }

    private static @Nullable Object asSent(@Nullable Object value) {
        if (value instanceof LocalDate date) {
            return (int) date.toEpochDay();
        }
        if (value instanceof LocalTime time) {
            return Microseconds.of(time.toNanoOfDay() / 1_000);
        }
        if (value instanceof LocalDateTime timestamp) {
            return Microseconds.of(ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), timestamp));
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }

    /**
     * All rows, as columns where there are such.
     *
     * @param few how many came as rows
     */
    private record Both(List<List<@Nullable Object>> all, int few) {
        static Both of(RowCursor cursor) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            int few = 0;
            while (true) {
                Columns columns = cursor.nextColumns(Long.MAX_VALUE);
                if (columns != null) {
                    columns.forEach(row -> all.add(((List<?>) row)
                            .stream()
                                    .<@Nullable Object>map(ArrowColumnsTest::asSent)
                                    .toList()));
                    continue;
                }
                @Nullable Object[] row = cursor.next();
                if (row == null) {
                    return new Both(all, few);
                }
                all.add(Arrays.stream(row).map(ArrowColumnsTest::asSent).toList());
                few++;
            }
        }
    }

    private Both same(String sql, ColumnForm... forms) {
        List<List<@Nullable Object>> expected;
        try (RowCursor cursor = run(sql, forms)) {
            expected = rows(cursor);
        }
        try (RowCursor cursor = run(sql, forms)) {
            Both both = Both.of(cursor);
            assertEquals(expected, both.all());
            return both;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    i % 2 = 0                                                        | BOOLEAN
                    (i % 256 - 128)::TINYINT                                         | BYTE
                    (i % 65536 - 32768)::SMALLINT                                    | SHORT
                    (i * 1000003 % 4294967296 - 2147483648)::INTEGER                 | INTEGER
                    (i % 100)::TINYINT                                               | INTEGER
                    i % 100                                                          | INTEGER
                    i * 922337203685477 - 4611686018427387904                        | LONG
                    (i % 100)::SMALLINT                                              | LONG
                    CASE i % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN '-Infinity' WHEN 2 THEN '-0' ELSE i / 7 END::FLOAT  | FLOAT
                    CASE i % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN 'Infinity' WHEN 2 THEN '-0' ELSE i / 7 END::DOUBLE  | DOUBLE
                    (i - 5000)::DECIMAL(4, 0) / 1                                    | DOUBLE
                    (i - 5000)::DECIMAL(6, 2)                                        | DECIMAL
                    (i * 99999999999 - 499999999999999)::DECIMAL(18, 3)              | DECIMAL
                    (i - 5000)::DECIMAL(38, 2) * 1234567890123456789012345           | DECIMAL
                    ['', 'a', 'Saint-Étienne', '😀 a text of more than twelve'][1 + i % 4] | STRING
                    concat('another each time: ', i, repeat('ü', (i % 50)::BIGINT)) | STRING
                    i::VARCHAR::BLOB                                                 | BYTES
                    DATE '0001-01-01' + (i * 365)::INTEGER                           | DATE
                    TIME '00:00:00' + to_microseconds(i * 8639999)                   | TIME
                    TIMESTAMP '0001-01-01 00:00:00.000001' + to_days((i * 365)::INTEGER) | TIMESTAMP
                    TIMESTAMP '1969-12-31 23:59:59.999999' + to_microseconds(i)      | TIMESTAMP
                    """)
    void valuesAreThoseOfRows(String expression, ColumnForm form) {
        String sql = "SELECT " + expression + ", i, CASE WHEN i % 3 > 0 THEN " + expression
                + " END, CASE WHEN i > 6000 THEN " + expression + " END FROM range(10000) t(i)";
        Both both = same(sql, form, ColumnForm.LONG, form, form);
        assertEquals(10_000, both.all().size());
        assertEquals(2_048, both.few(), "no columns");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_999, 2_000, 2_047, 2_048, 2_049, 4_095, 4_096, 4_097, 6_145, 100_000})
    void noRowIsLostWhereColumnsBegin(int number) {
        Both both = same("SELECT i, 'text ' || i FROM range(" + number + ") t(i)", ColumnForm.LONG, ColumnForm.STRING);
        assertEquals(number, both.all().size());
        // Chunks of uneven sizes.
        same(
                "SELECT i, 'text ' || i FROM range(" + number + ") t(i) WHERE hash(i) % 7 < 5",
                ColumnForm.LONG,
                ColumnForm.STRING);
    }

    @Test
    void whatHasNoColumnsStaysRows() {
        Both lists = same("SELECT [i, NULL], i::HUGEINT FROM range(5000) t(i)", ColumnForm.LIST, ColumnForm.DECIMAL);
        assertEquals(5_000, lists.few());
        Both wide = same("SELECT i::HUGEINT FROM range(5000) t(i)", ColumnForm.LONG);
        assertEquals(5_000, wide.few());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    CASE WHEN i = 70000 THEN 'a secret' ELSE '1' END::INTEGER           | INTEGER | conversion failed
                    9223372036854775807 - 70000 + i                                     | LONG    | out of range
                    CASE WHEN i = 70000 THEN 3000000000 ELSE 1 END                      | INTEGER | out of range
                    CASE WHEN i = 70000 THEN 128::SMALLINT ELSE 1::SMALLINT END         | BYTE    | out of range
                    CASE WHEN i = 70000 THEN DATE '10000-01-01' ELSE DATE '1-1-1' END   | DATE    | out of range
                    CASE WHEN i = 70000 THEN 'infinity' ELSE '2020-01-01' END::DATE     | DATE    | out of range
                    CASE WHEN i = 70000 THEN 'infinity' ELSE '2020-01-01' END::TIMESTAMP | TIMESTAMP | out of range
                    CASE WHEN i = 70000 THEN TIMESTAMP '10000-01-01 00:00:00' ELSE TIMESTAMP '2020-01-01 00:00:00' END | TIMESTAMP | out of range
                    CASE WHEN i = 70000 THEN 'x' ELSE '1' END::DOUBLE                   | DOUBLE  | conversion failed
                    """)
    void aValueThatCannotBeComputedFailsAsInRows(String expression, ColumnForm form, String reason) {
        String sql = "SELECT " + expression + " FROM range(100000) t(i)";
        List<String> texts = new ArrayList<>();
        for (boolean asColumns : new boolean[] {false, true}) {
            try (RowCursor cursor = run(sql, form)) {
                IcesparException e = assertThrows(
                        IcesparException.class, () -> texts.add("" + (asColumns ? Both.of(cursor) : rows(cursor))));
                assertEquals("a value cannot be computed: " + reason, e.getMessage());
                assertEquals(ErrorCode.DATA_EXCEPTION, e.code());
                assertNull(e.getCause(), "a cause would hold the value");
                // Once failed, always failed.
                assertThrows(IcesparException.class, () -> cursor.next());
            }
        }
    }

    @Test
    void columnsAreCancelled() throws InterruptedException {
        try (RowCursor cursor = run("SELECT a.i FROM range(1000000) a(i), range(1000000) b(i)", ColumnForm.LONG)) {
            assertNotNull(cursor.next());
            Columns first = null;
            while (first == null) {
                first = cursor.nextColumns(Long.MAX_VALUE);
                if (first == null) {
                    cursor.next();
                }
            }
            Thread other = new Thread(cursor::cancel);
            other.start();
            IcesparException e = assertThrows(IcesparException.class, () -> {
                while (cursor.nextColumns(Long.MAX_VALUE) != null) {
                    // until it is cancelled
                }
            });
            assertEquals(ErrorCode.CANCELLED, e.code());
            other.join();
        }
    }

    @Test
    void columnsAreClosedInTheirMidst() {
        for (int i = 0; i < 20; i++) {
            RowCursor cursor = run("SELECT a.i FROM range(1000000) a(i), range(1000000) b(i)", ColumnForm.LONG);
            while (cursor.nextColumns(Long.MAX_VALUE) == null) {
                cursor.next();
            }
            cursor.close();
            IcesparException e = assertThrows(IcesparException.class, () -> cursor.nextColumns(Long.MAX_VALUE));
            assertEquals(ErrorCode.INVALID_STATE, e.code());
        }
    }

    /** As the server's end meets a reader that gives up. */
    @Test
    void twoMayCloseAtOnce() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            RowCursor cursor = run("SELECT a.i FROM range(1000000) a(i), range(1000000) b(i)", ColumnForm.LONG);
            while (cursor.nextColumns(1) == null) {
                cursor.next();
            }
            var failure = new AtomicReference<@Nullable Throwable>();
            Thread reader = new Thread(() -> {
                try {
                    assertThrows(IcesparException.class, () -> {
                        while (cursor.nextColumns(Long.MAX_VALUE) != null) {
                            // until it is closed
                        }
                    });
                    cursor.close();
                } catch (RuntimeException | Error e) {
                    failure.set(e);
                }
            });
            reader.start();
            cursor.close();
            reader.join();
            assertNull(failure.get());
        }
    }

    @Test
    void aTextRunsAgainAfterItsColumns() {
        // From the second time on it stays prepared.
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    5_000,
                    same("SELECT i, 'text' FROM range(5000) t(i)", ColumnForm.LONG, ColumnForm.STRING)
                            .all()
                            .size());
        }
    }

    @Test
    void wideRowsStayRows() {
        Both both = same("SELECT repeat('x', 5000), i FROM range(5000) t(i)", ColumnForm.STRING, ColumnForm.LONG);
        assertEquals(5_000, both.few());
    }

    @Test
    void whereWideRowsComeLaterFewComeAtOnce() {
        try (RowCursor cursor = run(
                "SELECT i, repeat('x', CASE WHEN i BETWEEN 5000 AND 5099 THEN 1000000 ELSE i % 10 END) FROM range(10000) t(i)",
                ColumnForm.LONG, ColumnForm.STRING)) {
            long count = 0;
            while (true) {
                Columns columns = cursor.nextColumns(1_000);
                if (columns != null) {
                    assertTrue(columns.size() <= 1_000);
                    assertTrue(columns.bytes() < 5_000_000, () -> columns.bytes() + " bytes");
                    for (Object row : columns) {
                        long i = (long) ((List<?>) row).get(0);
                        assertEquals(count++, i);
                        assertEquals(i / 100 == 50 ? 1_000_000 : i % 10, ((String) ((List<?>) row).get(1)).length());
                    }
                } else if (cursor.next() == null) {
                    break;
                } else {
                    count++;
                }
            }
            assertEquals(10_000, count);
        }
    }

    @Test
    void rowsAreNotAskedForAfterColumns() {
        try (RowCursor cursor = run("SELECT i FROM range(100000) t(i)", ColumnForm.LONG)) {
            while (cursor.nextColumns(Long.MAX_VALUE) == null) {
                cursor.next();
            }
            assertEquals(
                    ErrorCode.INTERNAL,
                    assertThrows(IcesparException.class, () -> cursor.next()).code());
        }
    }

    @Test
    void partsOfColumnsAreTheirRows() {
        try (RowCursor cursor = run(
                "SELECT i, CASE WHEN i % 3 = 0 THEN 'text ' || i END, CASE WHEN i % 5 > 0 THEN i / 8 END, i::DECIMAL(30, 2)"
                        + " FROM range(9000) t(i)",
                ColumnForm.LONG, ColumnForm.STRING, ColumnForm.DOUBLE, ColumnForm.DECIMAL)) {
            List<Columns> parts = new ArrayList<>();
            while (true) {
                Columns columns = cursor.nextColumns(Long.MAX_VALUE);
                if (columns != null) {
                    parts.add(columns.part(0, 100));
                    parts.add(columns.part(100, columns.size()));
                } else if (cursor.next() == null) {
                    break;
                }
            }
            Columns all = Columns.joined(parts);
            assertEquals(9_000 - 2_048, all.size());
            List<Object> expected = new ArrayList<>();
            parts.forEach(expected::addAll);
            assertEquals(expected, all);
            assertEquals(expected.subList(50, 3_000), all.part(50, 3_000));
            assertEquals(2_048L, ((List<?>) all.get(0)).get(0));
            assertTrue(all.bytes() > 100_000);
            assertArrayEquals(
                    new Object[] {"text 2049", 2_049L},
                    ((List<?>) all.select(List.of(1, 0)).get(1)).toArray());
        }
    }
}
