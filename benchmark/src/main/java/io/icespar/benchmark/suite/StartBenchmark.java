package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.IcesparServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The distribution with its sample, from the moment when its program is called to the last row of a first query. */
public final class StartBenchmark implements Benchmark {
    private static final int STARTS = 16;
    private static final double MILLIS = 1_000;
    private static final String QUERY = "SELECT \"City\", SUM(\"Quantity\") FROM \"Sales\" JOIN \"Shops\""
            + " ON \"Shop\" = \"Shop ID\" GROUP BY ROLLUP(\"City\")";

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        Path folder = run.data().resolve("start");
        Path sample = run.distribution().resolve("conf");
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.toList()) {
                Path copy =
                        folder.resolve("conf").resolve(sample.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.writeString(copy, Files.readString(file));
                }
            }
        }
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < run.times(STARTS, 2); i++) {
            long time = startAndAsk(run, folder);
            // After the first the disk is warm.
            if (i > 0) {
                nanos.add(time);
            }
        }
        Times times = Times.of(nanos);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("seconds", times.medianMillis() / MILLIS);
        measured.put("quickest start, seconds", times.percentileMillis(1) / MILLIS);
        measured.put("slowest start, seconds", times.percentileMillis(100) / MILLIS);
        return List.of(run.report(
                Row.START,
                measured,
                Chart.bars(
                                "From the start of the distribution to the first answer",
                                "seconds; shorter is better",
                                List.of("quickest", "median", "slowest"),
                                List.of(new Series(
                                        "Icespar",
                                        List.of(
                                                times.percentileMillis(1) / MILLIS,
                                                times.medianMillis() / MILLIS,
                                                times.percentileMillis(100) / MILLIS))))
                        .withTarget(2)));
    }

    private static long startAndAsk(Run run, Path folder) throws IOException, SQLException {
        long start = System.nanoTime();
        try (IcesparServer server = IcesparServer.serve(
                        run.distribution(), folder.resolve("conf/icespar.yaml"), folder.resolve("server.log"));
                Connection connection = server.connect("french-user");
                Statement statement = connection.createStatement()) {
            new Asking(statement).ask(QUERY);
            return System.nanoTime() - start;
        }
    }
}
