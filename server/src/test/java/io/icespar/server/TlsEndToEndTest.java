package io.icespar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.LoadListener;
import io.icespar.server.config.Settings;
import io.icespar.server.tls.TestAuthority;
import io.icespar.server.tls.TestAuthority.Issued;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a whole under TLS, asked by the driver: who gets through, as whom, and what that user sees. */
class TlsEndToEndTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=authority");
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    @TempDir
    private static Path folder = Path.of("");

    private static @Nullable Server running;

    @BeforeAll
    static void start() throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("sales.csv"), "Sale ID,City,Quantity\n1,Paris,1\n2,Paris,2\n3,Nice,10\n");
        Files.writeString(catalog.resolve("retail.yaml"), """
                schema: retail
                tables:
                  Sales: {file: sales.csv, key: Sale ID}
                """);
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE ROLE ROLE_PARIS;
                CREATE RESTRICTION paris ON "Sales" USING ("City" = 'Paris') TO ROLE_PARIS;
                CREATE USER etl PASSWORD 'changeit';
                CREATE USER bob PASSWORD 'changeit';
                CREATE USER admin PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_PARIS TO USER etl;
                GRANT ROLE_USER TO USER bob;
                GRANT ROLE_ADMIN TO USER admin;
                """);
        Issued own = AUTHORITY.server();
        own.writeChain(folder.resolve("server.pem"));
        own.writeKey(folder.resolve("server.key"));
        AUTHORITY.write(folder.resolve("ca.pem"));
        TestAuthority.create("CN=authority").write(folder.resolve("other-ca.pem"));
        running = Server.start(
                Settings.read(Files.writeString(folder.resolve("icespar.yaml"), """
                        server:
                          port: 0
                          tls:
                            certificate: server.pem
                            key: server.key
                            client-certificates:
                              trust: ca.pem
                              name-pattern: "CN=([^,]+)(?:,.*)?"
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

    private static Properties trusting(String file, String... further) {
        var info = new Properties();
        info.setProperty("trustStore", folder.resolve(file).toString());
        info.setProperty("trustStoreType", "PEM");
        for (int i = 0; i < further.length; i += 2) {
            info.setProperty(further[i], further[i + 1]);
        }
        return info;
    }

    /** A file with a client's certificate and key, by PKCS #12. */
    private static String keyStore(String subject) throws Exception {
        Issued client = AUTHORITY.client(subject);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", client.key(), "s3cret".toCharArray(), client.chain().toArray(X509Certificate[]::new));
        Path file = Files.createTempFile(folder, "client", ".p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "s3cret".toCharArray());
        }
        return file.toString();
    }

    private static String total(Properties info) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:icespar:" + server().uri(), info);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(TOTAL)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static SQLException refused(String url, Properties info) {
        return assertThrows(SQLException.class, () -> DriverManager.getConnection(url, info));
    }

    @Test
    void aCertificateLogsInAsItsUserWithThatUsersRestrictions() throws Exception {
        var info = trusting(
                "ca.pem",
                "auth",
                "certificate",
                "keyStore",
                keyStore("CN=etl,O=Example"),
                "keyStorePassword",
                "s3cret");
        assertEquals("3", total(info));
        assertEquals("13", total(trusting("ca.pem", "user", "bob", "password", "changeit")));
    }

    @Test
    void oneOfNobodyIsRefused() throws Exception {
        var error = refused(
                "jdbc:icespar:" + server().uri(),
                trusting(
                        "ca.pem",
                        "auth",
                        "certificate",
                        "keyStore",
                        keyStore("CN=nobody"),
                        "keyStorePassword",
                        "s3cret"));
        assertEquals("28000", error.getSQLState());
        assertEquals("the server does not let the certificate of `keyStore` log in", error.getMessage());
    }

    @Test
    void oneOfAnotherUserDoesNotGoWithAPassword() throws Exception {
        var info = trusting("ca.pem", "keyStore", keyStore("CN=etl"), "keyStorePassword", "s3cret");
        info.setProperty("user", "bob");
        info.setProperty("password", "changeit");
        assertEquals("28000", refused("jdbc:icespar:" + server().uri(), info).getSQLState());
        info.setProperty("user", "etl");
        assertEquals("3", total(info));
    }

    @Test
    void noPasswordGoesToAServerThatIsNotTrusted() {
        String url = "jdbc:icespar:" + server().uri();
        for (Properties info : new Properties[] {trusting("other-ca.pem"), new Properties()}) {
            info.setProperty("user", "bob");
            info.setProperty("password", "changeit");
            var error = refused(url, info);
            assertEquals("08001", error.getSQLState());
            assertTrue(String.valueOf(error.getMessage()).contains("no trusted connection by TLS"), error.getMessage());
            assertFalse(String.valueOf(error.getMessage()).contains("changeit"));
        }
    }

    @Test
    void plainHttpIsNeitherAnsweredNorRedirected() {
        URI uri = server().uri();
        var error = refused(
                "jdbc:icespar:http://" + uri.getHost() + ":" + uri.getPort(),
                trusting("ca.pem", "user", "bob", "password", "changeit"));
        assertEquals("08001", error.getSQLState());
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        assertThrows(
                IOException.class,
                () -> following.send(
                        HttpRequest.newBuilder(URI.create("http://" + uri.getHost() + ":" + uri.getPort() + "/whoami"))
                                .build(),
                        BodyHandlers.ofString()));
    }

    @Test
    void everyAnswerTellsBrowsersToComeByTlsOnly() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(AUTHORITY.context()).build();
        for (String path : new String[] {"/", "/whoami", "/health/live", "/nowhere", "/avatica"}) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(server().uri().resolve(path)).build(), BodyHandlers.ofString());
            assertEquals(
                    "max-age=31536000",
                    answer.headers().firstValue("Strict-Transport-Security").orElse("none"),
                    path);
        }
    }
}
