import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The built distribution as a process, with the sample's tables and a Keycloak for its users. */
final class Icespar implements AutoCloseable {
    /** The administrator's and the technical user's, who log in here. */
    static final String PASSWORD = "changeit";

    private static final String BOOTSTRAP =
            """
            CREATE USER "admin" PASSWORD 'changeit';
            GRANT ROLE_USER, ROLE_ADMIN TO USER "admin";
            """;

    private final Program program;
    private final String address;

    private Icespar(Program program, String address) {
        this.program = program;
        this.address = address;
    }

    /** Starts a server that keeps its files in a folder, and knows nobody but an administrator. */
    static Icespar start(Path distribution, Path folder, String issuer, int port) throws Exception {
        var conf = folder.resolve("conf");
        copy(distribution.resolve("conf"), conf);
        Files.writeString(conf.resolve("bootstrap.sql"), BOOTSTRAP);
        var settings = conf.resolve("icespar.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceAll(
                                "(?m)^security: .*$",
                                """
                                security:
                                  store: file
                                  bootstrap: bootstrap.sql
                                  oidc:
                                    issuer: %s
                                    client-id: icespar
                                    driver-client-id: icespar-driver
                                    scopes: [openid, profile, roles]
                                    name-claim: preferred_username
                                    roles-claims: [[resource_access, icespar, roles]]
                                """.formatted(issuer)));
        Checks.contains(Files.readString(settings), "roles-claims");
        var builder = new ProcessBuilder(
                distribution.resolve("bin/icespar").toString(), "serve", "--config", settings.toString(), "--port",
                String.valueOf(port),
                "--data", folder.resolve("data").toString());
        builder.environment().put("ICESPAR_OIDC_CLIENT_SECRET", Keycloak.SERVER_SECRET);
        var program = new Program(builder, Pattern.compile("listens at (http://127\\.0\\.0\\.1:\\d+)"));
        return new Icespar(program, program.whenReady());
    }

    private static void copy(Path source, Path target) throws Exception {
        List<Path> files;
        try (Stream<Path> all = Files.walk(source)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            var copy = target.resolve(source.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    /** Where it is reached. */
    String address() {
        return address;
    }

    /** All that it has printed. */
    String output() {
        return program.output();
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }

    // ---- Through the driver

    /** Connects; options are keys and values in turn. */
    Connection connect(String... options) throws SQLException {
        var info = new Properties();
        for (int i = 0; i < options.length; i += 2) {
            info.setProperty(options[i], options[i + 1]);
        }
        return DriverManager.getConnection("jdbc:icespar:" + address, info);
    }

    /** Connects as a user of the provider, who types the password into the program. */
    Connection connectAs(String user) throws SQLException {
        return connect("auth", "password", "user", user, "password", Keycloak.PASSWORD);
    }

    /** Runs commands as the administrator, who has a password here. */
    void administer(String... commands) throws SQLException {
        try (var connection = connect("user", "admin", "password", PASSWORD);
                var statement = connection.createStatement()) {
            for (var command : commands) {
                statement.execute(command);
            }
        }
    }

    static String total(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT SUM(\"Quantity\") FROM \"Sales\"")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The document's query: the sum of the quantities, and how it falls on the cities. */
    static String cities(Connection connection) throws SQLException {
        var sql =
                """
                SELECT "City", SUM("Quantity")
                FROM "Sales" JOIN "Shops" ON "Sales"."Shop" = "Shops"."Shop ID"
                GROUP BY ROLLUP("City")""";
        var cities = new ArrayList<String>();
        var total = "no total";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var city = rows.getString(1);
                if (city == null) {
                    total = "total " + rows.getLong(2);
                } else {
                    cities.add(city + " " + rows.getLong(2));
                }
            }
        }
        cities.sort(java.text.Collator.getInstance(java.util.Locale.ENGLISH));
        return total + ", " + String.join(", ", cities);
    }

    // ---- Through HTTP

    /** Asks who one is, with headers' names and values in turn. */
    HttpResponse<String> whoami(String... headers) throws Exception {
        return get("/whoami", headers);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    static String basic(String user, String password) {
        var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
