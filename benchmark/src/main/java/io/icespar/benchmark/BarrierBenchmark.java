package io.icespar.benchmark;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs that an expression which can fail is never computed of a hidden row: queries of a restricted caller, each
 * beside the same on DuckDB itself with the restrictions' conditions written by hand, where DuckDB moves what it likes. Half
 * of the rows are hidden. Each query is there once with an expression that cannot fail and once with one that can.
 */
public final class BarrierBenchmark {
    private static final int ROUNDS = 25;
    private static final int SHOPS = 1_000;
    private static final Name USER = Name.of("someone");

    /** Rows that are seen, as DuckDB has them. */
    private static final String SEEN =
            "(SELECT * FROM facts WHERE kind < 50 AND shop IN (SELECT id FROM shops WHERE half = 0))";

    private static final Map<String, String> QUERIES = new LinkedHashMap<>();

    static {
        QUERIES.put("sum, cannot fail", "SELECT COUNT(*), MAX(amount) FROM #");
        QUERIES.put("sum of quotients", "SELECT COUNT(*), MAX(amount / quantity) FROM #");
        QUERIES.put("condition, cannot fail", "SELECT COUNT(*) FROM # WHERE amount > 500");
        QUERIES.put("condition on a quotient", "SELECT COUNT(*) FROM # WHERE amount / quantity > 100");
        QUERIES.put("condition on a cast", "SELECT COUNT(*) FROM # WHERE CAST(code AS INTEGER) > 500000");
        QUERIES.put("groups, cannot fail", "SELECT kind, COUNT(*), SUM(amount) FROM # GROUP BY kind");
        QUERIES.put("groups by a quotient", "SELECT amount / quantity, COUNT(*) FROM # GROUP BY amount / quantity");
        QUERIES.put(
                "join, cannot fail", "SELECT s.half, COUNT(*) FROM # f JOIN shops s ON f.shop = s.id GROUP BY s.half");
        QUERIES.put(
                "join on a sum",
                "SELECT s.half, COUNT(*) FROM # f JOIN shops s ON f.shop + 0 = s.id AND f.amount / f.quantity >= 0 GROUP BY s.half");
        QUERIES.put("order of a quotient, limited", "SELECT id FROM # ORDER BY amount / quantity DESC, id LIMIT 10");
        QUERIES.put("text put together", "SELECT MAX(code || '-' || CAST(id AS VARCHAR)) FROM #");
    }

    private final Session session;
    private final Statement duckDb;

    private BarrierBenchmark(Session session, Statement duckDb) {
        this.session = session;
        this.duckDb = duckDb;
    }

    /**
     * Measures, and prints a line for each query.
     *
     * @param arguments the folder that is written to; and, if they are not 5,000,000, the number of rows
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000_000;
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        write(catalog, rows);
        System.out.printf(
                Locale.ROOT,
                "barrier, %d rows, %d processors, medians of %d%n",
                rows,
                Runtime.getRuntime().availableProcessors(),
                ROUNDS);
        try (Engine engine = open(folder);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {"facts", "shops"}) {
                statement.execute("CREATE TABLE " + table + " AS FROM read_csv('" + catalog.resolve(table + ".csv")
                        + "', all_varchar = false, types = {"
                        + ("facts".equals(table) ? "'code': 'VARCHAR'" : "'id': 'BIGINT'")
                        + "})");
            }
            statement.execute("SET jdbc_stream_results = true");
            // As Icespar divides.
            statement.execute("SET integer_division = true");
            new BarrierBenchmark(engine.session(USER), statement).run();
        }
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

    private static Engine open(Path folder) throws IOException {
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE ROLE restricted;
                CREATE RESTRICTION kinds ON facts USING (kind < 50) TO restricted;
                CREATE RESTRICTION halves ON shops USING (half = 0) TO restricted;
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone; GRANT ROLE_USER, restricted TO USER someone;
                """);
        return Engine.open(
                EngineSettings.read(
                        Files.writeString(
                                folder.resolve("icespar.yaml"),
                                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n")));
    }

    private void run() {
        double product = 1;
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
            String byHand = query.getValue()
                    .replace("#", SEEN)
                    .replace("JOIN shops s", "JOIN (SELECT * FROM shops WHERE half = 0) s");
            String asked = query.getValue().replace("#", "facts");
            SideBySide times = SideBySide.measure(ROUNDS, () -> askDuckDb(byHand), () -> ask(asked));
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %8.2f ms beside %8.2f ms: %.3f times%n",
                    query.getKey(),
                    times.other().toNanos() / 1e6,
                    times.one().toNanos() / 1e6,
                    times.ratio());
            product *= times.ratio();
        }
        System.out.printf(Locale.ROOT, "geometric mean: %.3f times%n", Math.pow(product, 1.0 / QUERIES.size()));
    }

    private void ask(String sql) {
        try (RowStream rows = ((Answer.Rows) session.query(sql)).stream()) {
            while (rows.next() != null) {
                // Only to read them all.
            }
        }
    }

    private void askDuckDb(String sql) {
        try (ResultSet rows = duckDb.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    rows.getObject(i);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
