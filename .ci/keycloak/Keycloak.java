import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.regex.Pattern;

/** A Keycloak with the realm of realm.json, on a free port of this machine. */
final class Keycloak implements AutoCloseable {
    /** Of each user of the realm. */
    static final String PASSWORD = "changeit-at-the-provider";

    static final String SERVER_SECRET = "secret-of-the-server";
    /** How long the realm's access tokens last. */
    static final int TOKEN_SECONDS = 10;

    private static final String ADMIN = "realm-administrator";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private Program program;

    /**
     * Unpacks its distribution into an empty folder, with the realm to import at its first start.
     *
     * @param icespar the port of the server that it is to know
     */
    Keycloak(Path distribution, Path realm, Path folder, int icespar) throws Exception {
        var tar = new ProcessBuilder("tar", "xzf", distribution.toString(), "-C", folder.toString(), "--strip-components=1")
                .inheritIO()
                .start();
        Checks.equal(0, tar.waitFor());
        Files.createDirectories(folder.resolve("data/import"));
        Files.writeString(
                folder.resolve("data/import/realm.json"),
                Files.readString(realm).replace("http://127.0.0.1:8765/", "http://127.0.0.1:" + icespar + "/"));
        this.folder = folder;
        port = freePort();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Starts it, and gives how long that took. */
    String start() throws Exception {
        var since = System.nanoTime();
        var builder = new ProcessBuilder(
                folder.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        builder.environment().put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        program = new Program(builder, Pattern.compile("Listening on: (\\S+)"));
        return program.whenReady() + ", after " + (System.nanoTime() - since) / 1_000_000_000 + " seconds";
    }

    @Override
    public void close() throws InterruptedException {
        if (program != null) {
            program.close();
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/icespar";
    }

    /** What the token endpoint answers to a form, such as {@code client_id=a&username=b}. */
    HttpResponse<String> token(String form) throws Exception {
        return post(issuer() + "/protocol/openid-connect/token", form);
    }

    /** A user's tokens by way of a client, as JSON. */
    String tokens(String client, String user) throws Exception {
        var answer = token("grant_type=password&scope=openid&client_id=" + client + "&username=" + user + "&password="
                + PASSWORD);
        Checks.equal(200, answer.statusCode());
        return answer.body();
    }

    String accessToken(String client, String user) throws Exception {
        return Checks.found("\"access_token\":\"([^\"]+)\"", tokens(client, user));
    }

    /** Logs in on the login page at an address as a person would, and brings the answer to where it is sent. */
    void logInOnPage(URI address, String user) throws Exception {
        var page = http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        Checks.equal(200, page.statusCode());
        var action = Checks.found("<form[^>]* action=\"([^\"]+)\"", page.body()).replace("&amp;", "&");
        var request = HttpRequest.newBuilder(URI.create(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", cookies(page))
                .POST(BodyPublishers.ofString("username=" + user + "&password=" + PASSWORD))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        Checks.equal(302, answer.statusCode());
        var brought = http.send(
                HttpRequest.newBuilder(URI.create(answer.headers().firstValue("Location").orElseThrow())).build(),
                BodyHandlers.ofString());
        Checks.equal(200, brought.statusCode());
    }

    private static String cookies(HttpResponse<String> page) {
        return String.join(
                "; ",
                page.headers().allValues("Set-Cookie").stream()
                        .map(cookie -> cookie.replaceAll(";.*", ""))
                        .toList());
    }

    /** Makes Keycloak sign by a new key, as it is told to when one is rotated; gives the new key's id. */
    String rotateKey() throws Exception {
        var realm = administer("", null).body();
        var key = "{\"name\": \"newer\", \"providerId\": \"rsa-generated\", \"providerType\":"
                + " \"org.keycloak.keys.KeyProvider\", \"parentId\": \"" + Checks.found("\"id\":\"([^\"]+)\"", realm)
                + "\", \"config\": {\"priority\": [\"200\"], \"keySize\": [\"2048\"], \"algorithm\": [\"RS256\"]}}";
        Checks.equal(201, administer("/components", key).statusCode());
        return keyId(accessToken("icespar-driver", "french-user"));
    }

    /** Ends all of a user's sessions, as an administrator of Keycloak does. */
    void endSessions(String user) throws Exception {
        var found = administer("/users?exact=true&username=" + user, null).body();
        var id = Checks.found("\"id\":\"([^\"]+)\"", found);
        Checks.equal(204, administer("/users/" + id + "/logout", "{}").statusCode());
    }

    /** One request of the realm's administrator: GET, or POST of JSON if there is some. */
    private HttpResponse<String> administer(String path, String json) throws Exception {
        var login = post(
                "http://127.0.0.1:" + port + "/realms/master/protocol/openid-connect/token",
                "grant_type=password&client_id=admin-cli&username=" + ADMIN + "&password=" + ADMIN);
        var token = Checks.found("\"access_token\":\"([^\"]+)\"", login.body());
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/admin/realms/icespar" + path))
                .header("Authorization", "Bearer " + token);
        if (json != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** By which key a token is signed. */
    static String keyId(String token) {
        var header = new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
        return Checks.found("\"kid\" ?: ?\"([^\"]+)\"", header);
    }

    private HttpResponse<String> post(String address, String form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }
}
