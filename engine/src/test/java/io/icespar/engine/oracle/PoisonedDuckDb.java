package io.icespar.engine.oracle;

import io.icespar.engine.Session;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.plan.PlannedQuery;
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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** DuckDB itself, not through Icespar, with poison where a user may not see; and the text that Icespar would send there. */
final class PoisonedDuckDb implements AutoCloseable {
    private final Connection poisoned;
    private final Sample sample;
    private final Session session;
    private final SqlFrontend frontend;
    private final QueryPlanner planner = new QueryPlanner(DuckDbDialect.INSTANCE);

    /** Loads the data of {@code sample} as it is for {@code user}; {@code folder} is written to. */
    PoisonedDuckDb(Sample sample, SampleUser user, Path folder) throws SQLException {
        this.sample = sample;
        this.session = sample.session(user).session();
        this.frontend = new SqlFrontend(session.catalog());
        SampleData.original().poisonedFor(user).write(folder, "");
        poisoned = DriverManager.getConnection("jdbc:duckdb:");
        Path catalog = folder.resolve("catalog");
        rows("CREATE SCHEMA retail");
        rows(
                "CREATE TABLE retail.\"Sales\" AS FROM read_csv('" + catalog.resolve("sales.csv")
                        + "', types = {'Date': 'DATE', 'Quantity': 'BIGINT', 'Unit price': 'DECIMAL(10, 2)', 'Discount': 'BIGINT'})");
        rows("CREATE TABLE retail.\"Shops\" AS FROM read_csv('" + catalog.resolve("shops.csv") + "', header = true)");
        rows("CREATE TABLE retail.\"Access\" AS FROM read_csv('" + catalog.resolve("access.csv") + "', header = true)");
    }

    /** What Icespar sends for the user's query. */
    String text(CorpusQuery query) {
        var state = sample.engine().security().state();
        var statement =
                (Statement.Query) frontend.statement(query.sql(), session.schema(), session.caller(), state.context());
        var values = sample.engine()
                .security()
                .contextValues()
                .resolve(session.caller(), state.context(), TransientValues.none());
        var secured = new Restrictor(session.catalog(), DefaultAccess.OPEN)
                .secure(statement.query(), session.caller(), state, values);
        PlannedQuery planned = planner.plan(secured);
        List<Object> contents = planned.slots().stream()
                .map(slot -> slot.content(session.caller(), values).orElseThrow())
                .toList();
        return planned.bind(List.of(), contents, LocalDateTime.now(ZoneOffset.UTC))
                .rows()
                .sql();
    }

    /** The rows that DuckDB gives, each as text; none for a command. It closes a statement that fails, so each has its own. */
    List<String> rows(String sql) throws SQLException {
        try (java.sql.Statement statement = poisoned.createStatement()) {
            List<String> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet result = statement.getResultSet()) {
                    int columns = result.getMetaData().getColumnCount();
                    while (result.next()) {
                        List<String> row = new ArrayList<>();
                        for (int i = 1; i <= columns; i++) {
                            row.add(String.valueOf(result.getObject(i)));
                        }
                        rows.add(String.join(", ", row));
                    }
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        poisoned.close();
    }
}
