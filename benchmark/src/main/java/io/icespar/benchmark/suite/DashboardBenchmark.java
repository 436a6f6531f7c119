package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.benchmark.system.IcesparServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many people who look at dashboards: 32 connections of 8 users, each of whom sees another nation, ask 20 small aggregates
 * one after the other, again and again. Beside it, as many threads in this process ask DuckDB the same, restricted by
 * hand.
 */
public final class DashboardBenchmark implements Benchmark {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 5;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final List<String> QUERIES = queries();

    private static List<String> queries() {
        Stream<String> customers = Stream.of(
                        "COUNT(*)", "SUM(c_acctbal)", "AVG(c_acctbal)", "MIN(c_acctbal)", "MAX(c_acctbal)")
                .flatMap(aggregate -> Stream.of(
                        "SELECT c_mktsegment, " + aggregate
                                + " FROM customer GROUP BY c_mktsegment ORDER BY c_mktsegment",
                        "SELECT " + aggregate + " FROM customer WHERE c_acctbal > 5000"));
        Stream<String> orders = Stream.of("1995", "1996", "1997")
                .flatMap(year -> Stream.of(
                        "SELECT COUNT(*), SUM(o_totalprice) FROM orders WHERE o_orderdate BETWEEN DATE '" + year
                                + "-01-01' AND DATE '" + year + "-01-31'",
                        "SELECT o_orderstatus, COUNT(*) FROM orders WHERE o_orderdate BETWEEN DATE '" + year
                                + "-03-01' AND DATE '" + year
                                + "-03-31' GROUP BY o_orderstatus ORDER BY o_orderstatus"));
        Stream<String> names = Stream.of(
                "SELECT n_name, COUNT(*) FROM customer, nation WHERE c_nationkey = n_nationkey GROUP BY n_name",
                "SELECT n_name, AVG(s_acctbal) FROM supplier, nation WHERE s_nationkey = n_nationkey GROUP BY n_name",
                "SELECT COUNT(*) FROM supplier WHERE s_acctbal < 0",
                "SELECT p_size, COUNT(*) FROM part WHERE p_brand = 'Brand#23' GROUP BY p_size");
        return Stream.of(customers, orders, names).flatMap(queries -> queries).toList();
    }

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        TpchData data = TpchData.of(run, run.scale());
        TpchSystems systems = new TpchSystems(run, data, "memory");
        String views = IntStream.range(0, TpchData.USERS)
                .mapToObj(user -> TpchData.byHand(TpchData.user(user), TpchData.nation(user)))
                .collect(Collectors.joining());
        Duration time = run.quick() ? MOMENT : TIME;
        List<Load> icespar = new ArrayList<>();
        List<Load> duckDb = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try (DuckDb database = DuckDb.open("", data.schema().duckDbScript() + views);
                IcesparServer server = systems.server()) {
            List<Connection> raw = new ArrayList<>();
            List<Connection> ours = new ArrayList<>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    String user = TpchData.user(i % TpchData.USERS);
                    ours.add(server.connect(user));
                    Connection connection = database.connect();
                    raw.add(connection);
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SET search_path = '" + user + ",main'");
                    }
                }
                load(threads, raw, MOMENT);
                load(threads, ours, time);
                for (int round = 0; round < run.times(ROUNDS, 1); round++) {
                    duckDb.add(load(threads, raw, time));
                    icespar.add(load(threads, ours, time));
                }
            } finally {
                close(raw);
                close(ours);
            }
        } finally {
            threads.shutdownNow();
        }
        return List.of(report(run, icespar, duckDb));
    }

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    /**
     * What was answered in one round.
     *
     * @param each how long each answer took, by connection
     * @param seconds how long the round was
     */
    private record Load(List<List<Long>> each, double seconds) {
        double throughput() {
            return each.stream().mapToInt(List::size).sum() / seconds;
        }

        Times times() {
            return Times.of(each.stream().flatMap(List::stream).toList());
        }

        /** How much the connection with the fewest answers got, beside the median. */
        double slowestShare() {
            List<Double> counts =
                    each.stream().map(answers -> (double) answers.size()).toList();
            return Collections.min(counts) / Means.median(counts);
        }
    }

    private static Load load(ExecutorService threads, List<Connection> connections, Duration time) {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<List<Long>>> callers = new ArrayList<>();
        for (int i = 0; i < connections.size(); i++) {
            int first = i;
            Connection connection = connections.get(i);
            callers.add(() -> ask(connection, first, end));
        }
        List<List<Long>> each = new ArrayList<>();
        try {
            for (Future<List<Long>> answers : threads.invokeAll(callers)) {
                each.add(answers.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Load(each, (System.nanoTime() - start) / 1e9);
    }

    // Not all begin with the same query.
    private static List<Long> ask(Connection connection, int first, long end) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            Asking asking = new Asking(statement);
            long start = System.nanoTime();
            for (int i = first; start < end || nanos.isEmpty(); i++) {
                asking.ask(QUERIES.get(i % QUERIES.size()));
                long now = System.nanoTime();
                nanos.add(now - start);
                start = now;
            }
        }
        return nanos;
    }

    private static Report report(Run run, List<Load> icespar, List<Load> duckDb) {
        double ours = median(icespar, Load::throughput);
        double theirs = median(duckDb, Load::throughput);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("throughput ratio", ours / theirs);
        measured.put("p99 / p50", median(icespar, DashboardBenchmark::spread));
        measured.put("slowest caller's share", median(icespar, Load::slowestShare));
        List<Double> figures = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        measured.put("Icespar, queries/s", ours);
        measured.put("DuckDB, queries/s", theirs);
        for (double percent : new double[] {50, 90, 99}) {
            figures.add(median(icespar, load -> load.times().percentileMillis(percent)));
            others.add(median(duckDb, load -> load.times().percentileMillis(percent)));
        }
        measured.put("Icespar, p50 ms", figures.get(0));
        measured.put("Icespar, p99 ms", figures.get(2));
        measured.put("DuckDB, p50 ms", others.get(0));
        measured.put("DuckDB, p99 ms", others.get(2));
        measured.put("DuckDB, p99 / p50", median(duckDb, DashboardBenchmark::spread));
        measured.put("DuckDB, slowest caller's share", median(duckDb, Load::slowestShare));
        return run.report(
                Row.DASHBOARD,
                measured,
                Chart.bars(
                        "Answers of a dashboard, 32 connections of 8 users",
                        "milliseconds; shorter is better",
                        List.of("p50", "p90", "p99"),
                        List.of(new Series("Icespar", figures), new Series("DuckDB by hand", others))),
                Chart.bars(
                        "Throughput of a dashboard, 32 connections of 8 users",
                        "queries a second; longer is better",
                        List.of("Icespar", "DuckDB by hand"),
                        List.of(new Series("queries/s", List.of(ours, theirs)))));
    }

    private static double spread(Load load) {
        Times times = load.times();
        return times.percentileMillis(99) / times.percentileMillis(50);
    }

    private static double median(List<Load> loads, ToDoubleFunction<Load> figure) {
        return Means.median(loads.stream().mapToDouble(figure).boxed().toList());
    }
}
