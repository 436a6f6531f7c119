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
import java.util.Arrays;
import java.util.Locale;

/**
 * What it costs to ask a cube: the 13 queries of the Star Schema Benchmark, each beside SQL written by hand for it on DuckDB
 * itself. Both have the same rows, in memory, DuckDB's own settings for threads and memory, and a connection of their own;
 * a query is measured from its text to its last row.
 *
 * <p>Where its rows come to lie in memory makes an instance of DuckDB some per cent faster or slower than its twin, for as
 * long as it lives. So both are opened several times, each as often before the other as after it, and a query's ratio is the
 * geometric mean of those of all openings.
 *
 * <p>Before that, how long the engine's thread computes to plan each query: what is asked again is not planned again.
 */
public final class SsbBenchmark {
    private static final int OPENINGS = 4;

    private static final int ROUNDS = 15;

    /** How many small queries are asked before anything is measured: until then Java compiles what each query runs through. */
    private static final int WARM_UP = 3000;

    private static final String SMALL = "SELECT COUNT(*) FROM \"supplier\"";
    private static final Name USER = Name.of("someone");

    private final Session session;
    private final Statement duckDb;

    private SsbBenchmark(Engine engine, Statement duckDb) {
        this.session = engine.session(USER);
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
        System.out.printf(
                Locale.ROOT,
                "Star Schema Benchmark, scale factor %s, %d processors, medians of %d in each of %d openings; again: ./mvnw"
                        + " -Pbenchmark%n",
                scaleFactor,
                Runtime.getRuntime().availableProcessors(),
                ROUNDS,
                OPENINGS);
        try (Engine engine = openIcespar(schema, folder)) {
            plan(new Planning(engine, USER));
        }
        double[] products = new double[StarQuery.ALL.size()];
        Arrays.fill(products, 1);
        for (int opening = 0; opening < OPENINGS; opening++) {
            double[] ratios = opening % 2 == 0 ? duckDbFirst(schema, folder) : icesparFirst(schema, folder);
            Arrays.setAll(products, i -> products[i] * ratios[i]);
        }
        double product = 1;
        for (int i = 0; i < products.length; i++) {
            double ratio = Math.pow(products[i], 1.0 / OPENINGS);
            System.out.printf(
                    Locale.ROOT, "%s %.3f times%n", StarQuery.ALL.get(i).name(), ratio);
            product *= ratio;
        }
        System.out.printf(Locale.ROOT, "geometric mean: %.3f times%n", Math.pow(product, 1.0 / products.length));
    }

    private static double[] duckDbFirst(StarSchema schema, Path folder) throws IOException, SQLException {
        try (Connection duckDb = openDuckDb(schema);
                Engine engine = openIcespar(schema, folder)) {
            return ratios(engine, duckDb);
        }
    }

    private static double[] icesparFirst(StarSchema schema, Path folder) throws IOException, SQLException {
        try (Engine engine = openIcespar(schema, folder);
                Connection duckDb = openDuckDb(schema)) {
            return ratios(engine, duckDb);
        }
    }

    private static double[] ratios(Engine engine, Connection duckDb) throws SQLException {
        try (Statement statement = duckDb.createStatement()) {
            return new SsbBenchmark(engine, statement).run();
        }
    }

    private static Connection openDuckDb(StarSchema schema) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(schema.duckDbScript());
            // As Icespar reads them.
            statement.execute("SET jdbc_stream_results = true");
        }
        return connection;
    }

    private static Engine openIcespar(StarSchema schema, Path folder) throws IOException {
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone; GRANT ROLE_USER TO USER someone;
                """);
        Engine engine = Engine.open(
                EngineSettings.read(
                        Files.writeString(
                                folder.resolve("icespar.yaml"),
                                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n")));
        engine.session(Name.of("admin")).query(schema.cube());
        return engine;
    }

    private static void plan(Planning planning) {
        for (StarQuery query : StarQuery.ALL) {
            SideBySide planned = SideBySide.measureOnThread(
                    ROUNDS, () -> planning.plan(query.onTables()), () -> planning.plan(query.onCube()));
            System.out.printf(
                    Locale.ROOT,
                    "%s planned in %.2f ms, on the tables in %.2f ms%n",
                    query.name(),
                    millis(planned.other()),
                    millis(planned.one()));
        }
    }

    private double[] run() {
        SideBySide.measure(WARM_UP, () -> askDuckDb(SMALL), () -> ask(SMALL));
        double[] ratios = new double[StarQuery.ALL.size()];
        for (int i = 0; i < ratios.length; i++) {
            StarQuery query = StarQuery.ALL.get(i);
            SideBySide times = SideBySide.measure(ROUNDS, () -> askDuckDb(query.onTables()), () -> ask(query.onCube()));
            ratios[i] = times.ratio();
            System.out.printf(
                    Locale.ROOT,
                    "%s %8.2f ms beside %8.2f ms: %.3f times%n",
                    query.name(),
                    millis(times.other()),
                    millis(times.one()),
                    ratios[i]);
        }
        return ratios;
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
