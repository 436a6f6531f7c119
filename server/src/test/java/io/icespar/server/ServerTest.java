package io.icespar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.server.config.Settings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a whole, with an engine on two small tables, asked over HTTP and JDBC. */
class ServerTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable Server running;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        running = Server.start(settings(folder), new LoadListener() {});
    }

    private static Settings settings(Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Nice\n3,Chicago\n");
        Files.writeString(catalog.resolve("sales.csv"), "Sale ID,Shop,Quantity\n1,1,1\n2,1,2\n3,2,10\n4,3,100\n");
        Files.writeString(catalog.resolve("retail.yaml"), """
                schema: retail
                backend: duckdb
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
                CREATE RESTRICTION paris ON "Shops" USING ("City" = 'Paris') TO ROLE_PARIS;
                CREATE USER alice PASSWORD 'changeit';
                CREATE USER bob PASSWORD 'changeit';
                CREATE USER admin PASSWORD 'changeit';
                CREATE USER outsider PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_PARIS TO USER alice;
                GRANT ROLE_USER TO USER bob;
                GRANT ROLE_ADMIN TO USER admin;
                """);
        return Settings.read(Files.writeString(folder.resolve("icespar.yaml"), """
                server: {port: 0}
                catalog: catalog
                data: data
                security: {store: memory, bootstrap: bootstrap.sql}
                """));
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    private static Server server() {
        if (running == null) {
            throw new AssertionError("the server is not started");
        }
        return running;
    }

    // ---- Over JDBC

    @Test
    void eachCallerSeesTheirOwnRows() throws SQLException {
        assertEquals(3, total("alice"));
        assertEquals(113, total("bob"));
        assertEquals(113, total("admin"));
    }

    @Test
    void theDriverTellsTheNameByWhichTheServerKnowsTheUser() throws SQLException {
        try (Connection connection = connect("ALICE", "changeit")) {
            assertEquals("alice", connection.getMetaData().getUserName());
        }
    }

    @Test
    void aRefusedLoginHasItsSqlState() {
        for (String user : List.of("alice", "nobody")) {
            SQLException refusal = assertThrows(SQLException.class, () -> connect(user, "wrong"));
            assertEquals("28000", refusal.getSQLState());
        }
        SQLException refusal = assertThrows(SQLException.class, () -> connect("outsider", "changeit"));
        assertEquals("28000", refusal.getSQLState());
        assertTrue(String.valueOf(refusal.getMessage()).contains("ROLE_USER"), refusal.getMessage());
    }

    @Test
    void guessingIsSlowedDownAndTheDriverSaysSo() {
        for (int i = 0; i < 10; i++) {
            assertThrows(SQLException.class, () -> connect("guessed", "wrong"));
        }
        SQLException refusal = assertThrows(SQLException.class, () -> connect("guessed", "wrong"));
        assertEquals("28T01", refusal.getSQLState());
        assertTrue(String.valueOf(refusal.getMessage()).contains("try again in"), refusal.getMessage());
    }

    @Test
    void anErrorHasItsSqlStateAndNoTrace() throws SQLException {
        try (Connection connection = connect("alice", "changeit");
                var statement = connection.createStatement()) {
            SQLException failure =
                    assertThrows(SQLException.class, () -> statement.executeQuery("SELECT * FROM \"Nowhere\""));
            assertEquals("42P01", failure.getSQLState());
            assertHarmless(String.valueOf(failure.getMessage()));
        }
    }

    @Test
    void whatAnAdministratorChangesHoldsAtOnce() throws SQLException {
        try (Connection admin = connect("admin", "changeit");
                var command = admin.createStatement()) {
            command.execute("CREATE USER carol PASSWORD 'one'");
            assertThrows(SQLException.class, () -> connect("carol", "one"));
            command.execute("GRANT ROLE_USER TO USER carol");
            // Not closed: there is nobody any more who could.
            var query = connect("carol", "one").createStatement();
            assertEquals(113, number(query.executeQuery(TOTAL)));
            command.execute("GRANT ROLE_PARIS TO USER carol");
            assertEquals(3, number(query.executeQuery(TOTAL)));
            command.execute("ALTER USER carol PASSWORD 'two'");
            SQLException refusal = assertThrows(SQLException.class, () -> query.executeQuery(TOTAL));
            assertEquals("28000", refusal.getSQLState());
            connect("carol", "two").close();
            command.execute("DROP USER carol");
            assertThrows(SQLException.class, () -> connect("carol", "two"));
        }
    }

    @Test
    void whatIsSetIsForTheConnectionOrForAllOfTheUsers() throws SQLException {
        try (Connection admin = connect("admin", "changeit");
                Connection one = connect("bob", "changeit");
                Connection two = connect("bob", "changeit");
                var command = admin.createStatement();
                var first = one.createStatement();
                var second = two.createStatement()) {
            command.execute("CREATE CONTEXT VALUE rate INTEGER DEFAULT 1 SETTABLE");
            first.execute("SET rate = 2");
            second.execute("SET GLOBAL rate = 3");
            assertEquals(2, number(first.executeQuery("SELECT CONTEXT_VALUE('rate')")));
            assertEquals(3, number(second.executeQuery("SELECT CONTEXT_VALUE('rate')")));
            assertEquals(1, number(command.executeQuery("SELECT CONTEXT_VALUE('rate')")));
            first.execute("SET queries_result_limit = 1");
            SQLException refusal = assertThrows(SQLException.class, () -> first.executeQuery("TABLE \"Sales\""));
            assertEquals("53I01", refusal.getSQLState());
            assertEquals(113, number(first.executeQuery(TOTAL)));
            command.execute("DROP CONTEXT VALUE rate");
        }
    }

    // ---- Over HTTP

    @Test
    void healthNeedsNoLogin() throws Exception {
        assertEquals(200, get("/health/live", "").statusCode());
        assertEquals(200, get("/health/ready", "").statusCode());
    }

    @Test
    void whoAmITellsNameAndRoles() throws Exception {
        assertEquals(401, get("/whoami", "").statusCode());
        assertEquals(403, get("/whoami", "outsider").statusCode());
        HttpResponse<String> reply = get("/whoami", "ALICE");
        assertEquals(200, reply.statusCode());
        assertEquals("{\"name\":\"alice\",\"roles\":[\"ROLE_PARIS\",\"ROLE_USER\"]}", reply.body());
    }

    @Test
    void theHomePageTellsNameAndRolesAndTheAddressForTools() throws Exception {
        assertEquals(401, get("/", "").statusCode());
        HttpResponse<String> reply = get("/", "alice");
        assertEquals(200, reply.statusCode());
        assertTrue(reply.body().contains("<h1>alice</h1>"), reply.body());
        assertTrue(reply.body().contains("<li>ROLE_PARIS</li>"), reply.body());
        assertTrue(reply.body().contains("jdbc:icespar:http://127.0.0.1:"), reply.body());
        assertFalse(reply.body().contains("<form"), reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/login/callback",
                "/logout",
                "/avatica/",
                "/avatica/x",
                "/whoami/",
                "/health",
                "/metrics",
                "/..%2f",
                "/favicon.ico"
            })
    void nothingElseIsThere(String path) throws Exception {
        HttpResponse<String> reply = get(path, "alice");
        assertTrue(reply.statusCode() == 404 || reply.statusCode() == 400, reply.toString());
        assertHarmless(reply.body());
    }

    @Test
    void methodsAreThoseThatMakeSense() throws Exception {
        assertEquals(405, get("/avatica", "alice").statusCode());
        assertEquals(405, json("/whoami", "{}", "alice").statusCode());
        assertEquals(405, json("/health/live", "{}", "").statusCode());
    }

    @Test
    void theEndpointNeedsALogin() throws Exception {
        assertEquals(401, json("/avatica", "{\"request\":\"getSchemas\"}", "").statusCode());
        assertEquals(
                403,
                json("/avatica", "{\"request\":\"getSchemas\"}", "outsider").statusCode());
    }

    @Test
    void aQueryOverJsonSeesTheCallersRows() throws Exception {
        json("/avatica", "{\"request\":\"openConnection\",\"connectionId\":\"json\",\"info\":{}}", "alice");
        JsonNode statement =
                read(json("/avatica", "{\"request\":\"createStatement\",\"connectionId\":\"json\"}", "alice"));
        HttpResponse<String> rows = json(
                "/avatica",
                JSON.writeValueAsString(
                        query("json", statement.get("statementId").asInt())),
                "alice");
        assertEquals(200, rows.statusCode(), rows.body());
        assertEquals(
                3,
                read(rows)
                        .get("results")
                        .get(0)
                        .get("firstFrame")
                        .get("rows")
                        .get(0)
                        .get(0)
                        .asInt());
    }

    // ---- Another user's connection

    /** A request on a statement of a connection. */
    private interface OnStatement {
        Service.Request request(String connection, int statement);
    }

    /** Every request of Avatica's protocol but the one that opens a connection. */
    private static List<OnStatement> everyRequest() {
        return List.of(
                (c, id) -> new Service.CatalogsRequest(c),
                (c, id) -> new Service.SchemasRequest(c, null, null),
                (c, id) -> new Service.TablesRequest(c, null, null, null, null),
                (c, id) -> new Service.TableTypesRequest(c),
                (c, id) -> new Service.TypeInfoRequest(c),
                (c, id) -> new Service.ColumnsRequest(c, null, null, null, null),
                (c, id) -> new Service.PrepareRequest(c, TOTAL, -1),
                (c, id) -> new Service.ExecuteRequest(new Meta.StatementHandle(c, id, null), List.<TypedValue>of(), 10),
                (c, id) -> new Service.PrepareAndExecuteRequest(c, id, TOTAL, -1),
                (c, id) -> new Service.SyncResultsRequest(c, id, null, 0),
                (c, id) -> new Service.FetchRequest(c, id, 0, 10),
                (c, id) -> new Service.CreateStatementRequest(c),
                (c, id) -> new Service.CloseStatementRequest(c, id),
                (c, id) -> new Service.ConnectionSyncRequest(c, new ConnectionPropertiesImpl()),
                (c, id) -> new Service.DatabasePropertyRequest(c),
                (c, id) -> new Service.CommitRequest(c),
                (c, id) -> new Service.RollbackRequest(c),
                (c, id) -> new Service.PrepareAndExecuteBatchRequest(c, id, List.of(TOTAL)),
                (c, id) -> new Service.ExecuteBatchRequest(c, id, List.of()),
                (c, id) -> new Service.CloseConnectionRequest(c));
    }

    @Test
    void everyRequestTypeIsTried() {
        List<String> tried = everyRequest().stream()
                .map(each -> each.request("c", 0).getClass().getSimpleName())
                .sorted()
                .toList();
        List<String> known = Stream.of(Service.class.getDeclaredClasses())
                .filter(type -> Service.Request.class.isAssignableFrom(type) && type != Service.Request.class)
                .map(Class::getSimpleName)
                .filter(name -> !name.equals("OpenConnectionRequest"))
                .sorted()
                .toList();
        assertEquals(known, tried);
    }

    @ParameterizedTest
    @MethodSource("everyRequest")
    void anothersConnectionIsNotThere(OnStatement each) throws Exception {
        json("/avatica", "{\"request\":\"openConnection\",\"connectionId\":\"bobs\",\"info\":{}}", "bob");
        String create = "{\"request\":\"createStatement\",\"connectionId\":\"bobs\"}";
        int statement = read(json("/avatica", create, "bob")).get("statementId").asInt();

        Service.Request request = each.request("bobs", statement);
        for (boolean asJson : List.of(true, false)) {
            String reply = exchange(request, asJson);
            // What nobody has is answered in the same way.
            assertEquals(exchange(each.request("nobodys", statement), asJson), reply);
            // Closing what is closed already is no error.
            boolean closing = request instanceof Service.CloseConnectionRequest
                    || request instanceof Service.CloseStatementRequest;
            assertTrue(reply.startsWith("500 08003 ") || (closing && reply.startsWith("200 ")), reply);
        }

        // Bob's connection and statement are as they were.
        String bobsQuery = JSON.writeValueAsString(query("bobs", statement));
        assertEquals(200, json("/avatica", bobsQuery, "bob").statusCode());
    }

    private static String exchange(Service.Request request, boolean asJson) throws Exception {
        byte[] body = asJson
                ? JsonService.MAPPER.writerFor(Service.Request.class).writeValueAsBytes(request)
                : new ProtobufTranslationImpl().serializeRequest(request);
        HttpResponse<byte[]> reply = CLIENT.send(
                request("/avatica", "alice")
                        .POST(BodyPublishers.ofByteArray(body))
                        .header("Content-Type", asJson ? "application/json" : "application/x-google-protobuf")
                        .build(),
                BodyHandlers.ofByteArray());
        return reply.statusCode() + " " + error(reply, asJson);
    }

    private static String error(HttpResponse<byte[]> reply, boolean asJson) throws IOException {
        if (reply.statusCode() == 200) {
            return "";
        }
        assertHarmless(new String(reply.body(), UTF_8));
        ErrorResponse error = asJson
                ? (ErrorResponse) JsonService.MAPPER.readValue(reply.body(), Service.Response.class)
                : (ErrorResponse) new ProtobufTranslationImpl().parseResponse(reply.body());
        assertEquals(List.of(), error.exceptions);
        return error.sqlState + " " + error.errorMessage;
    }

    private static ObjectNode query(String connection, int statement) {
        return JSON.createObjectNode()
                .put("request", "prepareAndExecute")
                .put("connectionId", connection)
                .put("statementId", statement)
                .put("sql", TOTAL)
                .put("maxRowCount", -1)
                .put("maxRowsTotal", -1)
                .put("maxRowsInFirstFrame", 10);
    }

    // ---- Starting and stopping

    @Test
    void aStoppedServerAnswersNoMoreAndGivesItsPortBack(@TempDir Path folder) throws Exception {
        Settings settings = settings(folder);
        Server first = Server.start(settings, new LoadListener() {});
        first.close();
        assertThrows(
                ConnectException.class,
                () -> CLIENT.send(
                        HttpRequest.newBuilder(first.uri().resolve("/health/live"))
                                .build(),
                        BodyHandlers.ofString()));
        try (Server second = Server.start(settings.withPort(first.uri().getPort()), new LoadListener() {})) {
            assertEquals(first.uri(), second.uri());
        }
    }

    @Test
    void aFailedStartLeavesNothingOpen(@TempDir Path folder) throws Exception {
        Settings settings = settings(folder);
        Path sales = folder.resolve("catalog/sales.csv");
        String good = Files.readString(sales);
        int port;
        try (Server server = Server.start(settings, new LoadListener() {})) {
            port = server.uri().getPort();
        }
        Files.writeString(sales, good + "5,1\n");
        assertThrows(RuntimeException.class, () -> Server.start(settings.withPort(port), new LoadListener() {}));
        Files.writeString(sales, good);
        Server.start(settings.withPort(port), new LoadListener() {}).close();
    }

    // ---- Asking

    private static Connection connect(String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:icespar:" + server().uri(), properties);
    }

    private static long total(String user) throws SQLException {
        try (Connection connection = connect(user, "changeit");
                var statement = connection.createStatement()) {
            return number(statement.executeQuery(TOTAL));
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        try (rows) {
            assertTrue(rows.next());
            return rows.getLong(1);
        }
    }

    private static HttpRequest.Builder request(String path, String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server().uri() + path));
        return user.isEmpty()
                ? request
                : request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":changeit").getBytes(UTF_8)));
    }

    private static HttpResponse<String> get(String path, String user) throws Exception {
        return CLIENT.send(request(path, user).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> json(String path, String body, String user) throws Exception {
        return CLIENT.send(
                request(path, user)
                        .POST(BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> reply) throws IOException {
        assertEquals(200, reply.statusCode(), reply.body());
        return JSON.readTree(reply.body());
    }

    private static void assertHarmless(String text) {
        assertFalse(
                Pattern.compile("Exception|\\bat io\\.icespar|java\\.|jetty")
                        .matcher(text)
                        .find(),
                text);
    }
}
