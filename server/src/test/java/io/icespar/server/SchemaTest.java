package io.icespar.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.LoadListener;
import io.icespar.server.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The diagram of the tables, asked for over HTTP by several callers; {@code .ci} sees it drawn by a browser. */
class SchemaTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final String WHOLE = """
            erDiagram
              "Sales" {
                _ BIGINT PK "Sale ID"
                nullable BIGINT FK "Shop"
                nullable BIGINT "Quantity"
              }
              "Shops" {
                _ BIGINT PK "Shop ID"
                nullable VARCHAR "City"
              }
              "shown"["shown (view)"] {
                nullable VARCHAR "#60;img src#61;x onerror#61;alert#40;1#41;#62;"
                nullable VARCHAR "#60;#47;pre#62;#60;script#62;#34;"
              }
              "Sales" }o--o| "Shops" : "`Shop` = `Shop ID`"
            """;

    private static @Nullable Server running;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n");
        Files.writeString(catalog.resolve("sales.csv"), "Sale ID,Shop,Quantity\n1,1,1\n");
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
                CREATE VIEW retail.shown ("<img src=x onerror=alert(1)>", "</pre><script>\""")
                    AS SELECT "City", "City" FROM retail."Shops";
                CREATE ROLE ROLE_ALL;
                REVOKE SELECT ("City") ON TABLE retail."Shops" FROM PUBLIC;
                GRANT SELECT ("City") ON TABLE retail."Shops" TO ROLE_ALL;
                CREATE USER alice PASSWORD 'changeit';
                CREATE USER bob PASSWORD 'changeit';
                CREATE USER admin PASSWORD 'changeit';
                CREATE USER outsider PASSWORD 'changeit';
                GRANT ROLE_USER TO USER alice;
                GRANT ROLE_USER, ROLE_ALL TO USER bob;
                GRANT ROLE_ADMIN TO USER admin;
                """);
        running = Server.start(
                Settings.read(Files.writeString(folder.resolve("icespar.yaml"), """
                        server: {port: 0}
                        catalog: catalog
                        data: data
                        security: {store: memory, bootstrap: bootstrap.sql}
                        """)), new LoadListener() {});
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

    // ---- What is told to whom

    @Test
    void eachCallerSeesTheirOwnDiagram() throws Exception {
        assertEquals(WHOLE, get("bob", "*/*").body());
        assertEquals(WHOLE, get("admin", "*/*").body());
        assertEquals("""
                erDiagram
                  "Sales" {
                    _ BIGINT PK "Sale ID"
                    nullable BIGINT FK "Shop"
                    nullable BIGINT "Quantity"
                  }
                  "Shops" {
                    _ BIGINT PK "Shop ID"
                  }
                  "Sales" }o--o| "Shops" : "`Shop` = `Shop ID`"
                """, get("alice", "*/*").body());
    }

    @Test
    void aHiddenNameIsNotOnThePageEither() throws Exception {
        assertTrue(get("bob", PAGES).body().contains("City"));
        String page = get("alice", PAGES).body();
        assertTrue(page.contains("Shop ID"), page);
        assertFalse(page.contains("City"), page);
        assertFalse(page.contains("shown"), page);
    }

    @Test
    void whoMayNotEnterLearnsNothing() throws Exception {
        for (String accept : List.of(PAGES, "*/*")) {
            HttpResponse<String> stranger = get("", accept);
            assertEquals(401, stranger.statusCode());
            assertFalse(stranger.body().contains("Sales"));
            assertTrue(stranger.headers().firstValue("WWW-Authenticate").isPresent());
            HttpResponse<String> outsider = get("outsider", accept);
            assertEquals(403, outsider.statusCode());
            assertFalse(outsider.body().contains("Sales"));
        }
        assertEquals(401, send(request(library(), "")).statusCode());
    }

    // ---- Page or text

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                PAGES + "|text/html",
                "text/html|text/html",
                "TEXT/HTML;level=1|text/html",
                "text/plain;q=0.5, text/html|text/html",
                "*/*|text/plain",
                "text/plain|text/plain",
                "text/plain, text/html;q=0.5|text/plain",
                "text/html;q=0, */*|text/plain",
                "application/json|text/plain",
                "''|text/plain",
                "text/html;q=|text/html",
                "text/htmlx|text/plain",
            })
    void thePageIsForThoseWhoWouldRatherHaveOne(String accept, String type) throws Exception {
        HttpResponse<String> reply = get("bob", accept);
        assertEquals(200, reply.statusCode());
        assertEquals(type + ";charset=utf-8", header(reply, "Content-Type"));
        assertEquals("Accept", header(reply, "Vary"));
        assertEquals("no-store", header(reply, "Cache-Control"));
        assertEquals("nosniff", header(reply, "X-Content-Type-Options"));
    }

    @Test
    void withoutAnAcceptTheTextIsSent() throws Exception {
        assertEquals(WHOLE, send(request("/schema", "bob")).body());
    }

    @Test
    void thePageHoldsTheTextForThoseWhoRunNoScripts() throws Exception {
        String page = get("bob", PAGES).body();
        Matcher text = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL).matcher(page);
        assertTrue(text.find(), page);
        assertEquals(
                WHOLE,
                text.group(1)
                        .replace("&quot;", "\"")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"));
        assertTrue(page.contains("<noscript>"), page);
    }

    @Test
    void whoMayReadNothingIsToldSo() throws Exception {
        try (var connection =
                        java.sql.DriverManager.getConnection("jdbc:icespar:" + server().uri(), "admin", "changeit");
                var command = connection.createStatement()) {
            command.execute("CREATE USER nobody PASSWORD 'changeit'");
            command.execute("GRANT ROLE_USER TO USER nobody");
            command.execute("REVOKE SELECT ON SCHEMA retail FROM PUBLIC");
            try {
                assertEquals("erDiagram\n", get("nobody", "*/*").body());
                String page = get("nobody", PAGES).body();
                assertTrue(page.contains("There is no table that nobody may read"), page);
                assertFalse(page.contains("<script"), page);
            } finally {
                command.execute("GRANT SELECT ON SCHEMA retail TO PUBLIC");
                command.execute("REVOKE SELECT (\"City\") ON TABLE retail.\"Shops\" FROM PUBLIC");
                command.execute("DROP USER nobody");
            }
        }
    }

    // ---- What the page may do

    @Test
    void thePageRunsItsOwnScriptsOnlyAndLoadsNothingElse() throws Exception {
        HttpResponse<String> reply = get("bob", PAGES);
        Matcher inline =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(reply.body());
        assertTrue(inline.find());
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(inline.group(1).getBytes(UTF_8));
        assertEquals(
                "default-src 'none'; script-src 'self' 'sha256-"
                        + Base64.getEncoder().encodeToString(hash)
                        + "'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                header(reply, "Content-Security-Policy"));
        assertFalse(Pattern.compile("(src|href)=\"(?!/)").matcher(reply.body()).find(), "another host");
        assertEquals(2, reply.body().split("<script", -1).length - 1, "scripts");
    }

    @Test
    void theLibraryIsKeptByTheBrowserUntilItChanges() throws Exception {
        HttpResponse<byte[]> plain = CLIENT.send(request(library(), "bob").build(), BodyHandlers.ofByteArray());
        assertEquals(200, plain.statusCode());
        assertEquals("text/javascript;charset=utf-8", header(plain, "Content-Type"));
        assertEquals("private, max-age=31536000, immutable", header(plain, "Cache-Control"));
        assertEquals("nosniff", header(plain, "X-Content-Type-Options"));
        assertTrue(new String(plain.body(), UTF_8).contains("mermaid"));
        HttpResponse<byte[]> gzip = CLIENT.send(
                request(library(), "bob").header("Accept-Encoding", "br, gzip").build(), BodyHandlers.ofByteArray());
        assertEquals("gzip", header(gzip, "Content-Encoding"));
        assertTrue(gzip.body().length < plain.body().length / 3);
        assertArrayEquals(plain.body(), new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes());
        assertEquals(
                404, send(request("/schema/mermaid-0000000000000000.js", "bob")).statusCode());
    }

    private static String library() throws Exception {
        Matcher source = Pattern.compile("<script src=\"([^\"]+)\">")
                .matcher(get("bob", PAGES).body());
        assertTrue(source.find());
        return source.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void onlyReadingIsAllowed(String method) throws Exception {
        for (String path : List.of("/schema", library())) {
            HttpResponse<String> reply = send(request(path, "bob").method(method, BodyPublishers.noBody()));
            assertEquals(405, reply.statusCode());
            assertEquals("GET, HEAD", header(reply, "Allow"));
        }
    }

    @Test
    void headHasTheHeadersOfGet() throws Exception {
        for (String path : List.of("/schema", library())) {
            HttpResponse<String> get = send(request(path, "bob"));
            HttpResponse<String> head = send(request(path, "bob").method("HEAD", BodyPublishers.noBody()));
            assertEquals("", head.body());
            assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
            assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
        }
    }

    @Test
    void theHomePageLeadsToIt() throws Exception {
        String home = send(request("/", "alice")).body();
        assertTrue(home.contains("<a href=\"/schema\">"), home);
    }

    // ---- Asking

    private static HttpRequest.Builder request(String path, String user) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server().uri() + path));
        return user.isEmpty()
                ? request
                : request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":changeit").getBytes(UTF_8)));
    }

    private static HttpResponse<String> get(String user, String accept) throws Exception {
        return send(request("/schema", user).header("Accept", accept));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }
}
