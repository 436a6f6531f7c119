package io.icespar.engine.ssb;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Engine;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.oracle.SampleLibrary;
import io.icespar.engine.oracle.Samples;
import io.icespar.engine.reference.HandFiltered;
import io.icespar.engine.reference.Rows;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.identity.Name;
import io.icespar.ssb.StarQuery;
import io.icespar.ssb.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each query at scale factor 0.1, through the engine, equals the same text on DuckDB itself over the rows that the user may
 * see. The order of the rows is compared too: in this data no two rows of an answer sort alike.
 */
@ExtendWith(Samples.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarQueriesTest {
    private static final double SCALE_FACTOR = 0.1;

    /** Names no dimension; what is hidden there is hidden here, too. */
    private static final String LINE_ORDERS_ALONE = "SELECT COUNT(*), SUM(lo_revenue), MAX(lo_quantity) FROM lineorder";

    private final Engine engine;
    private final HandFiltered duckDb;

    StarQueriesTest(SampleLibrary samples, @TempDir Path folder) throws IOException, SQLException {
        StarSchema schema = StarSchema.write(folder, SCALE_FACTOR);
        List<Viewer> viewers = Stream.concat(Stream.of(Viewer.OF_ALL), Viewer.RESTRICTED.stream())
                .toList();
        engine = samples.open(new EngineSettings(
                schema.catalog(),
                folder.resolve("data"),
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.of(Files.writeString(folder.resolve("bootstrap.sql"), bootstrap(viewers))),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of()));
        duckDb = HandFiltered.open(schema.duckDbScript());
        for (Viewer viewer : viewers) {
            duckDb.filter(viewer.schema(), viewer.visibleRows());
        }
    }

    private static String bootstrap(List<Viewer> viewers) {
        return viewers.stream()
                .map(Viewer::bootstrap)
                .collect(Collectors.joining("", "CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;\n", ""));
    }

    @AfterAll
    void close() throws SQLException {
        try (engine;
                duckDb) {
            // Both are closed, whatever either of them throws.
        }
    }

    static List<StarQuery> queries() {
        return StarQuery.ALL;
    }

    static List<Viewer> restricted() {
        return Viewer.RESTRICTED;
    }

    @Test
    void everyReferenceLeadsToARow() throws SQLException {
        duckDb.query("main", LINE_ORDERS_ALONE).assertSame(duckDb.query(Viewer.OF_ALL.schema(), LINE_ORDERS_ALONE));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whoIsNotRestrictedGetsTheAnswerOfAllRows(StarQuery query) throws SQLException {
        Rows expected = duckDb.query("main", query.onTables());
        assertTrue(expected.isFound(), expected::toString);
        expected.assertSame(ask("admin", query.onTables()));
        expected.assertSame(ask(Viewer.OF_ALL.user(), query.onTables()));
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("restricted")
    void whoIsRestrictedGetsTheAnswersOfTheVisibleRows(Viewer viewer) {
        assertAll(Stream.concat(
                        Stream.of(LINE_ORDERS_ALONE), StarQuery.ALL.stream().map(StarQuery::onTables))
                .map(sql -> () -> duckDb.query(viewer.schema(), sql).assertSame(ask(viewer.user(), sql))));
    }

    private Rows ask(String user, String sql) {
        return Rows.of(engine.session(Name.of(user)), sql);
    }
}
