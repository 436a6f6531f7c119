package io.icespar.engine.tpch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each query as each user, through the engine, equals the same text on DuckDB itself over the rows that the user may
 * see. The order of the rows is compared too: in this data no two rows of an answer sort alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchTest {
    private static final double TOLERANCE = 1e-9;

    private final Engine engine;
    private final HandFiltered duckDb;

    TpchTest(@TempDir Path folder) throws IOException, SQLException {
        TpchFiles files = TpchFiles.write(folder);
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.sql"), Viewer.bootstrap());
        engine = Engine.open(new EngineSettings(
                files.catalog(),
                folder.resolve("data"),
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.of(bootstrap),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of()));
        duckDb = HandFiltered.open(files);
        for (Viewer viewer : Viewer.ALL) {
            duckDb.filter("seen_by_" + viewer.user(), viewer.visibleRows());
        }
    }

    @AfterAll
    void close() throws SQLException {
        try (engine;
                duckDb) {
            // Both are closed, whatever either of them throws.
        }
    }

    static Stream<Arguments> viewersAndQueries() {
        return Viewer.ALL.stream()
                .flatMap(viewer -> IntStream.rangeClosed(1, 22).mapToObj(query -> Arguments.of(viewer, query)));
    }

    @ParameterizedTest(name = "q{1} as {0}")
    @MethodSource("viewersAndQueries")
    void theAnswerIsThatOfDuckDbOnTheVisibleRows(Viewer viewer, int query) throws SQLException {
        String sql = TpchFiles.resource(String.format("q%02d.sql", query));
        List<List<Object>> expected = normal(duckDb.query("seen_by_" + viewer.user(), sql));
        assertSame(expected, normal(ask(viewer, sql)));
    }

    private List<List<@Nullable Object>> ask(Viewer viewer, String sql) {
        Answer answer = engine.session(Name.of(viewer.user())).query(sql);
        try (RowStream stream = ((Answer.Rows) answer).stream()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                rows.add(Arrays.asList(row));
            }
            return rows;
        }
    }

    // Numbers but for doubles are compared by value: DuckDB sums up whole numbers in 128 bits.
    private static List<List<Object>> normal(List<List<@Nullable Object>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(TpchTest::normal).toList())
                .toList();
    }

    private static Object normal(@Nullable Object value) {
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole).stripTrailingZeros();
        }
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue()).stripTrailingZeros();
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros()
                : Objects.requireNonNullElse(value, "NULL");
    }

    private static void assertSame(List<List<Object>> expected, List<List<Object>> actual) {
        assertEquals(expected.size(), actual.size(), "rows");
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).size(), actual.get(i).size(), "columns");
            for (int j = 0; j < expected.get(i).size(); j++) {
                assertSame(expected.get(i).get(j), actual.get(i).get(j), "row " + i + ", column " + j);
            }
        }
    }

    private static void assertSame(Object expected, Object actual, String place) {
        if (expected instanceof Double number) {
            assertEquals(number, (Double) actual, Math.abs(number) * TOLERANCE, place);
        } else {
            assertEquals(expected, actual, place);
        }
    }
}
