import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The end-to-end test: starts the built distribution as a process, and asks it as a user would, through HTTP, the
 * command line and the thin driver. Nothing but the driver's jar is on the class path.
 *
 * <p>Run as {@code java -cp icespar-jdbc-VERSION.jar EndToEnd.java DISTRIBUTION}. Its last line is
 * {@code N passed, N failed}, and the exit code 1 if a check failed.
 */
final class EndToEnd {
    private static final String PASSWORD = "changeit";

    /** What each user may see of the sample: the sum of the quantities, and how it falls on the cities. */
    private static final Map<String, String> CITIES = new LinkedHashMap<>();

    static {
        CITIES.put("parisian-user", "total 603, Paris 603");
        CITIES.put("french-user", "total 3027, Lyon 609, Marseille 603, Nice 609, Paris 603, Saint-Étienne 603");
        CITIES.put(
                "global-user",
                "total 8077, Chicago 603, Houston 606, Los Angeles 606, Lyon 609, Marseille 603, New York 808, Nice 609,"
                        + " Paris 603, Saint-Étienne 603, San Antonio 606, San Diego 606, San Francisco 612, San Jose"
                        + " 603");
    }

    private static final Map<String, String> TOTALS =
            Map.of("parisian-user", "603", "french-user", "3027", "global-user", "8077");

    private static final String BY_CITY =
            """
            SELECT "City", SUM("Quantity")
            FROM "Sales" JOIN "Shops" ON "Sales"."Shop" = "Shops"."Shop ID"
            GROUP BY ROLLUP("City") ORDER BY 1""";

    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    /** Ways to ask for the sum of the quantities; none may lead around a restriction. */
    private static final Map<String, String> WAYS_TO_THE_TOTAL = new LinkedHashMap<>();

    static {
        WAYS_TO_THE_TOTAL.put("without the restricted table", TOTAL);
        WAYS_TO_THE_TOTAL.put(
                "EXISTS",
                """
                SELECT SUM("Quantity") FROM "Sales" AS s
                WHERE EXISTS (SELECT 1 FROM "Shops" AS h WHERE h."Shop ID" = s."Shop")""");
        WAYS_TO_THE_TOTAL.put(
                "IN", "SELECT SUM(\"Quantity\") FROM \"Sales\" WHERE \"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\")");
        WAYS_TO_THE_TOTAL.put(
                "a scalar sub-query", "SELECT (SELECT SUM(\"Quantity\") FROM \"Sales\") FROM (VALUES (1)) AS v (n)");
        WAYS_TO_THE_TOTAL.put("WITH", "WITH mine AS (SELECT \"Quantity\" AS q FROM \"Sales\") SELECT SUM(q) FROM mine");
        WAYS_TO_THE_TOTAL.put(
                "UNION ALL",
                """
                SELECT SUM(q) FROM (
                  SELECT "Quantity" AS q FROM "Sales" WHERE "Date" < DATE '2021-01-20'
                  UNION ALL
                  SELECT "Quantity" FROM "Sales" WHERE "Date" >= DATE '2021-01-20') AS u""");
        WAYS_TO_THE_TOTAL.put(
                "EXCEPT",
                """
                SELECT SUM("Quantity") FROM "Sales" WHERE "Sale ID" IN (
                  SELECT "Sale ID" FROM "Sales" EXCEPT SELECT "Shop ID" FROM "Shops")""");
        WAYS_TO_THE_TOTAL.put(
                "a window", "SELECT MAX(t) FROM (SELECT SUM(\"Quantity\") OVER () AS t FROM \"Sales\") AS w");
        WAYS_TO_THE_TOTAL.put(
                "a left join",
                "SELECT SUM(\"Quantity\") FROM \"Sales\" LEFT JOIN \"Shops\" ON \"Shop\" = \"Shop ID\"");
        WAYS_TO_THE_TOTAL.put(
                "a right join",
                "SELECT SUM(\"Quantity\") FROM \"Sales\" RIGHT JOIN \"Shops\" ON \"Shop\" = \"Shop ID\"");
        WAYS_TO_THE_TOTAL.put(
                "a self-join",
                """
                SELECT SUM(a."Quantity") FROM "Sales" AS a JOIN "Sales" AS b ON a."Sale ID" = b."Sale ID\"""");
        WAYS_TO_THE_TOTAL.put(
                "VALUES",
                "SELECT SUM(q) FROM (SELECT \"Quantity\" AS q FROM \"Sales\" UNION ALL VALUES (0)) AS u");
    }

