package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.TextPart;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeptKeysTest {
    private static final String ENDLESS =
            "SELECT x FROM range(1000000000) a(x), range(1000000000) b(y) WHERE (x * y) % 7 = 8";

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final DuckDBConnection instance;
    private final BlockingQueue<String> dropped = new LinkedBlockingQueue<>();
    private final List<KeptKeys> opened = new ArrayList<>();

    KeptKeysTest(@TempDir Path data) throws SQLException {
        instance = DuckDbInstance.inMemory(data);
        DuckDbInstance.seal(instance);
    }

    @AfterEach
    void close() throws SQLException {
        opened.forEach(KeptKeys::close);
        instance.close();
    }

    private KeptKeys keys(long rows, long allRows, int tables) {
        return keys(new KeptKeys.Bounds(rows, allRows, tables, Duration.ZERO, SHORT));
    }

    private KeptKeys keys(KeptKeys.Bounds bounds) {
        KeptKeys keys = new KeptKeys(instance, bounds, new DuckDbInterrupt(), dropped::add);
        opened.add(keys);
        return keys;
    }

    private static String range(int to) {
        return "SELECT range % 10 AS k FROM range(" + to + ")";
    }

    private static BackendQuery query(String... keys) {
        StringBuilder sql = new StringBuilder("SELECT 1");
        List<TextPart> parts = new ArrayList<>();
        for (String each : keys) {
            sql.append(" WHERE 3 IN (");
            parts.add(new TextPart(sql.length(), sql.length() + each.length(), 0, 0));
            sql.append(each).append(")");
        }
        return new BackendQuery(sql.toString(), List.of(), List.of(ColumnForm.INTEGER), parts, OptionalLong.empty());
    }

    private static String read(KeptKeys keys, BackendQuery query) {
        try (KeptKeys.Reading reading = keys.read(query)) {
            return reading.sql();
        }
    }

    /** Reads until what is read is kept. */
    private static String keptText(KeptKeys keys, BackendQuery query) throws InterruptedException {
        String text = read(keys, query);
        while (text.equals(query.sql())) {
            TimeUnit.MILLISECONDS.sleep(1);
            text = read(keys, query);
        }
        return text;
    }

    private List<Object> values(String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Statement statement = instance.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
        }
        return values;
    }

    @Test
    void whatIsAskedForOnceIsNotKept() {
        KeptKeys keys = keys(100, 100, 10);
        assertEquals(query(range(5)).sql(), read(keys, query(range(5))));
        assertEquals(query(range(6)).sql(), read(keys, query(range(6))));
        keys.close();
        assertEquals(query(range(5)).sql(), read(keys, query(range(5))));
    }

    @Test
    void keysAreKeptEachOnceWhenTheyAreAskedForAgain() throws InterruptedException, SQLException {
        KeptKeys keys = keys(100, 100, 10);
        String text = keptText(keys, query(range(1000)));
        assertEquals("SELECT 1 WHERE 3 IN (SELECT * FROM visible_keys.k1)", text);
        assertEquals(List.of(1), values(text));
        assertEquals(List.of(10L), values("SELECT COUNT(*) FROM visible_keys.k1"));
    }

    @Test
    void eachPartOfATextIsReplacedByItself() throws InterruptedException {
        KeptKeys keys = keys(100, 100, 10);
        keptText(keys, query(range(5)));
        assertEquals(
                query("SELECT * FROM visible_keys.k1", range(7), "SELECT * FROM visible_keys.k1")
                        .sql(),
                read(keys, query(range(5), range(7), range(5))));
    }

    @Test
    void valuesInThemArePartOfThem() throws InterruptedException, SQLException {
        KeptKeys keys = keys(100, 100, 10);
        BackendQuery some = withValues("2", "7");
        while (read(keys, some).equals(some.sql())) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        try (KeptKeys.Reading reading = keys.read(some)) {
            assertEquals("SELECT ? WHERE 3 IN (SELECT * FROM visible_keys.k1) AND 5 < ?", reading.sql());
            assertEquals(List.of("before", "after"), reading.parameters());
        }
        assertEquals(List.of(2L, 7L), values("SELECT * FROM visible_keys.k1 ORDER BY 1"));
        assertEquals(withValues("2", "8").sql(), read(keys, withValues("2", "8")));
    }

    private static BackendQuery withValues(String first, String second) {
        String before = "SELECT ? WHERE 3 IN (";
        String part = "SELECT range FROM range(10) WHERE CAST(range AS VARCHAR) IN (?, ?)";
        return new BackendQuery(
                before + part + ") AND 5 < ?",
                List.of("before", first, second, "after"),
                List.of(ColumnForm.INTEGER),
                List.of(new TextPart(before.length(), before.length() + part.length(), 1, 3)),
                OptionalLong.empty());
    }

    @Test
    void whatHasTooManyKeysIsNeitherKeptNorTriedAgain() throws InterruptedException, SQLException {
        KeptKeys keys = keys(5, 100, 10);
        read(keys, query(range(1000)));
        read(keys, query(range(1000)));
        assertEquals("visible_keys.k1", dropped.poll(30, TimeUnit.SECONDS));
        assertEquals(query(range(1000)).sql(), read(keys, query(range(1000))));
        assertEquals(
                "SELECT * FROM visible_keys.k2", keptText(keys, query(range(5))).substring(21, 50));
        assertEquals(List.of("k2"), values("SELECT table_name FROM duckdb_tables()"));
    }

    @Test
    void whatFailsIsNotKeptAndTellsNobody() throws InterruptedException {
        KeptKeys keys = keys(100, 100, 10);
        String failing = "SELECT CAST('x' AS INTEGER) FROM range(3)";
        read(keys, query(failing));
        read(keys, query(failing));
        keptText(keys, query(range(5)));
        assertEquals(query(failing).sql(), read(keys, query(failing)));
    }

    @Test
    void whatNobodyAskedForLongestGoesWhereThereIsNoRoom() throws InterruptedException, SQLException {
        KeptKeys keys = keys(100, 12, 10);
        keptText(keys, query(range(5)));
        keptText(keys, query(range(6)));
        read(keys, query(range(5)));
        keptText(keys, query(range(7)));
        assertEquals("visible_keys.k2", dropped.poll(30, TimeUnit.SECONDS));
        assertEquals(List.of("k1", "k3"), values("SELECT table_name FROM duckdb_tables() ORDER BY 1"));
    }

    @Test
    void onlySoManyTablesAreKept() throws InterruptedException, SQLException {
        KeptKeys keys = keys(100, 100, 2);
        for (int i = 1; i <= 5; i++) {
            keptText(keys, query(range(i)));
        }
        assertEquals(List.of("k4", "k5"), values("SELECT table_name FROM duckdb_tables() ORDER BY 1"));
    }

    @Test
    void whatIsBeingReadStays() throws InterruptedException, SQLException {
        KeptKeys keys = keys(100, 8, 10);
        keptText(keys, query(range(5)));
        try (KeptKeys.Reading reading = keys.read(query(range(5)))) {
            read(keys, query(range(4)));
            read(keys, query(range(4)));
            assertEquals("visible_keys.k2", dropped.poll(30, TimeUnit.SECONDS));
            assertEquals(List.of(1), values(reading.sql()));
        }
        keptText(keys, query(range(4)));
        assertEquals("visible_keys.k1", dropped.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void whatWasAskedForOfLateKeepsItsPlace() throws InterruptedException, SQLException {
        KeptKeys keys = keys(new KeptKeys.Bounds(100, 8, 10, Duration.ofHours(1), SHORT));
        keptText(keys, query(range(5)));
        read(keys, query(range(4)));
        read(keys, query(range(4)));
        assertEquals("visible_keys.k2", dropped.poll(30, TimeUnit.SECONDS));
        assertEquals(List.of("k1"), values("SELECT table_name FROM duckdb_tables()"));
    }

    @Test
    void whatTakesTooLongIsGivenUp() throws InterruptedException {
        KeptKeys keys = keys(100, 100, 10);
        read(keys, query(ENDLESS));
        read(keys, query(ENDLESS));
        keptText(keys, query(range(5)));
        assertEquals(query(ENDLESS).sql(), read(keys, query(ENDLESS)));
    }

    @Test
    void closingEndsTheWork() throws InterruptedException {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        KeptKeys keys = keys(new KeptKeys.Bounds(100, 100, 10, Duration.ZERO, Duration.ofHours(1)));
        read(keys, query(ENDLESS));
        read(keys, query(ENDLESS));
        while (!isCollecting(others)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        keys.close();
        assertFalse(isCollecting(others));
    }

    /** By what threads do: one without work may be there for a moment longer. */
    private static boolean isCollecting(Set<Thread> others) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !others.contains(thread.getKey()))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(KeptKeys.class.getName())
                        && frame.getMethodName().equals("collect"));
    }
}
