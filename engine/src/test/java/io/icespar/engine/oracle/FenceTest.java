package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That DuckDB keeps to fences, seen on DuckDB itself: with them, what can fail is not evaluated on hidden rows; without
 * them it is. If the first changes, the barrier has a hole; if the second does, these tests have lost their teeth.
 */
@ExtendWith(Samples.class)
@TestInstance(Lifecycle.PER_CLASS)
class FenceTest {
    private static final SampleUser USER = SampleUser.PARISIAN;
    private static final String FENCE = "LIMIT 9223372036854775807";

    /** Queries that DuckDB would evaluate on hidden rows if it were not for the fence. */
    private static final Set<String> BITING = Set.of(
            "a cast in a condition, over a reference",
            "a cast beside a condition that can be tested early",
            "a cast in the condition of a join",
            "a cast to look for values by",
            "a cast behind a guard",
            "a cast in exists",
            "a cast in not exists",
            "a cast in a common table expression",
            "a division in a condition",
            "a division in the condition of a join");

    private final PoisonedDuckDb poisoned;

    FenceTest(SampleLibrary samples, @TempDir Path folder) throws SQLException {
        poisoned = new PoisonedDuckDb(samples.original(), USER, folder);
    }

    @AfterAll
    void close() throws SQLException {
        poisoned.close();
    }

    static List<CorpusQuery> fenced() {
        return Corpus.queries().stream()
                .filter(query -> query.parameters().isEmpty())
                .toList();
    }

    static List<CorpusQuery> biting() {
        return fenced().stream().filter(query -> BITING.contains(query.name())).toList();
    }

    @BeforeAll
    static void theBitingQueriesAreThere() {
        assertEquals(BITING.size(), biting().size());
    }

    @ParameterizedTest
    @MethodSource("fenced")
    void theGeneratedTextGivesRowsOverPoison(CorpusQuery query) {
        String text = poisoned.text(query);
        assertDoesNotThrow(() -> poisoned.rows(text), text);
    }

    @ParameterizedTest
    @MethodSource("biting")
    void withoutItsFenceTheSameTextFails(CorpusQuery query) {
        String text = poisoned.text(query);
        assertTrue(text.contains(FENCE), text);
        SQLException e = assertThrows(SQLException.class, () -> poisoned.rows(text.replace(FENCE, "")), text);
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("Conversion Error") || message.contains("Division by zero"), message);
    }

    @Test
    void whatCannotFailIsNotFenced() {
        for (CorpusQuery query : fenced()) {
            if (Set.of("the total, with Shops not named", "exists", "a left join", "a union")
                    .contains(query.name())) {
                assertFalse(poisoned.text(query).contains(FENCE), query.name());
            }
        }
    }
}
