package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.PostgreSql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The 22 queries of TPC-H, restricted and not, of Icespar, DuckDB and PostgreSQL. */
public final class TpchBenchmark implements Benchmark {
    private static final Rounds ROUNDS = new Rounds(1, 3, 25, Duration.ofSeconds(10));
    private static final int OPENINGS = 2;
    private static final int WARM_UPS = 2;

    @Override
    public String name() {
        return "tpch";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        TpchSystems systems = new TpchSystems(run, TpchData.of(run, run.scale()), "memory");
        try (PostgreSql postgreSql = systems.postgreSql()) {
            QueryComparison.Result result = new QueryComparison(
                            TpchSystems.QUERIES,
                            run.rounds(ROUNDS),
                            run.times(OPENINGS, 1),
                            run.times(WARM_UPS, 0),
                            List.of(
                                    systems::openDuckDbAndByHand,
                                    systems::openIcespar,
                                    () -> TpchSystems.openPostgreSql(postgreSql)))
                    .warmedUpBy("SELECT * FROM nation")
                    .run();
            return List.of(restricted(run, result), besidePostgreSql(run, result), unrestricted(run, result));
        }
    }

    private static Report restricted(Run run, QueryComparison.Result result) {
        List<Double> ratios = result.ratios(TpchSystems.ICESPAR_RESTRICTED, TpchSystems.DUCKDB);
        List<Double> byHand = result.ratios(TpchSystems.BY_HAND, TpchSystems.DUCKDB);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("geometric mean", Means.geometric(ratios));
        measured.put("slowest query", Collections.max(ratios));
        measured.put("queries above 1.5", (double)
                ratios.stream().filter(ratio -> ratio > 1.5).count());
        measured.put("DuckDB restricted by hand, geometric mean", Means.geometric(byHand));
        measured.put("DuckDB restricted by hand, slowest query", Collections.max(byHand));
        measured.put(
                "beside DuckDB restricted by hand, geometric mean",
                Means.geometric(result.ratios(TpchSystems.ICESPAR_RESTRICTED, TpchSystems.BY_HAND)));
        return run.report(
                Row.TPCH_RESTRICTED,
                measured,
                Chart.bars(
                                "TPC-H restricted, beside DuckDB unrestricted",
                                "times as long as DuckDB unrestricted; shorter is better",
                                result.queries(),
                                List.of(new Series("Icespar", ratios), new Series("DuckDB by hand", byHand)))
                        .withTarget(1)
                        .withTarget(1.5));
    }

    private static Report besidePostgreSql(Run run, QueryComparison.Result result) {
        List<Double> faster = result.ratios(TpchSystems.POSTGRESQL, TpchSystems.ICESPAR_RESTRICTED);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("times faster, geometric mean", Means.geometric(faster));
        measured.put("queries that are slower", (double)
                faster.stream().filter(ratio -> ratio < 1).count());
        measured.put("times faster, worst query", Collections.min(faster));
        return run.report(
                Row.TPCH_POSTGRESQL,
                measured,
                Chart.bars(
                                "TPC-H restricted, beside PostgreSQL with row-level security",
                                "times as fast as PostgreSQL; longer is better",
                                result.queries(),
                                List.of(new Series("Icespar", faster)))
                        .withTarget(12));
    }

    private static Report unrestricted(Run run, QueryComparison.Result result) {
        List<Double> ratios = result.ratios(TpchSystems.ICESPAR, TpchSystems.DUCKDB);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("geometric mean", Means.geometric(ratios));
        measured.put("slowest query", Collections.max(ratios));
        return run.report(
                Row.TPCH_UNRESTRICTED,
                measured,
                Chart.bars(
                                "TPC-H unrestricted, through the driver, beside DuckDB in process",
                                "times as long as DuckDB; shorter is better",
                                result.queries(),
                                List.of(new Series("Icespar", ratios)))
                        .withTarget(1.03));
    }
}
