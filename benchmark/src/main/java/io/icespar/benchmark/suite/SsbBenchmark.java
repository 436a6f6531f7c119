package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.benchmark.system.IcesparServer;
import io.icespar.ssb.StarQuery;
import io.icespar.ssb.StarSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The 13 queries of the Star Schema Benchmark on a cube, beside SQL written by hand for them on DuckDB itself. */
public final class SsbBenchmark implements Benchmark {
    private static final Rounds ROUNDS = new Rounds(3, 5, 25, Duration.ofSeconds(5));
    private static final int OPENINGS = 4;
    private static final int WARM_UPS = 20;
    private static final String ICESPAR = "Icespar, cube";
    private static final String DUCKDB = "DuckDB";
    private static final String USERS = """
            CREATE USER admin PASSWORD 'changeit'; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
            CREATE USER someone PASSWORD 'changeit'; GRANT ROLE_USER TO USER someone;
            """;

    @Override
    public String name() {
        return "ssb";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        Path folder = run.data().resolve("ssb-" + run.scale());
        StarSchema schema = StarSchema.write(folder, run.scale());
        QueryComparison.Result result = new QueryComparison(
                        StarQuery.ALL.stream().map(StarQuery::name).toList(),
                        run.rounds(ROUNDS),
                        run.times(OPENINGS, 2),
                        run.times(WARM_UPS, 0),
                        List.of(() -> openDuckDb(schema), () -> openIcespar(run, folder, schema)))
                .run();
        List<Double> ratios = result.ratios(ICESPAR, DUCKDB);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("geometric mean", Means.geometric(ratios));
        measured.put("slowest query", Collections.max(ratios));
        return List.of(run.report(
                Row.SSB,
                measured,
                Chart.bars(
                                "Star Schema Benchmark on a cube, beside SQL on DuckDB",
                                "times as long as DuckDB; shorter is better",
                                result.queries(),
                                List.of(new Series("Icespar", ratios)))
                        .withTarget(1)));
    }

    private static OpenSystem openDuckDb(StarSchema schema) throws SQLException {
        DuckDb duckDb = DuckDb.open("", schema.duckDbScript());
        Connection connection = duckDb.connect();
        return OpenSystem.of(
                List.of(new Contestant(DUCKDB, "all", asking(connection.createStatement(), StarQuery::onTables))),
                () -> {
                    try (duckDb) {
                        connection.close();
                    }
                });
    }

    private static OpenSystem openIcespar(Run run, Path folder, StarSchema schema) throws IOException, SQLException {
        IcesparServer server =
                IcesparServer.start(run.distribution(), folder.resolve("icespar"), schema.catalog(), "memory", USERS);
        try (Connection admin = server.connect("admin");
                Statement statement = admin.createStatement()) {
            statement.execute(schema.cube());
        }
        Connection connection = server.connect("someone");
        return OpenSystem.of(
                List.of(new Contestant(ICESPAR, "all", asking(connection.createStatement(), StarQuery::onCube))),
                () -> {
                    try (server) {
                        connection.close();
                    }
                });
    }

    private static Contestant.Ask asking(Statement statement, Function<StarQuery, String> text) {
        Map<String, String> texts = StarQuery.ALL.stream().collect(Collectors.toMap(StarQuery::name, text));
        Asking asking = new Asking(statement);
        return query -> asking.ask(texts.getOrDefault(query, query));
    }
}
