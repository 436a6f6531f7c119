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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * JDBC clients at work on the built distribution, through the driver's jar: sqlline, a pool of HikariCP, Spring's
 * templates, jOOQ's reader of metadata, SchemaSpy, and H2's console in a browser. Each shows what it got.
 *
 * <p>Run as {@code java -cp CLASSES:DRIVER:LIBRARIES ClientsEndToEnd DISTRIBUTION DRIVER LIBRARIES SCHEMASPY OUTPUT}.
 */
final class ClientsEndToEnd {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String PASSWORD = "changeit";
    private static final Map<String, String> TOTALS =
            Map.of("parisian-user", "603", "french-user", "3027", "global-user", "8077");
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    private static final String ADMIN = "admin";
    private static final String FRENCH = "french-user";

    /** What is taken from everyone but administrators before the clients come. */
    private static final List<String> HIDING = List.of(
            "REVOKE SELECT (\"Shop size\") ON TABLE \"Shops\" FROM PUBLIC", "REVOKE SELECT ON TABLE \"Rates\" FROM PUBLIC");

    /** Names that only administrators may be shown, and what of them is in no other name. */
    private static final List<String> HIDDEN = List.of("Shop size", "Rates", "USD per EUR");

    private final String url;
    private final Path driver;
    private final Path libraries;
    private final Path schemaSpy;
    private final Path output;
    private int passed;
    private int failed;

    private ClientsEndToEnd(String url, Path driver, Path libraries, Path schemaSpy, Path output) {
        this.url = url;
        this.driver = driver;
        this.libraries = libraries;
        this.schemaSpy = schemaSpy;
        this.output = output;
    }

