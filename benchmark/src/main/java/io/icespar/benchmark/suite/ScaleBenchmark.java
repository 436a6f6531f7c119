package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The 22 queries of TPC-H over ten times the data: how much longer each takes, beside how much longer it takes on DuckDB
 * itself. Both keep their tables in a file, for those of scale factor 10 do not fit twice into the memory of most machines.
 */
public final class ScaleBenchmark implements Benchmark {
    private static final Rounds ROUNDS = new Rounds(1, 3, 15, Duration.ofSeconds(15));
    private static final int TIMES = 10;

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        QueryComparison.Result small = measure(run, run.scale());
        QueryComparison.Result large = measure(run, run.scale() * TIMES);
        List<Double> duckDb = growth(small, large, TpchSystems.DUCKDB);
        List<Double> all = growth(small, large, TpchSystems.ICESPAR);
        List<Double> restricted = growth(small, large, TpchSystems.ICESPAR_RESTRICTED);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("growth ratio, unrestricted", Means.geometric(all) / Means.geometric(duckDb));
        measured.put("growth ratio, restricted", Means.geometric(restricted) / Means.geometric(duckDb));
        measured.put("DuckDB, times as long", Means.geometric(duckDb));
        measured.put("Icespar, times as long", Means.geometric(all));
        measured.put("Icespar, restricted, times as long", Means.geometric(restricted));
        return List.of(run.report(
                Row.SCALE,
                measured,
                Chart.bars(
                        "TPC-H over ten times the data",
                        "times as long as before; shorter is better",
                        TpchSystems.QUERIES,
                        List.of(
                                new Series("DuckDB", duckDb),
                                new Series("Icespar", all),
                                new Series("Icespar, restricted", restricted)))));
    }

    private static QueryComparison.Result measure(Run run, double scale) throws IOException, SQLException {
        TpchSystems systems = new TpchSystems(run, TpchData.of(run, scale), "file");
        return new QueryComparison(
                        TpchSystems.QUERIES,
                        run.rounds(ROUNDS),
                        1,
                        run.times(2, 0),
                        List.of(systems::openDuckDb, systems::openIcespar))
                .run();
    }

    private static List<Double> growth(QueryComparison.Result small, QueryComparison.Result large, String contestant) {
        List<Double> before = small.millis(contestant);
        List<Double> after = large.millis(contestant);
        List<Double> growth = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            growth.add(after.get(i) / before.get(i));
        }
        return growth;
    }
}
