import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * JDBC clients at work on the built distribution, through the driver's jar: sqlline, a pool of HikariCP, Spring's
 * templates, and jOOQ's reader of metadata. Each shows what it got.
 *
 * <p>Run as {@code java -cp CLASSES:DRIVER:LIBRARIES ClientsEndToEnd DISTRIBUTION DRIVER LIBRARIES OUTPUT}.
 */
final class ClientsEndToEnd {
    private static final String PASSWORD = "changeit";
    private static final Map<String, String> TOTALS =
            Map.of("parisian-user", "603", "french-user", "3027", "global-user", "8077");
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    private final String url;
    private final Path driver;
    private final Path libraries;
    private final Path output;
    private int passed;
    private int failed;

    private ClientsEndToEnd(String url, Path driver, Path libraries, Path output) {
        this.url = url;
        this.driver = driver;
        this.libraries = libraries;
        this.output = output;
    }

    public static void main(String[] arguments) throws Exception {
        var distribution = Path.of(arguments[0]).toAbsolutePath();
        var output = Files.createDirectories(Path.of(arguments[3]).toAbsolutePath());
        var server = new ProcessBuilder(
                        distribution.resolve("bin/icespar").toString(),
                        "serve",
                        "--port=0",
                        "--stop-with-parent",
                        "--data",
                        Files.createTempDirectory("icespar clients").toString())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
        var test = new ClientsEndToEnd(
                "jdbc:icespar:" + address(server),
                Path.of(arguments[1]).toAbsolutePath(),
                Path.of(arguments[2]).toAbsolutePath(),
                output);
        test.run();
        System.out.println();
        System.out.println(test.passed + " passed, " + test.failed + " failed");
        System.exit(test.failed == 0 ? 0 : 1);
    }

