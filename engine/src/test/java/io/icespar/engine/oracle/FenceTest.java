package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Session;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.plan.QueryPlanner;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.TransientValues;
import io.icespar.security.privilege.DefaultAccess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
            "a cast in having",
            "a cast behind a guard",
            "a cast in exists",
            "a cast in not exists",
            "a cast in a common table expression",
            "a division in a condition",
            "a division in the condition of a join");

    private final Connection poisoned;
    private final Session session;
    private final SqlFrontend frontend;
    private final QueryPlanner planner = new QueryPlanner(DuckDbDialect.INSTANCE);
    private final Sample sample;

    FenceTest(SampleLibrary samples, @TempDir Path folder) throws SQLException {
        sample = samples.original();
        session = sample.session(USER).session();
        frontend = new SqlFrontend(session.catalog());
        SampleData.original().poisonedFor(USER).write(folder, "");
        poisoned = DriverManager.getConnection("jdbc:duckdb:");
        Path catalog = folder.resolve("catalog");
        run("CREATE SCHEMA retail");
        run(
                "CREATE TABLE retail.\"Sales\" AS FROM read_csv('" + catalog.resolve("sales.csv")
                        + "', types = {'Date': 'DATE', 'Quantity': 'BIGINT', 'Unit price': 'DECIMAL(10, 2)', 'Discount': 'BIGINT'})");
        run("CREATE TABLE retail.\"Shops\" AS FROM read_csv('" + catalog.resolve("shops.csv") + "', header = true)");
        run("CREATE TABLE retail.\"Access\" AS FROM read_csv('" + catalog.resolve("access.csv") + "', header = true)");
    }

    @AfterAll
    void close() throws SQLException {
        poisoned.close();
    }

    /** DuckDB closes a statement that fails, so each has its own. */
    private List<String> run(String sql) throws SQLException {
        try (java.sql.Statement statement = poisoned.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result.next()) {
                        rows.add(String.valueOf(result.getObject(1)));
                    }
                }
            }
            return rows;
        }
    }

    private String text(CorpusQuery query) {
        var state = sample.engine().security().state();
        var statement =
                (Statement.Query) frontend.statement(query.sql(), session.schema(), session.caller(), state.context());
        var values = sample.engine()
                .security()
                .contextValues()
                .resolve(session.caller(), state.context(), TransientValues.none());
        var secured = new Restrictor(session.catalog(), DefaultAccess.OPEN)
                .secure(statement.query(), session.caller(), state, values);
        return planner.plan(secured).text();
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
        String text = text(query);
        assertDoesNotThrow(() -> run(text), text);
    }

    @ParameterizedTest
    @MethodSource("biting")
    void withoutItsFenceTheSameTextFails(CorpusQuery query) {
        String text = text(query);
        assertTrue(text.contains(FENCE), text);
        SQLException e = assertThrows(SQLException.class, () -> run(text.replace(FENCE, "")), text);
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("Conversion Error") || message.contains("Division by zero"), message);
    }

    @Test
    void whatCannotFailIsNotFenced() {
        for (CorpusQuery query : fenced()) {
            if (Set.of("the total, with Shops not named", "exists", "a left join", "a union")
                    .contains(query.name())) {
                assertFalse(text(query).contains(FENCE), query.name());
            }
        }
    }
}
