package io.icespar.benchmark;

import io.icespar.benchmark.report.PerformancePage;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.ReportFolder;
import io.icespar.benchmark.suite.BarrierBenchmark;
import io.icespar.benchmark.suite.Benchmark;
import io.icespar.benchmark.suite.CurvesBenchmark;
import io.icespar.benchmark.suite.DashboardBenchmark;
import io.icespar.benchmark.suite.LoadBenchmark;
import io.icespar.benchmark.suite.PlanningBenchmark;
import io.icespar.benchmark.suite.PointBenchmark;
import io.icespar.benchmark.suite.RowsBenchmark;
import io.icespar.benchmark.suite.Run;
import io.icespar.benchmark.suite.ScaleBenchmark;
import io.icespar.benchmark.suite.SmallPieces;
import io.icespar.benchmark.suite.SsbBenchmark;
import io.icespar.benchmark.suite.StartBenchmark;
import io.icespar.benchmark.suite.TpchBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Measures what is chosen, prints it, and writes it into {@code docs/performance} and {@code docs/performance.md}; {@code
 * ./mvnw -Pbench} runs it. Quick runs, whose figures mean nothing, are written into {@code benchmark/target/performance}.
 */
@Command(name = "bench", mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final String ALL = "all";

    private static final List<Benchmark> BENCHMARKS = List.of(
            new TpchBenchmark(),
            new PlanningBenchmark(),
            new PointBenchmark(),
            new DashboardBenchmark(),
            new RowsBenchmark(),
            new LoadBenchmark(),
            new StartBenchmark(),
            new CurvesBenchmark(),
            new ScaleBenchmark(),
            new SsbBenchmark(),
            new BarrierBenchmark(),
            SmallPieces.RIGHTS,
            SmallPieces.LOGINS);

    @Option(names = "--bench", split = ",", description = "What to measure: all, or names with commas between.")
    private List<String> chosen = List.of(ALL);

    @Option(names = "--scale", description = "The scale factor of TPC-H and Star Schema data.")
    private double scale = 1;

    @Option(names = "--quick", arity = "1", description = "Whether only to see that everything runs to its end.")
    private String quick = "false";

    @Option(names = "--root", required = true, description = "The folder of the project, which is built.")
    private Path root = Path.of("");

    private Bench() {}

    /** Runs, and exits with a code other than 0 if anything failed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        // With -Dquick and nothing behind it Maven says "true".
        boolean onlyTrying = !quick.equals("false");
        Run run = new Run(root.toAbsolutePath().normalize(), scale, onlyTrying);
        Path docs = run.root().resolve(onlyTrying ? "benchmark/target" : "docs");
        ReportFolder folder = new ReportFolder(docs.resolve("performance"));
        for (Benchmark benchmark : chosen()) {
            System.out.println("== " + benchmark.name());
            for (Report report : benchmark.run(run)) {
                print(report);
                folder.write(report);
            }
            Files.writeString(docs.resolve("performance.md"), PerformancePage.of(folder));
        }
        return CommandLine.ExitCode.OK;
    }

    private List<Benchmark> chosen() {
        Set<String> unknown = new TreeSet<>(chosen);
        unknown.remove(ALL);
        List<Benchmark> found = new ArrayList<>();
        for (Benchmark benchmark : BENCHMARKS) {
            if (unknown.remove(benchmark.name()) || chosen.contains(ALL)) {
                found.add(benchmark);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    new CommandLine(this),
                    "there is no benchmark " + unknown + "; there are "
                            + BENCHMARKS.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static void print(Report report) {
        System.out.println(report.row().id() + ": " + report.row().what());
        report.measured().forEach((figure, value) -> System.out.printf("  %-60s %.4f%n", figure, value));
        if (!report.row().criteria().isEmpty()) {
            System.out.println("  target " + (report.meetsTarget() ? "met" : "missed"));
        }
        System.out.println("  again: " + report.command());
    }
}