    /** Exit codes that `icespar --help` names. */
    private static final int UNAVAILABLE = 69;

    private static final int STORE_FAILED = 74;
    private static final int WRONG_CONFIGURATION = 78;

    private final Path distribution;
    private final Path work;
    private final List<Process> started = Collections.synchronizedList(new ArrayList<>());
    private int folders;
    private int passed;
    private int failed;

    private EndToEnd(Path distribution, Path work) {
        this.distribution = distribution;
        this.work = work;
    }

    public static void main(String[] arguments) throws Exception {
        var work = Files.createTempDirectory("icespar end to end");
        var test = new EndToEnd(Path.of(arguments[0]).toAbsolutePath(), work);
        // Also when the test itself is stopped: no process of its own outlives it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            test.started.forEach(Process::destroyForcibly);
            deleteAll(work);
        }));
        test.run();
        System.out.println();
        System.out.println(test.passed + " passed, " + test.failed + " failed");
        System.exit(test.failed == 0 ? 0 : 1);
    }

    private void run() throws Exception {
        theDriver();
        try (var server = start(conf(), data())) {
            theSample(server);
            logins(server);
            http(server);
            theCommandLine(server);
            changesByAnAdministrator(server);
        }
        stopping();
        brokenStarts();
    }

    // ---- What is checked

    private void theDriver() {
        check("the driver's jar holds only classes of Icespar", () -> {
            var strangers = new ArrayList<String>();
            try (var jar = new JarFile(System.getProperty("java.class.path"))) {
                jar.stream()
                        .map(entry -> entry.getName().replaceFirst("^META-INF/versions/\\d+/", ""))
                        .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
                        .filter(name -> !name.startsWith("io/icespar/"))
                        .forEach(strangers::add);
            }
            equal(List.of(), strangers.stream().limit(5).toList());
        });
    }

    private void theSample(Server server) {
        CITIES.forEach((user, expected) -> check(user + " sees: " + expected, () -> {
            try (var connection = server.connect(user)) {
                equal(expected, cities(connection));
            }
        }));
        WAYS_TO_THE_TOTAL.forEach((way, sql) -> check("each sees their own total by way of " + way, () -> {
            for (var user : TOTALS.keySet()) {
                try (var connection = server.connect(user)) {
                    equal(user + " " + TOTALS.get(user), user + " " + single(connection, sql));
                }
            }
        }));
        check("a prepared statement with parameters sees the caller's rows", () -> {
            try (var connection = server.connect("french-user");
                    var statement = connection.prepareStatement(
                            "SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" = ? OR \"Country\" <> ?")) {
                // 3 of the 40 shops are in Paris; those outside France are hidden.
                statement.setString(1, "Paris");
                statement.setString(2, "France");
                equal("3", single(statement));
                statement.setString(1, "New York");
                equal("0", single(statement));
            }
        });
        check("names and types of the columns arrive", () -> {
            try (var connection = server.connect("global-user");
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT * FROM \"Shops\" WHERE 1 = 0")) {
                var names = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    names.add(rows.getMetaData().getColumnLabel(i));
                }
                equal(List.of("Shop ID", "City", "State or region", "Country", "Shop size"), names);
            }
        });
        check("the metadata has the tables, a key and the reference", () -> {
            try (var connection = server.connect("global-user")) {
                var metadata = connection.getMetaData();
                equal("[Sales, Shops, Sales cube]", strings(metadata.getTables(null, null, "S%", null), "TABLE_NAME"));
                equal("[Shop ID]", strings(metadata.getPrimaryKeys(null, null, "Shops"), "COLUMN_NAME"));
                equal("[Shops]", strings(metadata.getImportedKeys(null, null, "Sales"), "PKTABLE_NAME"));
            }
        });
        check("an error has an SQLSTATE, and names what is wrong", () -> {
            try (var connection = server.connect("french-user")) {
                refused("42P01", () -> single(connection, "SELECT 1 FROM \"Nowhere\""), "`Nowhere`");
                refused("42601", () -> single(connection, "SELEKT 1"), "line 1, column 1");
                equal("3027", single(connection, TOTAL));
            }
        });
    }

    private void logins(Server server) {
        check("a wrong password is refused, in the same words as an unknown user", () -> {
            var wrong = refused("28000", () -> server.connect("french-user", "wrong"));
            var unknown = refused("28000", () -> server.connect("nobody", PASSWORD));
            equal(wrong, unknown.replace("nobody", "french-user"));
        });
        check("no password is refused", () -> refused("28000", () -> server.connect("french-user", "")));
        check("a server that is not there is named", () -> {
            int port = unusedPort();
            refused("08", () -> connect("jdbc:icespar:http://127.0.0.1:" + port, "u", PASSWORD), "127.0.0.1:" + port);
        });
        check("an unknown option is named", () -> {
            var url = server.jdbcUrl() + "?colour=red";
            refused("", () -> connect(url, "french-user", PASSWORD), "colour");
        });
        check("a wrong URL is refused, with an example", () ->
                refused("08", () -> connect("jdbc:icespar:nonsense", "french-user", PASSWORD), "jdbc:icespar:http"));
    }

    private void http(Server server) {
        check("/health/live and /health/ready need no login", () -> {
            equal(200, server.get("/health/live", "").statusCode());
            equal(200, server.get("/health/ready", "").statusCode());
        });
        check("/whoami without credentials is 401, and says how to log in", () -> {
            var answer = server.get("/whoami", "");
            equal(401, answer.statusCode());
            contains(answer.headers().firstValue("WWW-Authenticate").orElse("nothing"), "Basic");
        });
        check("/whoami gives the name and the roles", () -> {
            var answer = server.get("/whoami", "french-user");
            equal(200, answer.statusCode());
            contains(answer.body().replace(" ", ""), "\"name\":\"french-user\"", "\"ROLE_FRANCE\"", "\"ROLE_USER\"");
        });
        check("/schema draws the tables that the user may know of: a page for browsers, its text for others", () -> {
            equal(401, server.get("/schema", "").statusCode());
            var answer = server.get("/schema", "french-user");
            equal(200, answer.statusCode());
            equal("text/plain;charset=utf-8", answer.headers().firstValue("Content-Type").orElse("nothing"));
            contains(
                    answer.body(),
                    "  \"Sales\" {\n    _ VARCHAR PK \"Sale ID\"\n",
                    "  \"Sales\" }o--o| \"Shops\" : \"`Shop` = `Shop ID`\"\n");
            try (var admin = server.connect("admin")) {
                run(admin, "REVOKE SELECT (\"Unit price\") ON TABLE \"Sales\" FROM PUBLIC");
                equal(false, server.get("/schema", "french-user").body().contains("Unit price"));
                run(admin, "GRANT SELECT ON TABLE \"Sales\" TO PUBLIC");
            }
        });
        check("/avatica without credentials is 401", () -> equal(401, server.post("/avatica", "{}", "").statusCode()));
        check("nonsense to /avatica gives no stack trace", () -> {
            var answer = server.post("/avatica", "{\"request\":\"nonsense\"}", "french-user");
            if (answer.statusCode() < 400 || answer.statusCode() > 599) {
                throw new AssertionError("status " + answer.statusCode());
            }
            noStackTrace(answer.body());
        });
    }

    private void theCommandLine(Server server) {
        check("icespar sql -e prints the rows that the user may see", () -> {
            var run = sql(server, "french-user", PASSWORD, "-e", BY_CITY);
            equal(0, run.code());
            contains(run.output(), "Saint-Étienne", "3027");
            equal(false, run.output().contains("New York"));
        });
        check("icespar sql -f runs a script", () -> {
            var script = Files.writeString(folder().resolve("script.sql"), TOTAL + ";\n");
            var run = sql(server, "parisian-user", PASSWORD, "-f", script.toString());
            equal(0, run.code());
            contains(run.output(), "603");
        });
        check("icespar sql runs what is piped to it, up to its last line", () -> {
            for (String end : List.of("", ";", ";\n!quit\n", "; -- a comment")) {
                var run = icespar(
                        PASSWORD,
                        TOTAL + end,
                        new String[] {"sql", "--url", server.jdbcUrl(), "--user", "parisian-user"});
                contains(run.output(), "603");
                equal(0, run.code());
                equal(false, run.output().contains("connection"));
            }
        });
        check("icespar sql with a wrong password fails, with one line", () -> {
            var run = sql(server, "french-user", "wrong", "-e", TOTAL);
            equal(77, run.code());
            equal(1L, run.output().lines().count());
            noStackTrace(run.output());
        });
        check("icespar sql with a wrong statement fails", () -> {
            var run = sql(server, "french-user", PASSWORD, "-e", "SELECT 1 FROM \"Nowhere\"");
            equal(1, run.code());
            contains(run.output(), "Nowhere");
            noStackTrace(run.output());
        });
        check("icespar security export writes a script, and sql -f tells where one fails", () -> {
            var file = folder().resolve("export.sql");
            var export = icespar(
                    PASSWORD,
                    "",
                    new String[] {
                        "security", "export", "--url", server.jdbcUrl(), "--user", "admin", "--output", file.toString()
                    });
            equal(0, export.code());
            contains(Files.readString(file), "CREATE ROLE \"ROLE_PARIS\";", "CREATE USER \"admin\" PASSWORD HASH '");
            var run = sql(server, "admin", PASSWORD, "-f", file.toString());
            equal(1, run.code());
            contains(run.output(), file + ":3: ", "exists already");
            equal(77, sql(server, "admin", "wrong", "-f", file.toString()).code());
        });
        check("icespar --help names the commands", () -> {
            var run = icespar("", "--help");
            equal(0, run.code());
            contains(run.output(), "serve", "sql");
        });
    }

    private void changesByAnAdministrator(Server server) {
        check("a change of restrictions reaches open connections and prepared statements with their next statement", () -> {
            try (var admin = server.connect("admin");
                    var french = server.connect("french-user");
                    var prepared = french.prepareStatement(TOTAL)) {
                equal("3027", both(french, prepared));

                // Another subject is a further condition: France and big.
                run(admin, "CREATE RESTRICTION big ON \"Shops\" USING (\"Shop size\" = 'big') TO ROLE_FRANCE");
                equal("404", both(french, prepared));
                run(admin, "REVOKE RESTRICTION big FROM ROLE_FRANCE");
                equal("3027", both(french, prepared));
                run(admin, "GRANT RESTRICTION big TO ROLE_FRANCE");
                equal("404", both(french, prepared));
                run(admin, "DROP RESTRICTION big");
                equal("3027", both(french, prepared));

                // Another role is a further condition too: its restriction has another subject.
                run(admin, "GRANT ROLE_PARIS TO USER \"french-user\"");
                equal("603", both(french, prepared));
                run(admin, "REVOKE ROLE_PARIS FROM USER \"french-user\"");
                equal("3027", both(french, prepared));
            }
        });
        check("{France and big} or {USA and small} is 3031", () -> {
            try (var admin = server.connect("admin")) {
                run(admin, "CREATE ROLE ROLE_A");
                run(admin, "CREATE ROLE ROLE_B");
                run(
                        admin,
                        "CREATE RESTRICTION a ON \"Shops\" USING (\"Country\" = 'France' AND \"Shop size\" = 'big') TO"
                                + " ROLE_A");
                run(
                        admin,
                        "CREATE RESTRICTION b ON \"Shops\" USING (\"Country\" = 'USA' AND \"Shop size\" = 'small') TO"
                                + " ROLE_B");
                run(admin, "CREATE USER two_roles PASSWORD 'changeit'");
                run(admin, "GRANT ROLE_USER, ROLE_A, ROLE_B TO USER two_roles");
            }
            try (var caller = server.connect("two_roles")) {
                equal("3031", single(caller, TOTAL));
            }
        });
        check("a dropped user is shut out at once", () -> {
            // Not closed: to the server the connection is gone with its user.
            var caller = server.connect("two_roles");
            try (var admin = server.connect("admin")) {
                run(admin, "DROP USER two_roles");
                refused("28000", () -> single(caller, TOTAL));
                refused("28000", () -> server.connect("two_roles"));
            }
        });
        check("a changed password holds at once", () -> {
            try (var admin = server.connect("admin")) {
                run(admin, "CREATE USER changing PASSWORD 'old'");
                run(admin, "GRANT ROLE_USER TO USER changing");
                server.connect("changing", "old").close();
                run(admin, "ALTER USER changing PASSWORD 'new'");
                refused("28000", () -> server.connect("changing", "old"));
                server.connect("changing", "new").close();
            }
        });
        check("a user without ROLE_USER is refused", () -> {
            try (var admin = server.connect("admin")) {
                run(admin, "CREATE USER outsider PASSWORD 'changeit'");
            }
            refused("28000", () -> server.connect("outsider"));
            equal(403, server.get("/whoami", "outsider").statusCode());
        });
        check("only an administrator may change who sees what", () -> {
            try (var connection = server.connect("french-user")) {
                refused("42501", () -> run(connection, "GRANT ROLE_ADMIN TO USER \"french-user\""));
                refused("42501", () -> run(connection, "DROP USER admin"));
            }
        });
    }

    private void stopping() {
        check("SIGTERM stops it cleanly; what an administrator did is still there after a new start", () -> {
            var conf = conf();
            var data = data();
            int port;
            try (var server = start(conf, data)) {
                port = server.port();
                try (var admin = server.connect("admin")) {
                    run(admin, "CREATE RESTRICTION big ON \"Shops\" USING (\"Shop size\" = 'big') TO ROLE_FRANCE");
                }
                var exit = server.stop();
                if (exit != 0 && exit != 128 + 15) {
                    throw new AssertionError("exit code " + exit + ":\n" + server.output());
                }
                noStackTrace(server.output());
            }
            refused("08", () -> connect("jdbc:icespar:http://127.0.0.1:" + port, "admin", PASSWORD));
            try (var server = start(conf, data);
                    var french = server.connect("french-user")) {
                equal("404", single(french, TOTAL));
            }
        });
    }

    private void brokenStarts() {
        failsToStart("an unknown key in icespar.yaml", conf -> {
            append(conf.resolve("icespar.yaml"), "sekurity: {}\n");
            return List.of("icespar.yaml:", "`sekurity`");
        });
        failsToStart("an icespar.yaml that is not YAML", conf -> {
            append(conf.resolve("icespar.yaml"), "\n: [\n");
            return List.of("icespar.yaml:");
        });
        failsToStart("a missing table file", conf -> {
            Files.delete(find(conf, "sales.csv"));
            return List.of("retail.yaml:", "sales.csv");
        });
        failsToStart("a row with a field too many", conf -> {
            var sales = find(conf, "sales.csv");
            append(sales, lastLine(sales).replaceFirst("^[^,]*", "S999999999") + ",surplus\n");
            return List.of("sales.csv:5002:");
        });
        failsToStart("a value that does not fit its column", conf -> {
            var sales = find(conf, "sales.csv");
            append(sales, lastLine(sales).replaceFirst("^[^,]*", "S999999999").replaceFirst("[^,]*$", "cheap") + "\n");
            return List.of("sales.csv:5002:", "`Unit price`", "`cheap`", "DECIMAL(10, 2)");
        });
        failsToStart("a key that is there twice", conf -> {
            var shops = find(conf, "shops.csv");
            append(shops, lastLine(shops) + "\n");
            return List.of("shops.csv:42:", "twice");
        });
        failsToStart("a reference from a column that is not there", conf -> {
            var retail = conf.resolve("catalog/retail.yaml");
            Files.writeString(retail, Files.readString(retail).replace("- columns: Shop\n", "- columns: Shoop\n"));
            return List.of("retail.yaml:", "`Shoop`", "`Shop`");
        });
        failsToStart("a bootstrap script with an error", conf -> {
            append(conf.resolve("bootstrap.sql"), "\nCREATE ROLL oops;\n");
            return List.of("bootstrap.sql:");
        });
        failsToStart("a bootstrap script that names an unknown table", conf -> {
            append(conf.resolve("bootstrap.sql"), "\nCREATE RESTRICTION r ON \"Shps\" USING (1 = 1);\n");
            return List.of("bootstrap.sql:", "`Shps`");
        });
        check("a port in use ends the start with one error", () -> {
            try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                oneError(UNAVAILABLE, serve(conf(), data(), taken.getLocalPort()), List.of(String.valueOf(taken.getLocalPort())));
            }
        });
        check("a corrupt security store ends the start with one error", () -> {
            var conf = conf();
            var data = data();
            start(conf, data).close();
            var stores = files(data).stream()
                    .filter(file -> file.toString().endsWith(".mv.db"))
                    .toList();
            equal(1, stores.size());
            Files.writeString(stores.get(0), "this is no database".repeat(1000));
            oneError(STORE_FAILED, serve(conf, data, 0), List.of(stores.get(0).getFileName().toString()));
        });
        check("an address other than this machine's own is refused without TLS", () -> {
            var conf = conf();
            var settings = conf.resolve("icespar.yaml");
            var text = Files.readString(settings);
            Files.writeString(settings, text.replace("127.0.0.1", "0.0.0.0"));
            notEqual(text, Files.readString(settings));
            oneError(WRONG_CONFIGURATION, serve(conf, data(), 0), List.of("icespar.yaml:", "`0.0.0.0`"));
        });
        check("an unknown option of the command line is named", () -> {
            var run = icespar("", "serve", "--prot", "1");
            equal(64, run.code());
            contains(run.output(), "--prot");
            noStackTrace(run.output());
        });
    }

    /** Breaks a copy of the sample's configuration, and gives what the error must name. */
    private interface Breaking {
        List<String> in(Path conf) throws IOException;
    }

    private void failsToStart(String what, Breaking breaking) {
        check(what + " ends the start with one error", () -> {
            var conf = conf();
            var named = breaking.in(conf);
            oneError(WRONG_CONFIGURATION, serve(conf, data(), 0), named);
        });
    }

    /** The server ended with the exit code; but for the progress of loading it said one line, which names all. */
    private static void oneError(int code, Run run, List<String> named) {
        var lines = run.output()
                .lines()
                .filter(line -> !line.startsWith("Loading ") && !line.startsWith("Loaded "))
                .toList();
        if (lines.size() != 1
                || !lines.get(0).startsWith("icespar: ")
                || !named.stream().allMatch(lines.get(0)::contains)) {
            throw new AssertionError("expected one line that names " + named + ":\n" + run.output());
        }
        noStackTrace(run.output());
        equal(code, run.code());
    }

    // ---- The distribution as a process

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    /** A finished process: its exit code, and all it wrote. */
    private record Run(int code, String output) {}

    /** A running server. */
    private final class Server implements AutoCloseable {
        private final Process process;
        private final StringBuffer output = new StringBuffer();
        private final CompletableFuture<Integer> port = new CompletableFuture<>();
        private final Thread reader;

        Server(Process process) {
            this.process = process;
            reader = new Thread(() -> read(process.getInputStream(), line -> {
                output.append(line).append('\n');
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.parseInt(address.group(1)));
                }
            }));
            reader.start();
            process.onExit()
                    .thenRun(() -> port.completeExceptionally(new AssertionError("the server ended:\n" + output)));
        }

        int port() throws InterruptedException, ExecutionException, TimeoutException {
            return port.get(120, SECONDS);
        }

        String jdbcUrl() throws Exception {
            return "jdbc:icespar:http://127.0.0.1:" + port();
        }

        Connection connect(String user) throws Exception {
            return connect(user, PASSWORD);
        }

        Connection connect(String user, String password) throws Exception {
            return EndToEnd.connect(jdbcUrl(), user, password);
        }

        HttpResponse<String> get(String path, String user) throws Exception {
            return send(HttpRequest.newBuilder().GET(), path, user);
        }

        HttpResponse<String> post(String path, String json, String user) throws Exception {
            return send(
                    HttpRequest.newBuilder()
                            .POST(HttpRequest.BodyPublishers.ofString(json))
                            .header("Content-Type", "application/json"),
                    path,
                    user);
        }

        private HttpResponse<String> send(HttpRequest.Builder request, String path, String user) throws Exception {
            request.uri(URI.create("http://127.0.0.1:" + port() + path));
            if (!user.isEmpty()) {
                var credentials = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
                request.header(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
            }
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        String output() {
            return output.toString();
        }

        /** Stops it by SIGTERM, and gives the exit code. */
        int stop() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(60, SECONDS)) {
                throw new AssertionError("the server does not stop:\n" + output);
            }
            reader.join(10_000);
            return process.exitValue();
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }

    private Server start(Path conf, Path data) throws Exception {
        var server = new Server(launch("", serveCommand(conf, data, 0)));
        server.port();
        return server;
    }

    /** Runs a server that is expected to end by itself. */
    private Run serve(Path conf, Path data, int port) throws Exception {
        return icespar("", serveCommand(conf, data, port));
    }

    private static String[] serveCommand(Path conf, Path data, int port) {
        return new String[] {
            "serve", "--config", conf + "/icespar.yaml", "--port", String.valueOf(port), "--data", data.toString()
        };
    }

    private Run sql(Server server, String user, String password, String option, String value) throws Exception {
        return icespar(password, "sql", "--url", server.jdbcUrl(), "--user", user, option, value);
    }

    /** Runs a command that ends by itself. */
    private Run icespar(String password, String... arguments) throws Exception {
        return icespar(password, "", arguments);
    }

    private Run icespar(String password, String input, String[] arguments) throws Exception {
        var process = launch(password, arguments);
        try (var pipe = process.getOutputStream()) {
            pipe.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new StringBuffer();
        var reader = new Thread(() -> read(process.getInputStream(), line -> output.append(line).append('\n')));
        reader.start();
        if (!process.waitFor(120, SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after two minutes: " + List.of(arguments) + "\n" + output);
        }
        reader.join(10_000);
        return new Run(process.exitValue(), output.toString());
    }

    private Process launch(String password, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(arguments));
        command.add(0, distribution + "/bin/icespar");
        var builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().put("ICESPAR_PASSWORD", password);
        var process = builder.start();
        started.add(process);
        return process;
    }

    private interface LineReader {
        void line(String line);
    }

    private static void read(InputStream stream, LineReader lines) {
        try (BufferedReader reader = new BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.line(line);
            }
        } catch (IOException closed) {
            // The process has ended.
        }
    }

    // ---- Files

    /** A copy of the distribution's configuration. */
    private Path conf() throws IOException {
        var source = distribution.resolve("conf");
        var target = folder();
        for (var file : files(source)) {
            var copy = target.resolve(source.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        return target;
    }

    private Path data() throws IOException {
        return folder();
    }

    private Path folder() throws IOException {
        return Files.createDirectories(work.resolve(String.valueOf(++folders)));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Path find(Path folder, String name) throws IOException {
        return files(folder).stream()
                .filter(file -> file.getFileName().toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in the configuration"));
    }

    private static String lastLine(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    private static void append(Path file, String text) throws IOException {
        var separator = Files.readString(file).endsWith("\n") ? "" : "\n";
        Files.writeString(file, separator + text, StandardOpenOption.APPEND);
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Collections.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.err.println("not deleted: " + folder);
        }
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // ---- SQL

    private static Connection connect(String url, String user, String password) throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return single(rows);
        }
    }

    private static String single(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            return single(rows);
        }
    }

    private static String single(ResultSet rows) throws SQLException {
        rows.next();
        var value = rows.getString(1);
        if (rows.next()) {
            throw new AssertionError("more than one row");
        }
        return value;
    }

    /** The total by a new statement on the connection and by the prepared one, which must agree. */
    private static String both(Connection connection, PreparedStatement prepared) throws SQLException {
        var value = single(connection, TOTAL);
        equal(value, single(prepared));
        return value;
    }

    private static String cities(Connection connection) throws SQLException {
        var parts = new ArrayList<String>();
        var total = "no total";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(BY_CITY)) {
            while (rows.next()) {
                var city = Optional.ofNullable(rows.getString(1));
                if (city.isPresent()) {
                    parts.add(city.get() + " " + rows.getLong(2));
                } else {
                    total = "total " + rows.getLong(2);
                }
            }
        }
        parts.sort(java.text.Collator.getInstance(java.util.Locale.ENGLISH));
        parts.add(0, total);
        return String.join(", ", parts);
    }

    private static String strings(ResultSet rows, String column) throws SQLException {
        try (rows) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(column));
            }
            return values.toString();
        }
    }

    // ---- Checks

    private interface Check {
        void run() throws Exception;
    }

    private void check(String name, Check check) {
        try {
            check.run();
            passed++;
            System.out.println("ok      " + name);
        } catch (Exception | AssertionError e) {
            failed++;
            System.out.println("FAILED  " + name + "\n        " + e.toString().replace("\n", "\n        "));
        }
    }

    private static void equal(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + "\nfound    " + found);
        }
    }

    private static void notEqual(Object unexpected, Object found) {
        if (unexpected.equals(found)) {
            throw new AssertionError("unexpected " + found);
        }
    }

    private static void contains(String text, String... parts) {
        for (var part : parts) {
            if (!text.contains(part)) {
                throw new AssertionError("expected `" + part + "` in: " + text);
            }
        }
    }

    private static void noStackTrace(String text) {
        if (Pattern.compile("(?m)^\\s*at [\\w.$/]+\\(|Exception|\\bjava\\.").matcher(text).find()) {
            throw new AssertionError("a stack trace or a class name in: " + text);
        }
    }

    /** Expects an SQLException with an SQLSTATE that begins so, and gives its text. */
    private static String refused(String sqlState, Check check, String... named) throws Exception {
        try {
            check.run();
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(sqlState)) {
                throw new AssertionError("SQLSTATE " + e.getSQLState() + " instead of " + sqlState + ": " + e.getMessage());
            }
            contains(e.getMessage(), named);
            noStackTrace(e.getMessage());
            return e.getMessage();
        }
        throw new AssertionError("was not refused");
    }
}
