package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever of its optimisations DuckDB leaves out, a restricted query gives the same rows, and nothing in it is evaluated on
 * poison. Calcite's optimiser rules are not used at all, see {@code ArchitectureTest}: what is sent is what was secured.
 */
@ExtendWith(Samples.class)
@TestInstance(Lifecycle.PER_CLASS)
class OptimizerTest {
    private static final int SUBSETS = 3;

    private final PoisonedDuckDb poisoned;
    private final List<String> optimizers;

    OptimizerTest(SampleLibrary samples, @TempDir Path folder) throws SQLException {
        poisoned = new PoisonedDuckDb(samples.original(), SampleUser.MIXED, folder);
        optimizers = poisoned.rows("SELECT name FROM duckdb_optimizers()");
        assertTrue(optimizers.contains("filter_pushdown"), optimizers::toString);
    }

    @AfterAll
    void close() throws SQLException {
        poisoned.close();
    }

    static List<CorpusQuery> queries() {
        return FenceTest.fenced();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theRowsAreTheSameWithoutAnyOfTheOptimisations(CorpusQuery query) throws SQLException {
        String text = poisoned.text(query);
        boolean ordered = Corpus.isOrdered(query.sql());
        poisoned.rows("RESET disabled_optimizers");
        List<String> wanted = rows(text, ordered);
        Random random = new Random(query.name().hashCode());
        for (int i = 0; i < SUBSETS; i++) {
            String left = String.join(
                    ",",
                    optimizers.stream().filter(name -> random.nextBoolean()).toList());
            poisoned.rows("SET disabled_optimizers = '" + left + "'");
            assertEquals(wanted, rows(text, ordered), "without " + left);
        }
    }

    private List<String> rows(String text, boolean ordered) throws SQLException {
        List<String> rows = poisoned.rows(text);
        return ordered ? rows : rows.stream().sorted().toList();
    }
}