    public static void main(String[] arguments) throws Exception {
        var distribution = Path.of(arguments[0]).toAbsolutePath();
        var output = Files.createDirectories(Path.of(arguments[4]).toAbsolutePath());
        var builder = new ProcessBuilder(
                distribution.resolve("bin/icespar").toString(),
                "serve",
                "--port=0",
                "--stop-with-parent",
                "--data",
                Files.createTempDirectory("icespar clients").toString());
        int failed;
        try (var server = new Program(builder, Pattern.compile("listens at (http://127\\.0\\.0\\.1:\\d+)"))) {
            var test = new ClientsEndToEnd(
                    "jdbc:icespar:" + server.whenReady(),
                    Path.of(arguments[1]).toAbsolutePath(),
                    Path.of(arguments[2]).toAbsolutePath(),
                    Path.of(arguments[3]).toAbsolutePath(),
                    output);
            test.run();
            System.out.println();
            System.out.println(test.passed + " passed, " + test.failed + " failed");
            failed = test.failed;
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private void run() throws SQLException {
        administer(HIDING);
        check("sqlline lists tables and runs a query", this::sqlline);
        check("a pool of HikariCP serves 16 threads with 4 connections of each user", this::hikari);
        check("Spring's templates query with parameters", this::spring);
        check("jOOQ reads tables, keys and types, and none that are forbidden", this::jooq);
        check("SchemaSpy describes what the user may see, and all of it to an administrator", this::schemaSpy);
        h2Console();
    }

    private void administer(List<String> commands) throws SQLException {
        try (var connection = DriverManager.getConnection(url, ADMIN, PASSWORD);
                var statement = connection.createStatement()) {
            for (var command : commands) {
                statement.execute(command);
            }
        }
    }

    private String schemaSpy() throws Exception {
        var spy = new SchemaSpy(JAVA, driver, schemaSpy, url, output);
        var pages = spy.describe(FRENCH, PASSWORD);
        var words = contains(SchemaSpy.words(pages), "Sales_Shop_fkey", "Sales cube", "State or region");
        holdsNone(words, HIDDEN);
        contains(SchemaSpy.words(spy.describe(ADMIN, PASSWORD)), HIDDEN.toArray(String[]::new));
        try (var browser = new Chromium(output.resolve("screenshots"))) {
            browser.open(pages.resolve("relationships.html").toUri().toString());
            browser.photograph("schemaspy-relationships");
            browser.open(pages.resolve("tables/Shops.html").toUri().toString());
            browser.waitFor("body", "State or region");
            browser.photograph("schemaspy-shops");
            browser.open(pages.resolve("index.html").toUri().toString());
            var tables = browser.waitFor("#database_objects", "Sales cube");
            browser.photograph("schemaspy-tables");
            return tables;
        }
    }

    private void h2Console() {
        try (var console = new H2Console(JAVA, driver, library("h2"), output.resolve("screenshots"))) {
            check("H2's console tests a connection, and shows why a login is refused", () -> {
                contains(console.test(url, FRENCH, PASSWORD), "Test successful");
                console.photograph("h2-console-dialog");
                console.connect(url, FRENCH, "wrong");
                var error = contains(console.loginError(), "28000");
                console.photograph("h2-console-login");
                return error;
            });
            check("H2's console shows the tree of what the user may see", () -> {
                console.connect(url, FRENCH, PASSWORD);
                var tree = console.tree("Shops");
                console.photograph("h2-console-tree");
                equal(true, tree.containsAll(List.of("Sales", "Shops", "City", "Quantity", "Sales cube")));
                holdsNone(tree.toString(), HIDDEN);
                return tree.toString();
            });
            check("H2's console shows the user's rows only", () -> {
                var rows = contains(
                        console.run("SELECT \"City\", SUM(\"Quantity\") AS \"Sold\"\nFROM \"Sales\" JOIN \"Shops\" ON \"Shop\" = \"Shop ID\"\n"
                                + "GROUP BY ROLLUP(\"City\") ORDER BY 1 NULLS LAST"),
                        "Paris 603", "3027", "(6 rows,");
                holdsNone(rows, List.of("Chicago", "8077"));
                console.photograph("h2-console-rows");
                return rows;
            });
            check("H2's console shows errors, which are the same for what is hidden and what is not there", () -> {
                var hidden = console.runRefused("SELECT \"Shop size\" FROM \"Shops\"");
                console.photograph("h2-console-error");
                var missing = console.runRefused("SELECT \"Shop seize\" FROM \"Shops\"");
                equal(missing.replace("seize", "size"), hidden);
                return hidden;
            });
            check("H2's console cannot edit", () -> {
                var refused = contains(console.edit("SELECT * FROM \"Shops\"", "Rome"), "the rows go forward only");
                console.photograph("h2-console-edit");
                return refused;
            });
            check("H2's console shows an administrator all of it", () -> {
                console.connect(url, ADMIN, PASSWORD);
                equal(true, console.tree("Rates").containsAll(HIDDEN));
                return contains(console.run("SELECT SUM(\"Quantity\") FROM \"Sales\""), "8077");
            });
        } catch (Exception e) {
            check("H2's console starts and ends", () -> {
                throw e;
            });
        }
    }

    private Path library(String name) throws Exception {
        try (var jars = Files.newDirectoryStream(libraries, name + "-[0-9]*.jar")) {
            return jars.iterator().next();
        }
    }

    private String sqlline() throws Exception {
        var script = Files.writeString(
                output.resolve("sqlline.sql"),
                "!set outputformat csv\n!tables\n!columns Sales\n!columns Shops\n!primarykeys Shops\n!importedkeys Sales\n"
                        + "!exportedkeys Rates\n!indexes Sales\n!typeinfo\n!metadata getTablePrivileges \"\" % %\n!metadata getBestRowIdentifier \"\" retail Rates 0 true\n"
                        + TOTAL + ";\n!quit\n");
        var restricted = sqlline(script, FRENCH);
        contains(restricted, "'Sales'", "'Shop ID'", "'Sales_Shop_fkey'", "'VARCHAR'", "'3027'");
        holdsNone(restricted, HIDDEN.stream().map(name -> "'" + name + "'").toList());
        holdsNone(restricted, List.of("'Sales_Date_fkey'"));
        contains(sqlline(script, ADMIN), "'Rates'", "'Shop size'", "'Sales_Date_fkey'", "'8077'");
        return "3027 of 8077";
    }

    private String sqlline(Path script, String user) throws Exception {
        var text = java("sqlline.SqlLine", "-u", url, "-n", user, "-p", PASSWORD, "--run=" + script);
        Files.writeString(output.resolve("sqlline-" + user + ".txt"), text);
        return text;
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
        var restricted = jooq(FRENCH);
        equal(List.of("Sales", "Sales cube", "Shops"), restricted.tables());
        equal(List.of("Shop ID", "City", "State or region", "Country"), restricted.shops());
        equal(List.of("Shops"), restricted.referenced());
        var all = jooq(ADMIN);
        equal(List.of("Rates", "Sales", "Sales cube", "Shops"), all.tables());
        equal(List.of("Shop ID", "City", "State or region", "Country", "Shop size"), all.shops());
        equal(List.of("Rates", "Shops"), all.referenced());
        return restricted + "\n" + all;
    }

    /** What jOOQ reads of the sample: its tables, the columns of the shops, and what the sales refer to. */
    private record Read(List<String> tables, List<String> shops, List<String> referenced) {}

    private Read jooq(String user) throws SQLException {
        try (var connection = DriverManager.getConnection(url, user, PASSWORD)) {
            var meta = DSL.using(connection, SQLDialect.DEFAULT).meta();
            var sales = meta.getTables("Sales").get(0);
            equal("[Sale ID]", sales.getPrimaryKey().getFields().stream().map(field -> field.getName()).toList().toString());
            equal(Date.class, sales.field("Date").getType());
            return new Read(
                    meta.getTables().stream().map(table -> table.getName()).sorted().toList(),
                    Stream.of(meta.getTables("Shops").get(0).fields()).map(field -> field.getName()).toList(),
                    sales.getReferences().stream()
                            .map(reference -> reference.getKey().getTable().getName())
                            .sorted()
                            .toList());
        }
    }

    private String java(String main, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                JAVA.toString(),
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
            System.out.println("PASS " + name + "\n     " + check.call().replace("\n", "\n     "));
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

    private static String contains(String text, String... parts) {
        for (var part : parts) {
            if (!text.contains(part)) {
                throw new AssertionError("expected `" + part + "` in: " + text);
            }
        }
        return text;
    }

    private static void holdsNone(String text, List<String> parts) {
        for (var part : parts) {
            if (text.contains(part)) {
                throw new AssertionError("`" + part + "` stands where it must not, in: " + text);
            }
        }
    }
}
