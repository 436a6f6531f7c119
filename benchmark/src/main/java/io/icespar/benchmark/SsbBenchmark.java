package io.icespar.benchmark;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import io.icespar.ssb.StarQuery;
import io.icespar.ssb.StarSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * What it costs to ask a cube: the 13 queries of the Star Schema Benchmark, each beside SQL written by hand for it on DuckDB
 * itself. Both have the same rows, in memory, DuckDB's own settings for threads and memory, and a connection of their own;
 * a query is measured from its text to its last row.
 *
 * <p>Besides, for each query, how long the engine's thread computes before DuckDB is asked.
 */
public final class SsbBenchmark {
    private static final int ROUNDS = 15;
    private static final Name USER = Name.of("someone");

    private final Session session;
    private final Planning planning;
    private final Statement duckDb;

    private SsbBenchmark(Engine engine, Statement duckDb) {
        this.session = engine.session(USER);
        this.planning = new Planning(engine, USER);
        this.duckDb = duckDb;
    }

    /**
     * Generates the data, measures, and prints a line for each query.
     *
     * @param arguments the folder that is written to, which takes 600 MB for scale factor 1; and, if it is not 1, the
     *     scale factor
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        double scaleFactor = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
        StarSchema schema = StarSchema.write(folder, scaleFactor);
        try (Engine engine = open(folder);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement duckDb = connection.createStatement()) {
            duckDb.execute(schema.duckDbScript());
            // As Icespar reads them.
            duckDb.execute("SET jdbc_stream_results = true");
            System.out.printf(
                    Locale.ROOT,
                    "Star Schema Benchmark, scale factor %s, %d processors, medians of %d; again: ./mvnw -Pbenchmark%n",
                    scaleFactor,
                    Runtime.getRuntime().availableProcessors(),
                    ROUNDS);
            engine.session(Name.of("admin")).query(schema.cube());
            new SsbBenchmark(engine, duckDb).run();
        }
    }

    private static Engine open(Path folder) throws IOException {
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone; GRANT ROLE_USER TO USER someone;
                """);
        return Engine.open(
                EngineSettings.read(
                        Files.writeString(
                                folder.resolve("icespar.yaml"),
                                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n")));
    }

    private void run() {
        double product = 1;
        for (StarQuery query : StarQuery.ALL) {
            // First, since it also warms up what is then a part of the whole.
            SideBySide planned = SideBySide.measureOnThread(
                    ROUNDS, () -> planning.plan(query.onTables()), () -> planning.plan(query.onCube()));
            SideBySide times = SideBySide.measure(ROUNDS, () -> askDuckDb(query.onTables()), () -> ask(query.onCube()));
            product *= times.ratio();
            System.out.printf(
                    Locale.ROOT,
                    "%s %8.2f ms beside %8.2f ms: %.3f times; planned in %.2f ms%n",
                    query.name(),
                    millis(times.other()),
                    millis(times.one()),
                    times.ratio(),
                    millis(planned.other()));
        }
        System.out.printf(Locale.ROOT, "geometric mean: %.3f times%n", Math.pow(product, 1.0 / StarQuery.ALL.size()));
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private void ask(String sql) {
        try (RowStream rows = ((Answer.Rows) session.query(sql)).stream()) {
            while (rows.next() != null) {
                // Only to read them all.
            }
        }
    }

    private void askDuckDb(String sql) {
        try (ResultSet rows = duckDb.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getObject(i);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
