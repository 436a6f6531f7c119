package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Conditions;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One run of benchmarks.
 *
 * @param root the folder of the project
 * @param scale the scale factor of data
 * @param quick whether to measure next to nothing, only to see that everything runs
 */
public record Run(Path root, double scale, boolean quick) {
    private static final Rounds SHORT = new Rounds(1, 2, 2, Duration.ZERO);

    /** Where data is written to and kept for the next run. */
    Path data() {
        return root.resolve("benchmark/target/bench");
    }

    /** Icespar's distribution, which the build made. */
    Path distribution() {
        return root.resolve("server/target/icespar");
    }

    /** The server that Avatica ships. */
    Path stockAvatica() {
        return root.resolve("benchmark/target/stock-avatica/avatica-standalone-server.jar");
    }

    /** How often to measure. */
    Rounds rounds(Rounds rounds) {
        return quick ? SHORT : rounds;
    }

    /** So many, or less where little is measured. */
    int times(int number, int quickly) {
        return quick ? quickly : number;
    }

    /** What was measured for a row. */
    Report report(Row row, Map<String, Double> measured, Chart... charts) {
        return new Report(row, command(row.benchmark()), Conditions.here(scale), measured, List.of(charts));
    }

    private String command(String benchmark) {
        String number = scale == Math.rint(scale) ? String.format(Locale.ROOT, "%.0f", scale) : String.valueOf(scale);
        return "./mvnw -Pbench -Dbench=" + benchmark + " -Dscale=" + number;
    }
}