    private static String address(Process server) throws Exception {
        var ready = Pattern.compile("listens at (http://127\\.0\\.0\\.1:\\d+)");
        var lines = server.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var matcher = ready.matcher(line);
            if (matcher.find()) {
                // What it prints later is of no interest, but must be read.
                CompletableFuture.runAsync(() -> lines.lines().forEach(other -> {}));
                return matcher.group(1);
            }
        }
        throw new IllegalStateException("the server did not start");
    }

    private void run() {
        check("sqlline lists tables and runs a query", this::sqlline);
        check("a pool of HikariCP serves 16 threads with 4 connections of each user", this::hikari);
        check("Spring's templates query with parameters", this::spring);
        check("jOOQ reads tables, keys and types, and none that are forbidden", this::jooq);
    }

    private String sqlline() throws Exception {
        var script = Files.writeString(
                output.resolve("sqlline.sql"),
                "!set outputformat csv\n!tables\n!columns Shops\n!primarykeys Shops\n!importedkeys Sales\n!typeinfo\n"
                        + TOTAL + ";\n!quit\n");
        var text = java("sqlline.SqlLine", "-u", url, "-n", "french-user", "-p", PASSWORD, "--run=" + script);
        Files.writeString(output.resolve("sqlline.txt"), text);
        contains(text, "'Sales'", "'Shop ID'", "'Sales_Shop_fkey'", "'VARCHAR'", "'3027'");
        return "3027";
    }

    private String hikari() throws Exception {
        var rounds = 50;
        var results = new ArrayList<String>();
        for (var user : TOTALS.keySet()) {
            var config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(PASSWORD);
            config.setMaximumPoolSize(4);
            config.setReadOnly(true);
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
            config.setLeakDetectionThreshold(TimeUnit.SECONDS.toMillis(30));
            // Each connection is asked whether it is valid before it is handed out.
            config.setKeepaliveTime(TimeUnit.SECONDS.toMillis(30));
            System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
            try (var pool = new HikariDataSource(config);
                    var threads = new Threads(16)) {
                Callable<String> work = () -> {
                    for (int i = 0; i < rounds; i++) {
                        try (var connection = pool.getConnection();
                                var statement = connection.prepareStatement(TOTAL + " WHERE \"Quantity\" > ?")) {
                            statement.setInt(1, 0);
                            try (var rows = statement.executeQuery()) {
                                rows.next();
                                equal(TOTALS.get(user), rows.getString(1));
                            }
                        }
                    }
                    return user;
                };
                for (var done : threads.all(work)) {
                    equal(user, done);
                }
                equal(true, pool.getHikariPoolMXBean().getTotalConnections() <= 4);
                equal(0, pool.getHikariPoolMXBean().getActiveConnections());
            }
            results.add(user + " " + 16 * rounds + " times " + TOTALS.get(user));
        }
        return String.join(", ", results);
    }

    private record Threads(ExecutorService executor, int count) implements AutoCloseable {
        Threads(int count) {
            this(Executors.newFixedThreadPool(count), count);
        }

        List<String> all(Callable<String> work) throws Exception {
            var results = new ArrayList<String>();
            for (var done : executor.invokeAll(Stream.generate(() -> work).limit(count).toList())) {
                results.add(done.get());
            }
            return results;
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }

    private String spring() {
        var source = new DriverManagerDataSource(url, "french-user", PASSWORD);
        var template = new JdbcTemplate(source);
        template.setFetchSize(2);
        template.setMaxRows(3);
        template.setQueryTimeout(30);
        var cities = template.queryForList("SELECT DISTINCT \"City\" FROM \"Shops\" ORDER BY 1", String.class);
        equal(List.of("Lyon", "Marseille", "Nice"), cities);
        var named = new NamedParameterJdbcTemplate(source);
        var shops = named.queryForObject(
                "SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" IN (:cities)",
                Map.of("cities", List.of("Paris", "Lyon", "New York")),
                Long.class);
        var rows = named.queryForList(
                "SELECT \"Sale ID\", \"Date\", \"Unit price\" FROM \"Sales\" WHERE \"Date\" >= :day ORDER BY 1 LIMIT 1",
                Map.of("day", LocalDate.of(2021, 1, 1)));
        equal(1, rows.size());
        return cities + ", " + shops + " shops, " + rows.get(0);
    }

    private String jooq() throws SQLException {
        try (var connection = DriverManager.getConnection(url, "french-user", PASSWORD)) {
            var meta = DSL.using(connection, SQLDialect.DEFAULT).meta();
            var sales = meta.getTables("Sales").get(0);
            var tables = meta.getTables().stream()
                    .filter(table -> table.getSchema() != null && table.getSchema().getName().equals(sales.getSchema().getName()))
                    .map(table -> table.getName())
                    .sorted()
                    .collect(Collectors.toList());
            equal(true, tables.containsAll(List.of("Sales", "Shops")));
            equal("[Sale ID]", sales.getPrimaryKey().getFields().stream().map(field -> field.getName()).toList().toString());
            var references = sales.getReferences().stream()
                    .map(reference -> reference.getKey().getTable().getName())
                    .sorted()
                    .toList();
            equal(true, references.contains("Shops"));
            equal(Date.class, sales.field("Date").getType());
            return tables + ", Sales references " + references;
        }
    }

    private String java(String main, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Duser.home=" + output,
                "-cp",
                driver + ":" + libraries + "/*",
                main));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (var stream = process.getInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroy();
        }
    }

    // ---- Checks

    private void check(String name, Callable<String> check) {
        try {
            System.out.println("PASS " + name + "\n     " + check.call());
            passed++;
        } catch (Exception | AssertionError e) {
            System.out.println("FAIL " + name + "\n     " + e);
            failed++;
        }
    }

    private static void equal(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + "\nfound    " + found);
        }
    }

    private static void contains(String text, String... parts) {
        for (var part : parts) {
            if (!text.contains(part)) {
                throw new AssertionError("expected `" + part + "` in: " + text);
            }
        }
    }
}
