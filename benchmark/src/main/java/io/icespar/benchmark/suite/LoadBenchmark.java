package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Alternation;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.small.EngineFolder;
import io.icespar.benchmark.system.DuckDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An engine that is opened over {@code lineitem} alone and closed again, beside a DuckDB that is opened, copies the same file
 * and is closed. That of Icespar which is not loading, such as opening the security store, is counted too.
 */
public final class LoadBenchmark implements Benchmark {
    private static final Rounds ROUNDS = new Rounds(1, 3, 9, Duration.ofMinutes(3));
    private static final String ICESPAR = "Icespar";
    private static final String DUCKDB = "DuckDB, COPY";

    @Override
    public String name() {
        return "load";
    }

    @Override
    public List<Report> run(Run run) throws IOException {
        TpchData data = TpchData.of(run, run.scale());
        Path csv = data.schema().csv("lineitem").toAbsolutePath();
        Path folder = run.data().resolve("load");
        Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(folder.resolve("catalog/load.yaml"), """
                schema: load
                backend: duckdb
                tables:
                  lineitem:
                    file: "%s"
                    key: [l_orderkey, l_linenumber]
                    columns:
                      l_linenumber: INTEGER NOT NULL
                      l_quantity: DECIMAL(15, 2) NOT NULL
                      l_extendedprice: DECIMAL(15, 2) NOT NULL
                      l_discount: DECIMAL(15, 2) NOT NULL
                      l_tax: DECIMAL(15, 2) NOT NULL
                      l_shipdate: DATE NOT NULL
                      l_commitdate: DATE NOT NULL
                      l_receiptdate: DATE NOT NULL
                """.formatted(csv));
        String copy = data.schema().tables() + "\nCOPY lineitem FROM '" + csv + "' (FORMAT csv, HEADER true);";
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put(DUCKDB, () -> copy(copy));
        works.put(ICESPAR, () -> load(folder));
        Map<String, Times> times = new Alternation(run.rounds(ROUNDS)).measure(works);
        Map<String, Double> seconds = new LinkedHashMap<>();
        times.forEach((name, time) -> seconds.put(name, time.medianMillis() / 1_000));
        Map<String, Double> measured = new LinkedHashMap<>();
        double duckDb = seconds.getOrDefault(DUCKDB, Double.NaN);
        measured.put("ratio", seconds.getOrDefault(ICESPAR, Double.NaN) / duckDb);
        seconds.forEach((name, time) -> measured.put(name + ", seconds", time));
        return List.of(run.report(
                Row.LOAD,
                measured,
                Chart.bars(
                                "`lineitem` from its CSV file",
                                "seconds; shorter is better",
                                List.copyOf(seconds.keySet()),
                                List.of(new Series("seconds", List.copyOf(seconds.values()))))
                        .withTarget(duckDb * 1.1)));
    }

    private static void copy(String script) {
        try {
            DuckDb.open("", script).close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void load(Path folder) {
        try {
            EngineFolder.open(folder, "CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;")
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
