package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.RowCursor;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(300)
class DuckDbBackendTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM range(1000000000) a(x), range(1000000000) b(y)" + " WHERE (x * y) % 7 = 3";

    private final Backend backend;

    DuckDbBackendTest(@TempDir Path data) throws SQLException {
        var instance = DuckDbInstance.inMemory(data);
        DuckDbInstance.seal(instance);
        backend = new DuckDbBackend(instance);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private RowCursor run(String sql, List<@Nullable Object> parameters, ColumnForm... forms) {
        return backend.execute(new BackendQuery(sql, parameters, List.of(forms), List.of(), OptionalLong.empty()));
    }

    private @Nullable Object one(String expression, ColumnForm form) {
        try (RowCursor rows = run("SELECT " + expression, List.of(), form)) {
            @Nullable Object[] row = rows.next();
            assertNotNull(row);
            assertNull(rows.next());
            assertNull(rows.next());
            return row[0];
        }
    }

    private IcesparException fails(String sql, ColumnForm form) {
        return assertThrows(
                IcesparException.class,
                () -> {
                    try (RowCursor rows = run(sql, List.of(), form)) {
                        while (rows.next() != null) {
                            // to the end
                        }
                    }
                },
                sql);
    }

    private void fails(String sql, ColumnForm form, ErrorCode code, String message) {
        IcesparException e = fails(sql, form);
        assertEquals(message, e.getMessage(), sql);
        assertEquals(code, e.code());
    }

    private void cannotBeComputed(String expression, ColumnForm form, String reason) {
        IcesparException e = fails("SELECT " + expression, form);
        assertEquals("a value cannot be computed: " + reason, e.getMessage(), expression);
        assertEquals(ErrorCode.DATA_EXCEPTION, e.code());
        assertNull(e.getCause(), "a cause would hold the value");
    }

    @Test
    void valuesComeInTheFormThatWasAskedFor() {
        assertEquals(true, one("true", ColumnForm.BOOLEAN));
        assertEquals((byte) -128, one("-128", ColumnForm.BYTE));
        assertEquals((short) 300, one("300::BIGINT", ColumnForm.SHORT));
        assertEquals(5, one("5::HUGEINT", ColumnForm.INTEGER));
        assertEquals(Long.MIN_VALUE, one("(-9223372036854775808)::HUGEINT", ColumnForm.LONG));
        assertEquals(12L, one("12.00::DECIMAL(10, 2)", ColumnForm.LONG));
        assertEquals(1.5f, one("1.5::DOUBLE", ColumnForm.FLOAT));
        assertEquals(1.5, one("1.5::DECIMAL(3, 1)", ColumnForm.DOUBLE));
        assertEquals(new BigDecimal("1.50"), one("1.5::DECIMAL(38, 2)", ColumnForm.DECIMAL));
        assertEquals(
                new BigDecimal("170141183460469231731687303715884105727"),
                one("170141183460469231731687303715884105727", ColumnForm.DECIMAL));
        assertEquals(new BigDecimal("7"), one("7::INTEGER", ColumnForm.DECIMAL));
        assertEquals("Saint-Étienne", one("'Saint-Étienne'", ColumnForm.STRING));
        assertArrayEquals(new byte[] {97, 0, 98}, (byte[]) one("'a\\x00b'::BLOB", ColumnForm.BYTES));
        assertEquals(LocalDate.of(9999, 12, 31), one("DATE '9999-12-31'", ColumnForm.DATE));
        assertEquals(LocalDate.of(1, 1, 1), one("DATE '0001-01-01'", ColumnForm.DATE));
        assertEquals(LocalDate.of(2021, 2, 1), one("DATE '2021-01-01' + INTERVAL 1 MONTH", ColumnForm.DATE));
        assertEquals(LocalTime.of(23, 59, 59, 999_999_000), one("TIME '23:59:59.999999'", ColumnForm.TIME));
        assertEquals(
                LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                one("TIMESTAMP '9999-12-31 23:59:59.999999'", ColumnForm.TIMESTAMP));
        assertEquals(LocalDateTime.of(2021, 1, 6, 0, 0), one("DATE '2021-01-06'", ColumnForm.TIMESTAMP));
        assertEquals(
                OffsetDateTime.parse("2021-01-05T08:11:12Z"),
                one("TIMESTAMPTZ '2021-01-05 10:11:12+02'", ColumnForm.TIMESTAMP_WITH_TIME_ZONE));
        assertEquals(Arrays.asList(1, null), one("[1, NULL]", ColumnForm.LIST));
    }

    @Test
    void anAbsentValueIsNullInEveryForm() {
        for (ColumnForm form : ColumnForm.values()) {
            assertNull(one("NULL", form), form.name());
            assertNull(one("NULL::INTEGER", form), form.name());
        }
    }

    @Test
    void aNumberThatDoesNotFitIsAnErrorAndNeverWraps() {
        cannotBeComputed("sum(x) FROM (VALUES (9223372036854775807), (1)) t(x)", ColumnForm.LONG, "out of range");
        cannotBeComputed("18446744073709551615::UBIGINT", ColumnForm.LONG, "out of range");
        cannotBeComputed("2147483648", ColumnForm.INTEGER, "out of range");
        cannotBeComputed("32768", ColumnForm.SHORT, "out of range");
        cannotBeComputed("-129", ColumnForm.BYTE, "out of range");
        cannotBeComputed("1.5::DECIMAL(3, 1)", ColumnForm.LONG, "out of range");
    }

    @Test
    void aTimeThatSqlDoesNotHaveIsAnError() {
        cannotBeComputed("'infinity'::DATE", ColumnForm.DATE, "out of range");
        cannotBeComputed("'-infinity'::TIMESTAMP", ColumnForm.TIMESTAMP, "out of range");
        cannotBeComputed("DATE '9999-12-31' + 1", ColumnForm.DATE, "out of range");
        cannotBeComputed("TIME '24:00:00'", ColumnForm.TIME, "out of range");
    }

    @Test
    void aTypeThatDoesNotFitItsFormIsAFaultOfThePlan() {
        fails(
                "SELECT 'SECRET'",
                ColumnForm.LONG,
                ErrorCode.INTERNAL,
                "column 1 of a result is VARCHAR, which is not read as LONG");
        fails(
                "SELECT 1.5::DOUBLE",
                ColumnForm.LONG,
                ErrorCode.INTERNAL,
                "column 1 of a result is DOUBLE, which is not read as LONG");
        fails("SELECT 1, 2", ColumnForm.LONG, ErrorCode.INTERNAL, "a result has 2 columns, expected 1");
    }

    @Test
    void anErrorOfEvaluationTellsNoValue() {
        cannotBeComputed("'SECRET'::INTEGER", ColumnForm.INTEGER, "conversion failed");
        cannotBeComputed("x::INTEGER FROM (VALUES ('1'), ('SECRET')) t(x)", ColumnForm.INTEGER, "conversion failed");
        cannotBeComputed("1 // x FROM (VALUES (1), (0)) t(x)", ColumnForm.INTEGER, "division by zero");
        cannotBeComputed("1 / x FROM (VALUES (1.0::DOUBLE), (0)) t(x)", ColumnForm.DOUBLE, "division by zero");
        cannotBeComputed("9223372036854775807 + x FROM (VALUES (1)) t(x)", ColumnForm.LONG, "out of range");
        cannotBeComputed("error('SECRET')", ColumnForm.STRING, "an argument is not valid");
        cannotBeComputed(
                "(SELECT x FROM (VALUES ('SECRET'), ('b')) t(x))",
                ColumnForm.STRING,
                "a sub-query gives more than one row");
        cannotBeComputed(
                "max((CASE WHEN x = 999999 THEN 'SECRET' ELSE x::VARCHAR END)::INTEGER) FROM range(1000000) t(x)",
                ColumnForm.INTEGER,
                "conversion failed");
    }

    @Test
    void anErrorAfterTheFirstRowsIsNeverAnEarlyEnd() {
        String late =
                "SELECT (CASE WHEN x = 5000000 THEN 'SECRET' ELSE x::VARCHAR END)::BIGINT FROM range(6000000) t(x)";
        try (RowCursor rows = run(late, List.of(), ColumnForm.LONG)) {
            assertNotNull(rows.next());
            var e = assertThrows(IcesparException.class, () -> {
                while (rows.next() != null) {
                    // to the end
                }
            });
            assertEquals("a value cannot be computed: conversion failed", e.getMessage());
            assertNull(e.getCause());
            assertThrows(
                    IcesparException.class, () -> Arrays.asList(rows.next()), "asked again, it does not end either");
        }
    }

    @Test
    void aQueryThatDuckDbRefusesIsAFaultOfIcespar() {
        IcesparException e = fails("SELECT nothing", ColumnForm.LONG);
        assertEquals("DuckDB refuses a query (Binder Error)", e.getMessage());
        assertEquals(ErrorCode.INTERNAL, e.code());
        assertNotNull(e.getCause());
        fails("SELEC 1", ColumnForm.LONG, ErrorCode.INTERNAL, "DuckDB refuses a query (Parser Error)");
        fails("SELECT * FROM nowhere", ColumnForm.LONG, ErrorCode.INTERNAL, "DuckDB refuses a query (Catalog Error)");
    }

    @Test
    void parametersAreBoundAsTheyAre() {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                null,
                true,
                5,
                5L,
                1.5,
                new BigDecimal("12345678901234567890.12"),
                "x' OR 1=1 --",
                LocalDate.of(9999, 12, 31),
                LocalTime.of(1, 2, 3, 456_789_000),
                LocalDateTime.of(2021, 3, 28, 2, 30, 0, 1000)));
        ColumnForm[] forms = {
            ColumnForm.STRING,
            ColumnForm.BOOLEAN,
            ColumnForm.INTEGER,
            ColumnForm.LONG,
            ColumnForm.DOUBLE,
            ColumnForm.DECIMAL,
            ColumnForm.STRING,
            ColumnForm.DATE,
            ColumnForm.TIME,
            ColumnForm.TIMESTAMP
        };
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        try (RowCursor rows = run("SELECT " + marks, values, forms)) {
            assertEquals(values, Arrays.asList(rows.next()));
        }
        try (RowCursor rows = run("SELECT ?", List.of(new byte[] {1, 0}), ColumnForm.BYTES)) {
            assertArrayEquals(new byte[] {1, 0}, (byte[]) firstOf(rows));
        }
        try (RowCursor rows = run("SELECT ?", List.of(new BigDecimal("1E+3")), ColumnForm.DECIMAL)) {
            assertEquals(new BigDecimal("1000"), firstOf(rows));
        }
    }

    private static @Nullable Object firstOf(RowCursor rows) {
        @Nullable Object[] row = rows.next();
        assertNotNull(row);
        return row[0];
    }

    @Test
    void rowsStreamWithoutTheWholeBeingMade() {
        // 8 TB, were it all made before the first row.
        try (RowCursor rows = run("SELECT x FROM range(1000000000000) t(x)", List.of(), ColumnForm.LONG)) {
            for (long i = 0; i < 100_000; i++) {
                assertEquals(i, firstOf(rows));
            }
        }
    }

    @Test
    void aStreamThatIsCancelledIsNeverAnEarlyEnd() throws Exception {
        try (RowCursor rows = run("SELECT x FROM range(100000000) t(x)", List.of(), ColumnForm.LONG)) {
            assertNotNull(rows.next());
            CompletableFuture.runAsync(rows::cancel).get();
            var e = assertThrows(IcesparException.class, () -> Arrays.asList(rows.next()));
            assertEquals(ErrorCode.CANCELLED, e.code());
            assertEquals("the query was cancelled", e.getMessage());
        }
        assertEquals(1L, one("1", ColumnForm.LONG));
    }

    @Test
    void aStreamThatIsCancelledWhileItWorksForTheNextRowIsNeverAnEarlyEnd() throws Exception {
        // More rows than DuckDB gathers before it hands out the first, and then none for minutes.
        String sql = "SELECT x FROM range(1000000000000) t(x) WHERE x < 10000000 OR hash(x) = 1";
        try (RowCursor rows = run(sql, List.of(), ColumnForm.LONG)) {
            var count = new AtomicLong();
            var all = CompletableFuture.runAsync(() -> {
                while (rows.next() != null) {
                    count.incrementAndGet();
                }
            });
            awaitStandstill(count, all);
            rows.cancel();
            var e = assertThrows(ExecutionException.class, all::get);
            assertTrue(
                    e.getCause() instanceof IcesparException cause && cause.code() == ErrorCode.CANCELLED,
                    e.toString());
        }
    }

    /** Until no more rows come for a while: the reader waits for DuckDB. */
    private static void awaitStandstill(AtomicLong count, CompletableFuture<Void> reader) {
        long last = -1;
        for (int still = 0; still < 1_000_000 && !reader.isDone(); still++) {
            if (count.get() != last || last == 0) {
                last = count.get();
                still = 0;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void aQueryIsCancelledWhileItWorksForItsFirstRow() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RowCursor rows = run(ENDLESS, List.of(), ColumnForm.LONG)) {
                var next = CompletableFuture.supplyAsync(() -> Arrays.asList(rows.next()));
                for (int spin = 0; spin < i * 20_000; spin++) {
                    Thread.onSpinWait();
                }
                rows.cancel();
                var e = assertThrows(ExecutionException.class, next::get);
                assertTrue(
                        e.getCause() instanceof IcesparException cause && cause.code() == ErrorCode.CANCELLED,
                        e.toString());
            }
        }
    }

    @Test
    void aQueryThatIsCancelledBeforeItStartsDoesNotStart() {
        try (RowCursor rows = run(ENDLESS, List.of(), ColumnForm.LONG)) {
            rows.cancel();
            assertEquals(
                    ErrorCode.CANCELLED,
                    assertThrows(IcesparException.class, () -> Arrays.asList(rows.next()))
                            .code());
        }
    }

    @Test
    void cancellingWhatIsDoneIsHarmless() {
        RowCursor rows = run("SELECT 1", List.of(), ColumnForm.LONG);
        assertNotNull(rows.next());
        assertNull(rows.next());
        rows.cancel();
        assertNull(rows.next());
        rows.close();
        rows.close();
        rows.cancel();
        assertEquals(
                ErrorCode.INVALID_STATE,
                assertThrows(IcesparException.class, () -> Arrays.asList(rows.next()))
                        .code());
    }

    @Test
    void closingTheBackendEndsItsQueries() throws Exception {
        RowCursor rows = run(ENDLESS, List.of(), ColumnForm.LONG);
        var next = CompletableFuture.supplyAsync(() -> Arrays.asList(rows.next()));
        backend.close();
        var e = assertThrows(ExecutionException.class, next::get);
        assertTrue(e.getCause() instanceof IcesparException);
        assertEquals(
                ErrorCode.INVALID_STATE,
                assertThrows(IcesparException.class, () -> run("SELECT 1", List.of(), ColumnForm.LONG))
                        .code());
    }

    @Test
    void queriesOfSeveralThreadsDoNotDisturbEachOther() throws Exception {
        List<CompletableFuture<Long>> sums = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sums.add(CompletableFuture.supplyAsync(() -> {
                try (RowCursor rows = run("SELECT x FROM range(100000) t(x)", List.of(), ColumnForm.LONG)) {
                    long sum = 0;
                    for (Object[] row = rows.next(); row != null; row = rows.next()) {
                        sum += (Long) row[0];
                    }
                    return sum;
                }
            }));
        }
        for (CompletableFuture<Long> sum : sums) {
            assertEquals(4_999_950_000L, sum.get());
        }
    }

    @Test
    void workLargerThanMemorySpillsToTheDataFolder(@TempDir Path folder) throws SQLException {
        Path data = folder.resolve("not").resolve("made");
        var instance = DuckDbInstance.inMemory(data);
        try (var statement = instance.createStatement()) {
            statement.execute("SET memory_limit = '100MB'");
        }
        DuckDbInstance.seal(instance);
        Backend small = new DuckDbBackend(instance);
        String sql =
                "SELECT count(*), max(v) FROM (SELECT 'abcdefghijklmnopqrstuvwxyz' || x AS v FROM range(4000000) t(x)"
                        + " ORDER BY hash(x) LIMIT 3999999)";
        try (RowCursor rows = small.execute(new BackendQuery(
                sql, List.of(), List.of(ColumnForm.LONG, ColumnForm.STRING), List.of(), OptionalLong.empty()))) {
            assertEquals(3_999_999L, firstOf(rows));
        }
        assertTrue(data.resolve("duckdb-tmp").toFile().isDirectory());
        small.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0 MiB", "1500, 1.4 GiB", "9223372036854775807, 1.0 PiB"})
    void whatAQueryHoldsInMemoryIsLimitedForThatQueryOnly(long mebibytes, String limit) {
        try (RowCursor rows = backend.execute(memory(OptionalLong.of(mebibytes)))) {
            assertEquals(limit, firstOf(rows));
        }
        try (RowCursor rows = backend.execute(memory(OptionalLong.empty()))) {
            assertNull(firstOf(rows));
        }
    }

    private static BackendQuery memory(OptionalLong mebibytes) {
        return new BackendQuery(
                "SELECT current_setting('operator_memory_limit')",
                List.of(),
                List.of(ColumnForm.STRING),
                List.of(),
                mebibytes);
    }

    @Test
    void aQueryThatMayHoldLittleInMemoryIsAnsweredAllTheSame() {
        BackendQuery sorting = new BackendQuery(
                "SELECT count(*) FROM (SELECT 'abcdefghijklmnopqrstuvwxyz' || x FROM range(1000000) t(x)"
                        + " ORDER BY hash(x) LIMIT 999999)",
                List.of(),
                List.of(ColumnForm.LONG),
                List.of(),
                OptionalLong.of(1));
        try (RowCursor rows = backend.execute(sorting)) {
            assertEquals(999_999L, firstOf(rows));
        }
    }

    @Test
    void aQueryThatNeedsTooMuchMemoryIsALimit(@TempDir Path data) throws SQLException {
        var instance = DuckDbInstance.inMemory(data);
        try (var statement = instance.createStatement()) {
            statement.execute("SET memory_limit = '50MB'");
            statement.execute("SET max_temp_directory_size = '1MB'");
        }
        DuckDbInstance.seal(instance);
        Backend small = new DuckDbBackend(instance);
        String sql = "SELECT max(v) FROM (SELECT 'SECRET' || x AS v FROM range(10000000) t(x)"
                + " ORDER BY hash(x) LIMIT 9999999)";
        try (RowCursor rows = small.execute(
                new BackendQuery(sql, List.of(), List.of(ColumnForm.STRING), List.of(), OptionalLong.empty()))) {
            var e = assertThrows(IcesparException.class, () -> Arrays.asList(rows.next()));
            assertEquals("the query needs more memory than there is", e.getMessage());
            assertEquals(ErrorCode.LIMIT_REACHED, e.code());
        }
        small.close();
    }

    @Test
    void aSealedInstanceReachesNoFileNoNetworkAndNoSetting(@TempDir Path folder) {
        String file = folder.resolve("x.csv").toString();
        for (String sql : List.of(
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_blob('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                "SELECT * FROM sniff_csv('/etc/passwd')",
                "SELECT * FROM read_json('/etc/passwd')",
                "SELECT * FROM read_parquet('/etc/passwd')",
                "COPY (SELECT 1) TO '" + file + "'",
                "EXPORT DATABASE '" + folder + "'",
                "IMPORT DATABASE '" + folder + "'",
                "ATTACH '" + file + "'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '" + file + "'",
                "UPDATE EXTENSIONS",
                "CREATE SECRET s (TYPE s3)",
                "SET threads = 1",
                "SET GLOBAL threads = 1",
                "SET SESSION TimeZone = 'CET'",
                "RESET enable_external_access",
                "SET enable_external_access = true",
                "SET lock_configuration = false",
                "PRAGMA enable_profiling",
                "CALL enable_logging()",
                "SELECT getenv('HOME')")) {
            IcesparException e = fails(sql, ColumnForm.STRING);
            assertTrue(e.code() == ErrorCode.INTERNAL || e.code() == ErrorCode.DATA_EXCEPTION, sql + ": " + e);
            assertFalse(e.getMessage().contains("column"), sql + ": " + e);
        }
        assertEquals(
                0L,
                one(
                        "count(*) FROM duckdb_settings() WHERE name = 'enable_external_access' AND value <> 'false'",
                        ColumnForm.LONG));
        assertEquals("UTC", one("current_setting('TimeZone')", ColumnForm.STRING));
    }
}
