package io.icespar.engine.tpch;

import io.icespar.engine.Engine;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.reference.HandFiltered;
import io.icespar.engine.reference.Rows;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.identity.Name;
import io.icespar.tpch.TpchQuery;
import io.icespar.tpch.TpchSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static final double SCALE_FACTOR = 0.1;

    private final Engine engine;
    private final HandFiltered duckDb;

    TpchTest(@TempDir Path folder) throws IOException, SQLException {
        TpchSchema files = TpchSchema.write(folder, SCALE_FACTOR);
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
        duckDb = HandFiltered.open(files.duckDbScript());
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
        return Viewer.ALL.stream().flatMap(viewer -> TpchQuery.ALL.stream().map(query -> Arguments.of(viewer, query)));
    }

    @ParameterizedTest(name = "{1} as {0}")
    @MethodSource("viewersAndQueries")
    void theAnswerIsThatOfDuckDbOnTheVisibleRows(Viewer viewer, TpchQuery query) throws SQLException {
        Rows expected = duckDb.query("seen_by_" + viewer.user(), query.sql());
        // Later ones are answered by what the first ones left: a plan, keys of visible rows, a prepared text.
        for (int i = 0; i < 4; i++) {
            expected.assertSame(Rows.of(engine.session(Name.of(viewer.user())), query.sql()));
        }
    }
}
