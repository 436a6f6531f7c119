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
import io.icespar.benchmark.system.ProcessMemory;
import io.icespar.benchmark.system.RowReader;
import io.icespar.benchmark.system.StockAvatica;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A million line items to the client, every value read; and how much memory server and client take for them, beside what
 * they take for a quarter of them: a server and a client with little memory for Java, each in a process of its own.
 */
public final class RowsBenchmark implements Benchmark {
    private static final int ROWS = 1_000_000;
    private static final int FETCH_SIZE = 10_000;
    private static final int AS_IT_IS = 0;
    private static final int COLUMNS = 16;
    private static final int LINES_PER_SCALE = 6_000_000;
    private static final int QUARTER = 4;
    private static final double KILO = 1_024;
    private static final Rounds ROUNDS = new Rounds(1, 3, 7, Duration.ofMinutes(2));
    private static final String SERVER_MEMORY = "-Xmx512m";
    private static final String ICESPAR = "Icespar";
    private static final String PGJDBC = "pgjdbc, fetch size 10,000";
    private static final String DUCKDB = "DuckDB in process";
    private static final String STOCK = "stock Avatica";
    private static final String STOCK_TUNED = "stock Avatica, fetch size 10,000";

    /** It is slow, so it reads less. */
    private static final int STOCK_PART = 5;

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        TpchSystems systems = new TpchSystems(run, TpchData.of(run, run.scale()), "memory");
        int rows = (int) Math.min(ROWS, LINES_PER_SCALE * run.scale() / 2);
        Map<String, Times> times;
        try (DuckDb duckDb = systems.duckDb();
                IcesparServer icespar = systems.server();
                PostgreSql postgreSql = systems.postgreSql();
                StockAvatica stock = systems.stockAvatica();
                Connection ours = icespar.connect(TpchData.UNRESTRICTED);
                Connection raw = duckDb.connect();
                Connection byStock = stock.connect();
                Connection byPg = postgreSql.connect()) {
            // Else pgjdbc reads all at once.
            byPg.setAutoCommit(false);
            Map<String, Runnable> works = new LinkedHashMap<>();
            works.put(ICESPAR, reading(ours, rows, FETCH_SIZE));
            works.put(PGJDBC, reading(byPg, rows, FETCH_SIZE));
            works.put(DUCKDB, reading(raw, rows, FETCH_SIZE));
            // As one would have it in an afternoon; and as one would soon find out to have it.
            works.put(STOCK, reading(byStock, rows / STOCK_PART, AS_IT_IS));
            works.put(STOCK_TUNED, reading(byStock, rows / STOCK_PART, FETCH_SIZE));
            times = new Alternation(run.rounds(ROUNDS)).measure(works);
        }
        Map<String, Double> perSecond = new LinkedHashMap<>();
        times.forEach((name, time) ->
                perSecond.put(name, (name.startsWith(STOCK) ? rows / STOCK_PART : rows) / (time.medianNanos() / 1e9)));
        double speed = perSecond.getOrDefault(ICESPAR, Double.NaN);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("rows/s beside pgjdbc", speed / perSecond.getOrDefault(PGJDBC, Double.NaN));
        measured.put("rows/s beside stock Avatica", speed / perSecond.getOrDefault(STOCK, Double.NaN));
        measured.put(
                "rows/s beside stock Avatica with that fetch size",
                speed / perSecond.getOrDefault(STOCK_TUNED, Double.NaN));
        measured.put("rows/s beside DuckDB in process", speed / perSecond.getOrDefault(DUCKDB, Double.NaN));
        perSecond.forEach((name, number) -> measured.put(name + ", rows/s", number));
        measured.put("rows of " + COLUMNS + " columns", (double) rows);
        measureMemory(systems, rows, measured);
        return List.of(run.report(
                Row.ROWS,
                measured,
                Chart.bars(
                        "Rows of `lineitem` to the client, every value read",
                        "rows a second; longer is better",
                        List.copyOf(perSecond.keySet()),
                        List.of(new Series("rows/s", List.copyOf(perSecond.values()))))));
    }

    private static Runnable reading(Connection connection, int rows, int fetchSize) throws SQLException {
        Statement statement = connection.createStatement();
        if (fetchSize != AS_IT_IS) {
            statement.setFetchSize(fetchSize);
        }
        Asking asking = new Asking(statement);
        String query = "SELECT * FROM lineitem LIMIT " + rows;
        return () -> {
            long read = asking.ask(query);
            if (read != rows) {
                throw new IllegalStateException(read + " rows of " + rows);
            }
        };
    }

    private static void measureMemory(TpchSystems systems, int rows, Map<String, Double> measured)
            throws IOException, SQLException {
        List<Double> servers = new ArrayList<>();
        List<Double> clients = new ArrayList<>();
        for (int number : new int[] {rows / QUARTER, rows}) {
            // A new one: what a process has once taken it seldom gives back.
            try (IcesparServer server = systems.server(SERVER_MEMORY)) {
                clients.add(RowReader.peakKilobytes(
                                server.url(),
                                TpchData.UNRESTRICTED,
                                "SELECT * FROM lineitem LIMIT " + number,
                                FETCH_SIZE)
                        / KILO);
                servers.add(ProcessMemory.peakKilobytes(server.pid()) / KILO);
            }
        }
        measured.put("server memory, all rows beside a quarter", servers.get(1) / servers.get(0));
        measured.put("client memory, all rows beside a quarter", clients.get(1) / clients.get(0));
        measured.put("server, MB at most, tables included", servers.get(1));
        measured.put("client, MB at most", clients.get(1));
    }
}
