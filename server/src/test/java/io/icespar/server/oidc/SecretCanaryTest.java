package io.icespar.server.oidc;

import static io.icespar.server.oidc.SmallServer.basic;
import static io.icespar.server.oidc.SmallServer.bearer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets carry a token that can be found, and are sent in all ways that there are, right and wrong ones. Nothing that is
 * logged, recorded, answered or thrown holds it, in any form that it was sent in.
 */
class SecretCanaryTest {
    private static final String PASSWORD = "B1rd-pass:word";
    private static final String WRONG = "B1rd-wrong";
    private static final String CLIENT_SECRET = "B1rd-client";

    private final TestProvider provider = new TestProvider();
    private final SmallServer server;
    private final Path folder;

    /** What must not be found. */
    private final List<String> secrets = new ArrayList<>(List.of("b1rd"));

    /** Where it must not be found. */
    private final StringBuilder shown = new StringBuilder();

    SecretCanaryTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        server = new SmallServer(folder, provider.issuer(), "client-secret: " + CLIENT_SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    /** Remembers a secret, and what it looks like on its way. */
    private String secret(String text) {
        secrets.add(text);
        secrets.add(Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8)));
        return text;
    }

    private String basicOf(String user, String password) {
        secret(user + ":" + password);
        return basic(user, password);
    }

    private HttpResponse<String> show(HttpResponse<String> reply) {
        shown.append(reply.statusCode())
                .append(reply.headers().map())
                .append(reply.body())
                .append('\n');
        return reply;
    }

    private SQLException show(SQLException error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        for (SQLException next = error; next != null; next = next.getNextException()) {
            shown.append(next).append(next.getSQLState());
        }
        shown.append(trace).append('\n');
        return error;
    }

    @Test
    void noSecretIsFoundAnywhere() throws Exception {
        try (LoggedLines logged = new LoggedLines()) {
            server.run("CREATE USER carol PASSWORD '" + PASSWORD + "'");
            server.run("GRANT ROLE_USER TO USER carol");
            logInOverHttp();
            logInByTheDriver();
            changePasswords();
            shown.append(logged.text());
            assertTrue(logged.text().contains("login refused"), "nothing was logged, so nothing was tested");
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown.append(file).append(new String(Files.readAllBytes(file), UTF_8));
            }
        }
        assertTrue(shown.toString().contains("carol"), "nothing was recorded, so nothing was tested");
        String all = shown.toString();
        for (String secret : secrets) {
            int found = secret.equals("b1rd") ? all.toLowerCase(Locale.ROOT).indexOf(secret) : all.indexOf(secret);
            assertFalse(
                    found >= 0,
                    () -> secret + " is in: "
                            + all.substring(Math.max(0, found - 300), Math.min(all.length(), found + 300)));
        }
    }

    private void logInOverHttp() throws Exception {
        assertEquals(
                200, show(server.get("/whoami", basicOf("carol", PASSWORD))).statusCode());
        assertEquals(401, show(server.get("/whoami", basicOf("carol", WRONG))).statusCode());
        assertEquals(401, show(server.get("/whoami", basicOf("nobody", WRONG))).statusCode());
        assertEquals(401, show(server.get("/whoami", "Basic " + WRONG)).statusCode());
        assertEquals(401, show(server.get("/whoami", WRONG)).statusCode());
        assertEquals(
                401,
                show(server.get("/whoami", "Digest username=\"carol\", response=\"" + WRONG + "\""))
                        .statusCode());

        String good = secret(provider.token("ann", "user"));
        String expired = secret(provider.token(
                claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60)))));
        assertEquals(200, show(server.get("/whoami", bearer(good))).statusCode());
        assertEquals(401, show(server.get("/whoami", bearer(expired))).statusCode());
        assertEquals(401, show(server.get("/whoami", bearer(WRONG + ".a.b"))).statusCode());
        assertEquals(401, show(server.get("/whoami", bearer(WRONG + "{}"))).statusCode());
        assertEquals(
                400,
                show(server.get("/whoami", bearer(good), basicOf("carol", PASSWORD)))
                        .statusCode());
        secrets.add(good.substring(good.lastIndexOf('.') + 1));

        // Elsewhere than in the header they count for nothing.
        for (String query : List.of(
                "user=carol&password=B1rd-pass%3Aword", "access_token=" + good, "access_token=" + WRONG, WRONG)) {
            assertEquals("401", statusOfRaw("/whoami?" + query));
            assertEquals("404", statusOfRaw("/" + query));
        }
        assertEquals(
                401,
                show(post("/avatica", "application/x-www-form-urlencoded", "access_token=" + good))
                        .statusCode());
        assertEquals(
                401,
                show(post(
                                "/avatica",
                                "application/json",
                                "{\"request\": \"openConnection\", \"connectionId\": \"c\", \"info\": {\"user\": \"carol\","
                                        + " \"password\": \"" + PASSWORD + "\"}}"))
                        .statusCode());
        show(server.avatica(
                bearer(good),
                "{\"request\": \"openConnection\", \"connectionId\": \"d\", \"info\": {\"user\": \"carol\", \"password\": \""
                        + PASSWORD + "\"}}"));
    }

    /** Without a client of the JDK, which logs addresses at its most talkative level. */
    private String statusOfRaw(String path) throws IOException {
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nReferer: http://localhost" + path
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String reply = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertTrue(reply.contains("Referrer-Policy: no-referrer"), reply);
            shown.append(reply);
            return reply.split(" ", 3)[1];
        }
    }

    private HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private void logInByTheDriver() throws SQLException, IOException {
        String url = "jdbc:icespar:" + server.uri();
        String token = secret(provider.token("ann", "user"));
        Path file = Files.writeString(folder.resolve("token"), WRONG + "{");
        try (Connection connection = DriverManager.getConnection(url, "carol", PASSWORD)) {
            shown.append(connection)
                    .append(connection.getMetaData().getURL())
                    .append(connection.getMetaData().getUserName())
                    .append(connection.getClientInfo());
        }
        for (String options : List.of(
                "user=carol&password=" + WRONG,
                "user=carol&password=" + WRONG + "&auth=password",
                "user=carol&password=" + WRONG + "&fetchSize=x",
                "user=carol&password=" + WRONG + "&accessToken=" + token,
                "user=carol&passwort=" + "x&password=" + WRONG,
                "user=carol&password=" + WRONG + " ",
                "accessToken=" + WRONG,
                "accessToken=" + WRONG + "{}",
                "accessTokenFile=" + file,
                "auth=browser&clientId=c&clientSecret=" + WRONG + "&password=" + WRONG,
                "auth=client_credentials&clientId=c&clientSecret=" + WRONG)) {
            show(assertThrows(SQLException.class, () -> DriverManager.getConnection(url + "?" + options)));
            Driver driver = DriverManager.getDriver(url);
            shown.append(driver);
            for (var property : driver.getPropertyInfo(url + "?" + options, new Properties())) {
                shown.append(property.name).append(property.value).append(property.description);
            }
        }
    }

    private void changePasswords() throws Exception {
        String admin = basicOf("admin", "changeit");
        server.open(admin, "passwords");
        for (String command : List.of(
                "ALTER USER carol PASSWORD 'B1rd-new'",
                "ALTER USER nobody PASSWORD 'B1rd-new'",
                "CREATE USER carol PASSWORD 'B1rd-new'",
                "CREATE USER dave PASSWORD 'B1rd-new' AND MORE",
                "CREATE USER dave PASSWORD 'B1rd-" + "x".repeat(80) + "'",
                "CREATE USER dave PASSWORD HASH 'B1rd'")) {
            show(server.query(admin, "passwords", command));
        }
        show(server.query(bearer(provider.token("ann", "user")), "passwords", "ALTER USER carol PASSWORD 'B1rd-new'"));
        show(server.query(admin, "passwords", "SHOW USERS"));
        show(server.query(admin, "passwords", "SHOW AUDIT"));
    }
}
