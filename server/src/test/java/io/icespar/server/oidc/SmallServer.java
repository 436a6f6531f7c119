package io.icespar.server.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.server.Server;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A server with two small tables, an administrator with a password and a provider, asked over HTTP. */
public final class SmallServer implements AutoCloseable {
    static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;

    /** Starts it with further keys of {@code security.oidc}. */
    public SmallServer(Path folder, URI issuer, String... keys) throws IOException {
        this(settings(folder, issuer, keys));
    }

    private SmallServer(Settings settings) {
        server = Server.start(settings, new LoadListener() {});
    }

    /** Starts it behind a proxy, by which it has another address. */
    public static SmallServer behindProxy(Path folder, URI issuer, URI address) throws IOException {
        Settings settings = settings(folder, issuer);
        return new SmallServer(new Settings(
                new ServerSettings(
                        "127.0.0.1", 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(address)),
                settings.oidc(),
                settings.engine()));
    }

    /** Starts it with the usual limit on failed logins from an address, of which tests of attacks make many. */
    public static SmallServer thatThrottles(Path folder, URI issuer) throws IOException {
        return new SmallServer(settingsWithLogin("{}", folder, issuer));
    }

    /** Starts it where users log in by password only. */
    static SmallServer withoutProvider(Path folder) throws IOException {
        Settings settings = settings(folder, URI.create("http://127.0.0.1"));
        return new SmallServer(new Settings(settings.server(), Optional.empty(), settings.engine()));
    }

    /** Its settings. */
    public static Settings settings(Path folder, URI issuer, String... keys) throws IOException {
        return settingsWithLogin("{failures-per-address: 0}", folder, issuer, keys);
    }

    private static Settings settingsWithLogin(String login, Path folder, URI issuer, String... keys)
            throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Nice\n3,Chicago\n");
        Files.writeString(catalog.resolve("sales.csv"), "Sale ID,Shop,Quantity\n1,1,1\n2,1,2\n3,2,10\n4,3,100\n");
        Files.writeString(catalog.resolve("retail.yaml"), """
                schema: retail
                tables:
                  Sales:
                    file: sales.csv
                    key: Sale ID
                    references:
                      - {columns: Shop, table: Shops}
                  Shops: {file: shops.csv, key: Shop ID}
                """);
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE ROLE ROLE_PARIS;
                CREATE ROLE ROLE_CITY;
                CREATE CONTEXT VALUE city VARCHAR FROM CLAIM 'address.city';
                CREATE RESTRICTION paris ON "Shops" USING ("City" = 'Paris') TO ROLE_PARIS;
                CREATE RESTRICTION city ON "Shops" USING ("City" = CONTEXT_VALUE('city')) TO ROLE_CITY;
                CREATE USER admin PASSWORD 'changeit';
                CREATE USER rose;
                GRANT ROLE_ADMIN TO USER admin;
                GRANT ROLE_PARIS TO USER rose;
                CREATE ROLE MAPPING FROM 'user' TO ROLE_USER;
                CREATE ROLE MAPPING FROM 'paris' TO ROLE_PARIS;
                CREATE ROLE MAPPING FROM 'city' TO ROLE_CITY;
                """);
        String further = Stream.of(keys).map(key -> "\n    " + key).reduce("", String::concat);
        return Settings.read(
                Files.writeString(folder.resolve("icespar.yaml"), """
                server: {port: 0}
                catalog: catalog
                data: data
                security:
                  store: memory
                  bootstrap: bootstrap.sql
                  login: %s
                  oidc:
                    issuer: %s
                    client-id: icespar
                    name-claim: preferred_username
                    roles-claims: [groups, [resource_access, icespar, roles]]""".formatted(login, issuer) + further + "\n"));
    }

    /** Where it is. */
    public URI uri() {
        return server.uri();
    }

    /** The header of a user with a password. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The header of a user with a token. */
    public static String bearer(String token) {
        return "Bearer " + token;
    }

    /** {@code GET} of a path, with values of {@code Authorization}. */
    public HttpResponse<String> get(String path, String... authorizations) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri() + path));
        for (String authorization : authorizations) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> whoami(String token) throws IOException, InterruptedException {
        return get("/whoami", bearer(token));
    }

    /** One request of the JDBC protocol, in JSON. */
    HttpResponse<String> avatica(String authorization, String request) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(URI.create(uri() + "/avatica"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request))
                .build();
        return CLIENT.send(post, BodyHandlers.ofString());
    }

    HttpResponse<String> open(String authorization, String connection) throws IOException, InterruptedException {
        return avatica(
                authorization,
                "{\"request\": \"openConnection\", \"connectionId\": \"" + connection + "\", \"info\": {}}");
    }

    /** Executes a query on a connection. */
    HttpResponse<String> query(String authorization, String connection, String sql)
            throws IOException, InterruptedException {
        HttpResponse<String> created =
                avatica(authorization, "{\"request\": \"createStatement\", \"connectionId\": \"" + connection + "\"}");
        if (created.statusCode() != 200) {
            return created;
        }
        JsonNode statement = JSON.readTree(created.body()).path("statementId");
        if (statement.isMissingNode()) {
            return created;
        }
        return avatica(
                authorization,
                JSON.writeValueAsString(JSON.createObjectNode()
                        .put("request", "prepareAndExecute")
                        .put("connectionId", connection)
                        .put("statementId", statement.asInt())
                        .put("sql", sql)
                        .put("maxRowCount", -1)
                        .put("maxRowsTotal", -1)));
    }

    /** The first value of the first row of an answer. */
    static String value(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body())
                .path("results")
                .path(0)
                .path("firstFrame")
                .path("rows")
                .path(0)
                .path(0)
                .asText(answer.body());
    }

    /** What a token's owner sees of the sales. */
    String total(String token) throws IOException, InterruptedException {
        String connection = "total-" + token.hashCode();
        open(bearer(token), connection);
        return value(query(bearer(token), connection, TOTAL));
    }

    /** Has the administrator run a command. */
    public void run(String command) throws IOException, InterruptedException {
        String admin = basic("admin", "changeit");
        open(admin, "admin");
        query(admin, "admin", command);
    }

    /** The reasons of refused logins, latest first, each with the user. */
    public List<String> refusals() throws IOException, InterruptedException {
        String admin = basic("admin", "changeit");
        open(admin, "audit");
        HttpResponse<String> answer = query(
                admin,
                "audit",
                "SELECT CALLER || ': ' || REASON FROM INFORMATION_SCHEMA.AUDIT WHERE REASON IS NOT NULL"
                        + " ORDER BY \"TIME\" DESC");
        return StreamSupport.stream(
                        JSON.readTree(answer.body())
                                .path("results")
                                .path(0)
                                .path("firstFrame")
                                .path("rows")
                                .spliterator(),
                        false)
                .map(row -> row.path(0).asText())
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
