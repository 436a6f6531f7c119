package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.benchmark.system.IcesparServer;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What it costs that an expression which can fail is never computed of a hidden row: queries of a restricted caller, each
 * beside the same on DuckDB itself with the restrictions' conditions written by hand, where DuckDB moves what it likes. Half
 * of the rows are hidden. Each query is there once with an expression that cannot fail and once with one that can.
 */
public final class BarrierBenchmark implements Benchmark {
    private static final Rounds ROUNDS = new Rounds(3, 5, 25, Duration.ofSeconds(10));
    private static final int OPENINGS = 2;
    private static final int WARM_UPS = 20;
    private static final int ROWS = 5_000_000;
    private static final int SHOPS = 1_000;
    private static final String ICESPAR = "Icespar";
    private static final String BY_HAND = "DuckDB by hand";

    /** Rows that are seen, as DuckDB has them. */
    private static final String SEEN =
            "(SELECT * FROM facts WHERE kind < 50 AND shop IN (SELECT id FROM shops WHERE half = 0))";

    private static final Map<String, String> QUERIES = queries();

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("sum, cannot fail", "SELECT COUNT(*), MAX(amount) FROM #");
        queries.put("sum of quotients", "SELECT COUNT(*), MAX(amount / quantity) FROM #");
        queries.put("condition, cannot fail", "SELECT COUNT(*) FROM # WHERE amount > 500");
        queries.put("condition on a quotient", "SELECT COUNT(*) FROM # WHERE amount / quantity > 100");
        queries.put("condition on a cast", "SELECT COUNT(*) FROM # WHERE CAST(code AS INTEGER) > 500000");
        queries.put("groups, cannot fail", "SELECT kind, COUNT(*), SUM(amount) FROM # GROUP BY kind");
        queries.put("groups by a quotient", "SELECT amount / quantity, COUNT(*) FROM # GROUP BY amount / quantity");
        queries.put(
                "join, cannot fail", "SELECT s.half, COUNT(*) FROM # f JOIN shops s ON f.shop = s.id GROUP BY s.half");
        queries.put(
                "join on a sum",
                "SELECT s.half, COUNT(*) FROM # f JOIN shops s ON f.shop + 0 = s.id AND f.amount / f.quantity >= 0 GROUP BY s.half");
        queries.put("order of a quotient, limited", "SELECT id FROM # ORDER BY amount / quantity DESC, id LIMIT 10");
        queries.put("text put together", "SELECT MAX(code || '-' || CAST(id AS VARCHAR)) FROM #");
        return queries;
    }

    @Override
    public String name() {
        return "barrier";
    }

    @Override
    public List<Report> run(Run run) throws IOException, SQLException {
        Path folder = run.data().resolve("barrier-" + run.scale());
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        write(catalog, (int) Math.max(SHOPS, ROWS * run.scale()));
        QueryComparison.Result result = new QueryComparison(
                        List.copyOf(QUERIES.keySet()),
                        run.rounds(ROUNDS),
                        run.times(OPENINGS, 1),
                        run.times(WARM_UPS, 0),
                        List.of(() -> openDuckDb(catalog), () -> openIcespar(run, folder, catalog)))
                .run();
        List<Double> ratios = result.ratios(ICESPAR, BY_HAND);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("geometric mean", Means.geometric(ratios));
        measured.put("slowest query", Collections.max(ratios));
        return List.of(run.report(
                Row.BARRIER,
                measured,
                Chart.bars(
                                "Expressions that can fail, beside conditions written by hand on DuckDB",
                                "times as long as DuckDB; shorter is better",
                                result.queries(),
                                List.of(new Series("Icespar", ratios)))
                        .withTarget(1)));
    }

    private static void write(Path catalog, int rows) throws IOException {
        try (Writer facts = Files.newBufferedWriter(catalog.resolve("facts.csv"))) {
            facts.write("id,shop,kind,amount,quantity,code\n");
            for (long i = 0; i < rows; i++) {
                // The same numbers each time, in no order.
                long mixed = (i * 2_654_435_761L) & 0xFFFF_FFFFL;
                facts.write(i + "," + mixed % SHOPS + "," + mixed / 7 % 100 + "," + mixed / 11 % 1_000 + ","
                        + (1 + mixed / 13 % 9) + "," + mixed / 17 % 1_000_000 + "\n");
            }
        }
        try (Writer shops = Files.newBufferedWriter(catalog.resolve("shops.csv"))) {
            shops.write("id,half\n");
            for (int i = 0; i < SHOPS; i++) {
                shops.write(i + "," + i / 7 % 2 + "\n");
            }
        }
        Files.writeString(catalog.resolve("barrier.yaml"), """
                schema: barrier
                tables:
                  facts:
                    file: facts.csv
                    key: id
                    columns: {code: VARCHAR}
                    references:
                      - {columns: shop, table: shops}
                  shops: {file: shops.csv, key: id}
                """);
    }

    private static OpenSystem openDuckDb(Path catalog) throws SQLException {
        DuckDb duckDb = DuckDb.open(
                "",
                "CREATE TABLE facts AS FROM read_csv('" + catalog.resolve("facts.csv")
                        + "', all_varchar = false, types = {'code': 'VARCHAR'});\n"
                        + "CREATE TABLE shops AS FROM read_csv('" + catalog.resolve("shops.csv")
                        + "', all_varchar = false, types = {'id': 'BIGINT'});\n"
                        // As Icespar divides.
                        + "SET GLOBAL integer_division = true;");
        Connection connection = duckDb.connect();
        UnaryOperator<String> byHand = query ->
                query.replace("#", SEEN).replace("JOIN shops s", "JOIN (SELECT * FROM shops WHERE half = 0) s");
        return OpenSystem.of(
                List.of(new Contestant(BY_HAND, "some", asking(connection.createStatement(), byHand))), () -> {
                    try (duckDb) {
                        connection.close();
                    }
                });
    }

    private static OpenSystem openIcespar(Run run, Path folder, Path catalog) throws IOException, SQLException {
        IcesparServer server =
                IcesparServer.start(run.distribution(), folder.resolve("icespar"), catalog, "memory", """
                CREATE ROLE restricted;
                CREATE RESTRICTION kinds ON facts USING (kind < 50) TO restricted;
                CREATE RESTRICTION halves ON shops USING (half = 0) TO restricted;
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone PASSWORD 'changeit'; GRANT ROLE_USER, restricted TO USER someone;
                """);
        Connection connection = server.connect("someone");
        UnaryOperator<String> text = query -> query.replace("#", "facts");
        return OpenSystem.of(
                List.of(new Contestant(ICESPAR, "some", asking(connection.createStatement(), text))), () -> {
                    try (server) {
                        connection.close();
                    }
                });
    }

    private static Contestant.Ask asking(Statement statement, UnaryOperator<String> text) {
        Asking asking = new Asking(statement);
        return query -> asking.ask(text.apply(QUERIES.getOrDefault(query, query)));
    }
}
