package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Alternation;
import io.icespar.benchmark.measure.Clocks;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What grows with what: planning and execution of one query, by one user, with more and more in the security store. Planning
 * is measured in time of the processor, from the query's text to the backend's; execution from a prepared query, whose plan
 * is known, to its last row. The points of a curve are measured in turns.
 */
public final class CurvesBenchmark implements Benchmark {
    private static final Rounds PLANNING = new Rounds(300, 200, 200, Duration.ZERO);
    private static final Rounds EXECUTION = new Rounds(100, 50, 200, Duration.ofSeconds(10));
    private static final String QUERY = "SELECT b, COUNT(*) FROM t7 WHERE id > 0 GROUP BY b";
    private static final String HOPS_QUERY = "SELECT COUNT(*), SUM(v) FROM c0";
    private static final List<Integer> HOPS = List.of(1, 2, 3, 4, 5);
    private static final int CHAIN_ROWS = 1_000_000;

    @Override
    public String name() {
        return "curves";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        Path folder = run.data().resolve("curves");
        int most = run.times(10_000, 100);
        Map<String, Double> measured = new LinkedHashMap<>();
        List<Chart> charts = new ArrayList<>();
        Curve roles = stores(run, folder.resolve("roles"), points(most), CurveStore::roles);
        roles.addGrowth("most roles", measured);
        charts.add(roles.chart("Roles in the security store"));
        Curve others = stores(run, folder.resolve("others"), points(most / 10), CurveStore::restrictionsOfOthers);
        others.addGrowth("most restrictions of others", measured);
        charts.add(others.chart("Restrictions of others on the table"));
        Curve held = stores(run, folder.resolve("held"), points(most / 10), CurveStore::restrictionsHeld);
        held.addGrowth("most restrictions held", measured);
        charts.add(held.chart("Restrictions of the caller on the table"));
        Curve condition = stores(run, folder.resolve("condition"), points(most * 10), CurveStore::valuesInCondition);
        condition.addGrowth("most values in the condition", measured);
        charts.add(condition.chart("Values in a list of the condition"));
        Curve context = stores(run, folder.resolve("context"), points(most * 10), CurveStore::valuesInContext);
        context.addGrowth("most values in a context value", measured);
        charts.add(context.chart("Values in a context value"));
        Curve hops = hops(run, folder.resolve("hops"));
        hops.addGrowth("most hops", measured);
        charts.add(hops.chart("References between the table and the restriction"));
        return List.of(run.report(Row.CURVES, measured, charts.toArray(Chart[]::new)));
    }

    private static List<Integer> points(int most) {
        List<Integer> points = new ArrayList<>();
        for (int point = 1; point <= most; point *= 10) {
            points.add(point);
        }
        return points;
    }

    /** Figures of a curve, in milliseconds, by the name of the series. */
    private record Curve(List<Integer> points, Map<String, List<Double>> millis) {
        /** Adds how much longer the last point takes than the first. */
        void addGrowth(String what, Map<String, Double> measured) {
            millis.forEach((name, figures) ->
                    measured.put(name + ", " + what + " beside one", figures.get(figures.size() - 1) / figures.get(0)));
        }

        Chart chart(String title) {
            return Chart.lines(
                    title,
                    "milliseconds; lower is better",
                    points,
                    millis.entrySet().stream()
                            .map(series -> new Series(series.getKey(), series.getValue()))
                            .toList());
        }
    }

    private static Curve stores(Run run, Path folder, List<Integer> points, IntFunction<CurveStore> store)
            throws IOException {
        Map<Integer, Runnable> planning = new LinkedHashMap<>();
        Map<Integer, Runnable> execution = new LinkedHashMap<>();
        List<Engine> engines = new ArrayList<>();
        try {
            for (int point : points) {
                Engine engine = store.apply(point).open(folder.resolve(String.valueOf(point)));
                engines.add(engine);
                planning.put(point, CurveStore.planning(engine, QUERY));
                execution.put(point, CurveStore.execution(engine, QUERY));
            }
            return measure(run, points, planning, Map.of("execution", execution));
        } finally {
            engines.forEach(Engine::close);
        }
    }

    private static Curve measure(
            Run run, List<Integer> points, Map<Integer, Runnable> planning, Map<String, Map<Integer, Runnable>> works) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        millis.put("planning", millis(new Alternation(run.rounds(PLANNING), Clocks.THREAD).measure(planning)));
        works.forEach((name, work) -> millis.put(name, millis(new Alternation(run.rounds(EXECUTION)).measure(work))));
        return new Curve(points, millis);
    }

    private static List<Double> millis(Map<Integer, Times> times) {
        return times.values().stream().map(Times::medianMillis).toList();
    }

    private static Curve hops(Run run, Path folder) throws IOException, SQLException {
        ReferenceChain chain = ReferenceChain.write(folder, run.times(CHAIN_ROWS, 10_000));
        Map<Integer, Runnable> planning = new LinkedHashMap<>();
        Map<Integer, Runnable> execution = new LinkedHashMap<>();
        Map<Integer, Runnable> byHand = new LinkedHashMap<>();
        List<Engine> engines = new ArrayList<>();
        try (DuckDb duckDb = DuckDb.open("", chain.duckDbScript());
                Connection connection = duckDb.connect()) {
            Asking asking = new Asking(connection.createStatement());
            for (int hops : HOPS) {
                Engine engine = chain.open(hops);
                engines.add(engine);
                planning.put(hops, CurveStore.planning(engine, HOPS_QUERY));
                execution.put(hops, CurveStore.execution(engine, HOPS_QUERY));
                String sql = HOPS_QUERY + " WHERE " + ReferenceChain.condition(hops);
                byHand.put(hops, () -> asking.ask(sql));
            }
            Map<String, Map<Integer, Runnable>> works = new LinkedHashMap<>();
            works.put("execution", execution);
            works.put("DuckDB by hand", byHand);
            return measure(run, HOPS, planning, works);
        } finally {
            engines.forEach(Engine::close);
        }
    }
}
