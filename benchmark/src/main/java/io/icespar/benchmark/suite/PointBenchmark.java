package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Alternation;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.benchmark.system.IcesparServer;
import io.icespar.benchmark.system.PostgreSql;
import io.icespar.benchmark.system.StockAvatica;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A query for one order by its key, another one each time; thousands of them, of one connection each. */
public final class PointBenchmark implements Benchmark {
    private static final Rounds ROUNDS = Rounds.of(3_000);
    private static final String QUERY = "SELECT * FROM orders WHERE o_orderkey = ";
    private static final String DUCKDB = "DuckDB, unprepared";
    private static final String ICESPAR = "Icespar, prepared";
    private static final String RESTRICTED = "Icespar, prepared, restricted";

    @Override
    public String name() {
        return "point";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        TpchSystems systems = new TpchSystems(run, TpchData.of(run, run.scale()), "memory");
        try (DuckDb duckDb = systems.duckDb();
                IcesparServer icespar = systems.server();
                PostgreSql postgreSql = systems.postgreSql();
                StockAvatica stock = systems.stockAvatica();
                Connection all = icespar.connect(TpchData.UNRESTRICTED);
                Connection some = icespar.connect(TpchData.RESTRICTED);
                Connection raw = duckDb.connect();
                Connection byStock = stock.connect();
                Connection byPg = postgreSql.connect(TpchData.RESTRICTED, IcesparServer.PASSWORD)) {
            List<Long> keys = keys(raw);
            Map<String, Runnable> works = new LinkedHashMap<>();
            works.put(DUCKDB, unprepared(raw, keys));
            works.put("DuckDB, prepared", prepared(raw, keys));
            works.put(ICESPAR, prepared(all, keys));
            works.put("Icespar, unprepared", unprepared(all, keys));
            works.put(RESTRICTED, prepared(some, keys));
            works.put("stock Avatica, prepared", prepared(byStock, keys));
            works.put("stock Avatica, unprepared", unprepared(byStock, keys));
            works.put("pgjdbc, prepared, policies", prepared(byPg, keys));
            return List.of(report(run, new Alternation(run.rounds(ROUNDS)).measure(works)));
        }
    }

    // Of the nation that the restricted user sees, so that all find one row.
    private static List<Long> keys(Connection duckDb) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT o_orderkey FROM by_hand.orders ORDER BY hash(o_orderkey) LIMIT 500")) {
            List<Long> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(rows.getLong(1));
            }
            return keys;
        }
    }

    private static Runnable unprepared(Connection connection, List<Long> keys) throws SQLException {
        Asking asking = new Asking(connection.createStatement());
        AtomicInteger next = new AtomicInteger();
        return () -> check(asking.ask(QUERY + keys.get(next.getAndIncrement() % keys.size())));
    }

    private static Runnable prepared(Connection connection, List<Long> keys) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(QUERY + "?");
        AtomicInteger next = new AtomicInteger();
        return () -> {
            try {
                statement.setLong(1, keys.get(next.getAndIncrement() % keys.size()));
                try (ResultSet rows = statement.executeQuery()) {
                    check(Asking.read(rows));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static void check(long rows) {
        if (rows != 1) {
            throw new IllegalStateException(rows + " rows of one key");
        }
    }

    private static Report report(Run run, Map<String, Times> times) {
        Map<String, Double> millis = new LinkedHashMap<>();
        times.forEach((name, time) -> millis.put(name, time.medianMillis()));
        double duckDb = millis.getOrDefault(DUCKDB, Double.NaN);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("p50 ratio", millis.getOrDefault(ICESPAR, Double.NaN) / duckDb);
        measured.put("p50 ratio, restricted", millis.getOrDefault(RESTRICTED, Double.NaN) / duckDb);
        millis.forEach((name, time) -> measured.put(name + ", p50 ms", time));
        times.forEach((name, time) -> measured.put(name + ", p99 ms", time.percentileMillis(99)));
        return run.report(
                Row.POINT,
                measured,
                Chart.bars(
                                "One row by its key, one connection",
                                "milliseconds, p50; shorter is better",
                                List.copyOf(millis.keySet()),
                                List.of(new Series("p50", List.copyOf(millis.values()))))
                        .withTarget(duckDb));
    }
}
