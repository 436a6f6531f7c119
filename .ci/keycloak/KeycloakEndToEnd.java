import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The end-to-end test with a real provider: does what the how-to "Secure a session" does, step by step, with the built
 * distribution, the driver's jar and a Keycloak whose realm has the how-to's users; then attacks, and pulls plugs.
 *
 * <p>Run as {@code java -cp CLASSES:icespar-jdbc-VERSION.jar:SELENIUM KeycloakEndToEnd DISTRIBUTION KEYCLOAK.tar.gz
 * REALM.json SCREENSHOTS}.
 * Its last line is {@code N passed, N failed}, and the exit code 1 if a check failed.
 */
final class KeycloakEndToEnd {
    private static final String DRIVER_CLIENT = "icespar-driver";

    /** The how-to's answers. */
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

    private final Checks checks;
    private final Keycloak keycloak;
    private final Icespar icespar;

    private KeycloakEndToEnd(Checks checks, Keycloak keycloak, Icespar icespar) {
        this.checks = checks;
        this.keycloak = keycloak;
        this.icespar = icespar;
    }

    public static void main(String[] arguments) throws Exception {
        var distribution = Path.of(arguments[0]).toAbsolutePath();
        var checks = new Checks();
        var work = Files.createTempDirectory("icespar with keycloak");
        var port = Keycloak.freePort();
        try (var keycloak = new Keycloak(
                Path.of(arguments[1]), Path.of(arguments[2]), Files.createDirectory(work.resolve("keycloak")), port)) {
            System.out.println("Keycloak: " + keycloak.start());
            var folder = Files.createDirectory(work.resolve("icespar"));
            try (var icespar = Icespar.start(distribution, folder, keycloak.issuer(), port)) {
                var test = new KeycloakEndToEnd(checks, keycloak, icespar);
                test.theHowTo();
                test.otherLogins();
                test.attacks();
                var browser = new BrowserEndToEnd(checks, keycloak, icespar, Path.of(arguments[3]));
                browser.run();
                test.timeAndTrouble(browser);
                test.secretsStaySecret(folder);
            }
        } finally {
            deleteAll(work);
        }
        System.exit(checks.finish());
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    // ---- The how-to, step by step

    private void theHowTo() {
        checks.check("a user of the provider whose roles are not mapped does not enter", () ->
                Checks.refused("28000", () -> icespar.connectAs("french-user"), "ROLE_USER"));
        checks.check("with `atoti` mapped to ROLE_USER one enters, and by default sees everything", () -> {
            icespar.administer("CREATE ROLE MAPPING FROM 'atoti' TO ROLE_USER");
            try (var connection = icespar.connectAs("french-user")) {
                return Checks.equal("8077", Icespar.total(connection));
            }
        });
        checks.check("restrictions and role mappings are made while the server runs", () -> {
            icespar.administer(
                    "CREATE ROLE ROLE_PARIS",
                    "CREATE ROLE ROLE_FRANCE",
                    "CREATE RESTRICTION paris ON \"Shops\" USING (\"City\" = 'Paris') TO ROLE_PARIS",
                    "CREATE RESTRICTION france ON \"Shops\" USING (\"Country\" = 'France') TO ROLE_FRANCE",
                    "CREATE ROLE MAPPING FROM 'france' TO ROLE_FRANCE",
                    "CREATE ROLE MAPPING FROM 'paris' TO ROLE_PARIS");
            return "";
        });
        checks.check("global-user, whose role `user` is not mapped, does not enter", () ->
                Checks.refused("28000", () -> icespar.connectAs("global-user"), "ROLE_USER"));
        checks.check("with `user` mapped to ROLE_USER, too, everyone enters", () -> {
            icespar.administer("CREATE ROLE MAPPING FROM 'user' TO ROLE_USER");
            return "";
        });
        CITIES.forEach((user, expected) -> checks.check(user + " logs in by the password grant and sees their own", () -> {
            try (var connection = icespar.connectAs(user)) {
                Checks.equal(expected.replaceAll("total (\\d+).*", "$1"), Icespar.total(connection));
                return Checks.equal(expected, Icespar.cities(connection));
            }
        }));
        checks.check("a technical user logs in by Basic authentication beside", () -> {
            icespar.administer(
                    "CREATE USER \"technical-user\" PASSWORD 'changeit'",
                    "GRANT ROLE_USER TO USER \"technical-user\"");
            var answer = icespar.whoami("Authorization", Icespar.basic("technical-user", Icespar.PASSWORD));
            Checks.equal(200, answer.statusCode());
            return Checks.contains(answer.body().replace(" ", ""), "\"name\":\"technical-user\"", "[\"ROLE_USER\"]");
        });
        checks.check("without credentials /whoami is 401 for a program", () -> {
            var answer = icespar.whoami("Accept", "application/json");
            Checks.equal(401, answer.statusCode());
            return Checks.contains(answer.headers().allValues("WWW-Authenticate").toString(), "Bearer", "Basic");
        });
        checks.check("/whoami by a token gives the name at the provider and the roles here", () -> {
            var token = keycloak.accessToken(DRIVER_CLIENT, "french-user");
            var answer = icespar.whoami("Authorization", "Bearer " + token);
            Checks.equal(200, answer.statusCode());
            return Checks.contains(answer.body(), "french-user", "ROLE_FRANCE", "ROLE_USER");
        });
        checks.check("a mapping that is dropped holds no more for a connection that is open", () -> {
            try (var connection = icespar.connectAs("parisian-user")) {
                icespar.administer("CREATE ROLE MAPPING FROM 'atoti' TO ROLE_FRANCE", "DROP ROLE MAPPING FROM 'paris'");
                var without = Icespar.total(connection);
                icespar.administer("CREATE ROLE MAPPING FROM 'paris' TO ROLE_PARIS",
                        "DROP ROLE MAPPING FROM 'atoti' TO ROLE_FRANCE");
                return Checks.equal("3027, then 603", without + ", then " + Icespar.total(connection));
            }
        });
    }

    // ---- The driver's other logins

    private void otherLogins() {
        checks.check("a wrong password is refused by the provider, in its words", () -> Checks.refused(
                "28000",
                () -> icespar.connect("auth", "password", "user", "french-user", "password", "wrong-password"),
                "Invalid user credentials"));
        checks.check("an access token that was got elsewhere", () -> {
            var token = keycloak.accessToken(DRIVER_CLIENT, "parisian-user");
            try (var connection = icespar.connect("accessToken", token)) {
                return Checks.equal("603", Icespar.total(connection));
            }
        });
        checks.check("an access token in a file", () -> {
            var file = Files.createTempFile("token", "");
            Files.writeString(file, keycloak.accessToken(DRIVER_CLIENT, "french-user"));
            try (var connection = icespar.connect("accessTokenFile", file.toString())) {
                return Checks.equal("3027", Icespar.total(connection));
            } finally {
                Files.delete(file);
            }
        });
        checks.check("a program logs in by the secret of its client, and has its roles", () -> {
            try (var connection = icespar.connect(
                    "auth", "client_credentials", "clientId", "icespar", "clientSecret", Keycloak.SERVER_SECRET)) {
                return Checks.equal("8077", Icespar.total(connection));
            }
        });
        checks.check("a wrong secret of a client is refused", () -> Checks.refused(
                "28000",
                () -> icespar.connect("auth", "client_credentials", "clientId", "icespar", "clientSecret", "wrong"),
                "refused the login"));
        checks.check("a person logs in on Keycloak's page, once for two connections", () -> {
            var printed = new Printed();
            var pages = printed.address().thenAccept(address -> {
                try {
                    keycloak.logInOnPage(address, "french-user");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            try (printed;
                    var first = icespar.connect("auth", "browser", "loginTimeout", "60");
                    var second = icespar.connect("auth", "browser")) {
                pages.get(10, TimeUnit.SECONDS);
                return Checks.equal("3027 3027", Icespar.total(first) + " " + Icespar.total(second));
            }
        });
    }

    /** The address that the driver prints where there is no browser. */
    private static final class Printed implements AutoCloseable {
        private final PrintStream standardError = System.err;
        private final CompletableFuture<URI> address = new CompletableFuture<>();

        Printed() {
            var text = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int from, int length) {
                    super.write(bytes, from, length);
                    var line = toString(StandardCharsets.UTF_8);
                    if (line.endsWith("\n")) {
                        address.complete(URI.create(Checks.found("Icespar: to log in, .* (http://\\S+)", line)));
                    }
                }
            };
            System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
        }

        /** Completed on a thread of its own: the one that prints goes on to wait for the answer. */
        CompletableFuture<URI> address() {
            return address.thenApplyAsync(found -> found);
        }

        @Override
        public void close() {
            System.setErr(standardError);
        }
    }

    // ---- Tokens that must not be accepted

    private void attacks() throws Exception {
        var tokens = keycloak.tokens(DRIVER_CLIENT, "parisian-user");
        var good = Checks.found("\"access_token\":\"([^\"]+)\"", tokens);
        checks.check("the token that is changed below is good by itself", () ->
                "HTTP " + Checks.equal(200, icespar.whoami("Authorization", "Bearer " + good).statusCode()));
        var parts = good.split("\\.");
        refused("a token whose content was changed", "Bearer " + parts[0] + "." + changed(parts[1], "paris", "atoti") + "."
                + parts[2]);
        refused("a token whose signature was changed", "Bearer " + parts[0] + "." + parts[1] + "."
                + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1));
        refused("a token that is not signed", "Bearer " + encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".");
        refused("a token without its signature", "Bearer " + parts[0] + "." + parts[1] + ".");
        refused("the ID token of the same login", "Bearer " + Checks.found("\"id_token\":\"([^\"]+)\"", tokens));
        refused("the refresh token of the same login", "Bearer " + Checks.found("\"refresh_token\":\"([^\"]+)\"", tokens));
        refused("the same user's token for another application", "Bearer "
                + keycloak.accessToken("another-application", "parisian-user"));
        refused("the provider's password as a local one", Icespar.basic("parisian-user", Keycloak.PASSWORD));
        checks.check("a token beside a password: refused", () -> {
            var answer = icespar.whoami(
                    "Authorization", "Bearer " + good, "Authorization", Icespar.basic("technical-user", Icespar.PASSWORD));
            if (answer.statusCode() != 400 && answer.statusCode() != 401) {
                throw new AssertionError("HTTP " + answer.statusCode());
            }
            return "HTTP " + answer.statusCode();
        });
        checks.check("a token in the URL is none", () -> "HTTP "
                + Checks.equal(
                        401,
                        icespar.get("/whoami?access_token=" + good, "Accept", "application/json").statusCode()));
    }

    private static String changed(String part, String from, String to) {
        var content = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        return encoded(Checks.contains(content, from).replace("\"" + from + "\"", "\"" + to + "\""));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(String what, String authorization) {
        checks.check(what + ": refused, and nothing is said of why", () -> {
            var answer = icespar.whoami("Authorization", authorization, "Accept", "application/json");
            Checks.equal(401, answer.statusCode());
            Checks.holdsNone(answer.body() + answer.headers().map(), "signature", "audience", "azp", "typ\"");
            return "HTTP 401 " + answer.body().strip();
        });
    }

    // ---- Tokens that expire, keys that change, a provider that goes away

    private void timeAndTrouble(BrowserEndToEnd browser) throws Exception {
        var old = keycloak.accessToken(DRIVER_CLIENT, "french-user");
        var fixed = icespar.connect("accessToken", old);
        try (var renewed = icespar.connectAs("french-user")) {
            Checks.equal("3027", Icespar.total(renewed));
            checks.check("after a rotation of the provider's key, tokens of the new one are accepted, and of the old", () -> {
                var newKey = keycloak.rotateKey();
                if (newKey.equals(Keycloak.keyId(old))) {
                    throw new AssertionError("the key was not changed");
                }
                try (var connection = icespar.connectAs("parisian-user")) {
                    return "key " + Keycloak.keyId(old) + ", then " + newKey + ": " + Checks.equal("603", Icespar.total(connection));
                }
            });
            checks.check("a token is refused when it has expired, and a connection that has no other ends", () -> {
                var seconds = secondsUntilRefused(old);
                return "after " + seconds + " more seconds; " + Checks.refused("28000", () -> Icespar.total(fixed));
            });
            checks.check("a connection that can renew its token goes on past that", () ->
                    Checks.equal("3027", Icespar.total(renewed)));

            keycloak.close();
            checks.check("without the provider technical users log in", () -> "HTTP "
                    + Checks.equal(
                            200,
                            icespar.whoami("Authorization", Icespar.basic("technical-user", Icespar.PASSWORD))
                                    .statusCode()));
            checks.check("without the provider nobody logs in there, and the text says so", () ->
                    Checks.refused("08001", () -> icespar.connectAs("french-user"), "is it running?"));
            checks.check("without the provider a connection ends when its token has expired", () -> {
                secondsUntilExpired();
                return Checks.refused("28000", () -> Icespar.total(renewed), "the login has expired and cannot be renewed");
            });
            browser.withoutProvider();
            System.out.println("Keycloak again: " + keycloak.start());
            browser.withProviderAgain();
            checks.check("when the provider is back, that connection goes on", () ->
                    Checks.equal("3027", Icespar.total(renewed)));
            checks.check("when the provider is back, users log in", () -> {
                try (var connection = icespar.connectAs("global-user")) {
                    return Checks.equal("8077", Icespar.total(connection));
                }
            });
        }
        fixed.close();
    }

    /** Waits until the server refuses a token. */
    private long secondsUntilRefused(String token) throws Exception {
        var since = System.nanoTime();
        while (icespar.whoami("Authorization", "Bearer " + token).statusCode() == 200) {
            var seconds = (System.nanoTime() - since) / 1_000_000_000;
            if (seconds > 150) {
                throw new AssertionError("still accepted after " + seconds + " seconds");
            }
            Thread.sleep(1_000);
        }
        return (System.nanoTime() - since) / 1_000_000_000;
    }

    /** Waits as long as the realm's tokens live. */
    private static void secondsUntilExpired() throws InterruptedException {
        Thread.sleep(Keycloak.TOKEN_SECONDS * 1_000L + 1_000);
    }

    // ---- What must not have been written

    private void secretsStaySecret(Path folder) {
        checks.check("neither the server's output nor its audit holds a password, a secret or a token", () -> {
            Checks.holdsNone(icespar.output(), Keycloak.PASSWORD, Keycloak.SERVER_SECRET, "eyJ");
            var audit = new StringBuilder();
            try (Stream<Path> files = Files.walk(folder.resolve("data/audit"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    audit.append(Files.readString(file));
                }
            }
            Checks.contains(audit.toString(), "french-user");
            return Checks.holdsNone(audit.toString(), Keycloak.PASSWORD, Keycloak.SERVER_SECRET, "eyJ");
        });
    }
}
