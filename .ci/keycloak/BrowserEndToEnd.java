import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The part of the end-to-end test that a person does with a browser; pictures of what they see are kept. */
final class BrowserEndToEnd {
    private static final String COOKIE = "icespar";
    private static final String NOBODY = "Nobody can be let in at the moment";

    private final Checks checks;
    private final Keycloak keycloak;
    private final Icespar icespar;
    private final Chromium chromium;

    BrowserEndToEnd(Checks checks, Keycloak keycloak, Icespar icespar, Path screenshots) throws Exception {
        this.checks = checks;
        this.keycloak = keycloak;
        this.icespar = icespar;
        this.chromium = new Chromium(screenshots);
    }

    /** Logs in, out and in again, while attackers try their luck; leaves french-user logged in. */
    void run() {
        login();
        schema();
        session();
        attacks();
        logout();
    }

    private void logInAs(String user, String password) {
        chromium.type("#username", user);
        chromium.type("#password", password);
        chromium.click("#kc-login");
    }

    private void shown(String selector, String text) throws InterruptedException {
        chromium.waitFor(selector, text);
    }

    // ---- Logging in

    private void login() {
        checks.check("without credentials a browser is sent to the provider: 302", () -> {
            var answer = icespar.whoami("Accept", "*/*");
            Checks.equal(302, answer.statusCode());
            return Checks.contains(answer.headers().firstValue("Location").orElse(""), keycloak.issuer(), "code_challenge_method=S256")
                    .replaceAll("=[^&]{12,}", "=…");
        });
        checks.check("a browser that opens the server's address shows Keycloak's login page", () -> {
            chromium.open(icespar.address() + "/");
            chromium.find("#username");
            chromium.photograph("1 login page");
            return Checks.contains(chromium.address(), keycloak.issuer()).replaceAll("\\?.*", "?…");
        });
        checks.check("a wrong password does not lead back", () -> {
            logInAs("french-user", "wrong-password");
            shown("body", "Invalid username or password");
            return Checks.contains(chromium.address(), "127.0.0.1:" + keycloak.port());
        });
        checks.check("the right one leads back to the page, which shows name and roles", () -> {
            logInAs("french-user", Keycloak.PASSWORD);
            shown("h1", "french-user");
            chromium.photograph("2 home page");
            Checks.equal(icespar.address() + "/", chromium.address());
            return Checks.contains(chromium.text(), "ROLE_FRANCE", "ROLE_USER", "jdbc:icespar:" + icespar.address() + "?auth=browser");
        });
        checks.check("the page's style is applied, and nothing on it was blocked", () -> Checks.equal(
                "grid", chromium.run("return getComputedStyle(document.body).display")));
        checks.check("/whoami in the browser is the same user", () -> {
            chromium.open(icespar.address() + "/whoami");
            return Checks.contains(chromium.text(), "\"name\":\"french-user\"", "ROLE_FRANCE");
        });
        checks.check("scripts do not see the session's cookie, and other sites do not bring it", () -> {
            Checks.equal("", chromium.run("return document.cookie"));
            return Checks.equal(COOKIE + " httpOnly=true sameSite=Lax", String.join(", ", chromium.cookies()));
        });
    }

    // ---- The diagram of the tables

    private void schema() {
        checks.check("the home page leads to the diagram, which is drawn of what the user may know of", () -> {
            chromium.open(icespar.address() + "/");
            chromium.console();
            chromium.click("a[href='/schema']");
            shown("figure svg", "Sales");
            chromium.photograph("2a schema");
            Checks.equal(icespar.address() + "/schema", chromium.address());
            return Checks.contains(drawn(), "Sales", "Sale ID", "Unit price", "Shops", "Shop ID", "PK", "FK", "`Shop` = `Shop ID`");
        });
        checks.check("it is drawn without a complaint of the browser, and with no word to another host", () -> {
            Checks.equal("[]", chromium.console().toString());
            return Checks.equal(
                    icespar.address(),
                    chromium.run("return [...new Set(performance.getEntriesByType('resource')"
                            + ".map(loaded => new URL(loaded.name).origin))].join(' ')"));
        });
        checks.check("a column that is hidden from the user is neither drawn nor on the page", () -> {
            icespar.administer("REVOKE SELECT (\"Unit price\") ON TABLE \"Sales\" FROM PUBLIC");
            try {
                chromium.open(icespar.address() + "/schema");
                shown("figure svg", "Sales");
                chromium.photograph("2b schema without a column");
                return Checks.equal(false, chromium.source().contains("Unit price"));
            } finally {
                icespar.administer("GRANT SELECT ON TABLE \"Sales\" TO PUBLIC");
            }
        });
        checks.check("whatever a name holds, it is drawn as it is and does nothing", () -> {
            var odd = "<img src=x onerror=alert(1)>&lt; \"`*_x_*`\" #35; %%{init} ~a~ \\ direction LR";
            icespar.administer("CREATE VIEW \"direction TB; [}\" (\"" + odd.replace("\"", "\"\"")
                    + "\") AS SELECT \"City\" FROM \"Shops\"");
            try {
                chromium.open(icespar.address() + "/schema");
                shown("figure svg", "direction TB");
                chromium.photograph("2c schema with odd names");
                Checks.equal("[]", chromium.console().toString());
                Checks.equal(0, chromium.texts("img").size());
                return Checks.contains(drawn(), odd, "direction TB; [} (view)");
            } finally {
                icespar.administer("DROP VIEW \"direction TB; [}\"");
            }
        });
        checks.check("programs get its text with the same session", () -> {
            var answer = icespar.get("/schema", "Cookie", COOKIE + "=" + chromium.cookie(COOKIE), "Accept", "text/plain");
            Checks.equal(200, answer.statusCode());
            Checks.equal("erDiagram", answer.body().lines().findFirst().orElse(""));
            return Checks.contains(answer.body(), "\"Sales\" }o--o| \"Shops\"").replaceAll("(?s).*\n(?=.*--)", "");
        });
    }

    /** All texts of the picture. */
    private String drawn() {
        return String.join(", ", chromium.texts("figure svg .nodeLabel, figure svg .edgeLabel p"));
    }

    // ---- While logged in

    private void session() {
        checks.check("a session outlives its token: the provider renews it", () -> {
            Thread.sleep(Keycloak.TOKEN_SECONDS * 1_000L + 31_000);
            chromium.open(icespar.address() + "/");
            shown("h1", "french-user");
            return Checks.equal(icespar.address() + "/", chromium.address());
        });
        checks.check("who loses ROLE_USER is told so by a page", () -> {
            icespar.administer("DROP ROLE MAPPING FROM 'atoti' TO ROLE_USER");
            try {
                chromium.open(icespar.address() + "/");
                shown("h1", "You may not enter");
                chromium.photograph("3 no entry");
                return chromium.text();
            } finally {
                icespar.administer("CREATE ROLE MAPPING FROM 'atoti' TO ROLE_USER");
            }
        });
    }

    // ---- What another site may try

    private void attacks() {
        checks.check("another site's form cannot log out", () -> {
            try (var evil = new OtherSite("<form method=post action='" + icespar.address()
                    + "/logout'></form><script>document.forms[0].submit()</script>")) {
                chromium.open(evil.address());
                shown("body", "the request comes from another site");
                chromium.open(icespar.address() + "/");
                shown("h1", "french-user");
                return "";
            }
        });
        checks.check("another site's script cannot read who is logged in", () -> {
            try (var evil = new OtherSite("<script>fetch('" + icespar.address()
                    + "/whoami', {credentials: 'include'}).then(r => r.text()).then(t => document.title = 'read ' + t,"
                    + " e => document.title = 'blocked')</script>")) {
                chromium.open(evil.address());
                for (int i = 0; i < 100 && chromium.title().isEmpty(); i++) {
                    Thread.sleep(100);
                }
                return Checks.equal("blocked", chromium.title());
            }
        });
        checks.check("another site's frame shows nothing", () -> {
            try (var evil = new OtherSite("<iframe id=frame src='" + icespar.address() + "/'></iframe>")) {
                chromium.open(evil.address());
                return Checks.equal(
                        true, chromium.run("try { return document.getElementById('frame').contentDocument === null }"
                                + " catch (e) { return true }"));
            }
        });
        checks.check("an answer that belongs to no login of this browser is refused", () -> {
            chromium.open(icespar.address() + "/login/callback?code=stolen&state=forged");
            shown("h1", "You are not logged in");
            chromium.photograph("4 refused login");
            return chromium.text();
        });
        checks.check("a login leads to no other site", () -> {
            for (var page : new String[] {"//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"}) {
                chromium.open(icespar.address() + "/login?page=" + URLEncoder.encode(page, StandardCharsets.UTF_8));
                Checks.equal(icespar.address() + "/", chromium.address());
            }
            return "";
        });
        checks.check("a new login makes a new session, and the former is gone", () -> {
            var former = chromium.cookie(COOKIE);
            chromium.open(icespar.address() + "/login");
            shown("h1", "french-user");
            if (former.equals(chromium.cookie(COOKIE))) {
                throw new AssertionError("the same cookie");
            }
            var answer = icespar.whoami("Cookie", COOKIE + "=" + former);
            return "HTTP " + Checks.equal(401, answer.statusCode());
        });
    }

    /** A page of another site: by its name another one, though it is on this machine. */
    private static final class OtherSite implements AutoCloseable {
        private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

        OtherSite(String body) throws Exception {
            var page = ("<!doctype html><title></title>" + body).getBytes(StandardCharsets.UTF_8);
            http.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                }
            });
            http.start();
        }

        String address() {
            return "http://localhost:" + http.getAddress().getPort() + "/";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }

    // ---- Logging out

    private void logout() {
        checks.check("a link to /logout asks first", () -> {
            chromium.open(icespar.address() + "/logout");
            shown("h1", "Log out?");
            return "";
        });
        checks.check("the button logs out here and at Keycloak, and comes back", () -> {
            var session = chromium.cookie(COOKIE);
            chromium.click("button");
            shown("h1", "You are logged out");
            chromium.photograph("5 logged out");
            Checks.equal(icespar.address() + "/logout", chromium.address());
            Checks.equal("", String.join(", ", chromium.cookies()));
            Checks.equal(401, icespar.whoami("Cookie", COOKIE + "=" + session).statusCode());
            chromium.open(icespar.address() + "/");
            chromium.find("#username");
            return "then Keycloak asks for the password again";
        });
        checks.check("another person logs in with the same browser, and is that person", () -> {
            chromium.open(icespar.address() + "/whoami");
            logInAs("parisian-user", Keycloak.PASSWORD);
            shown("body", "parisian-user");
            Checks.equal(icespar.address() + "/whoami", chromium.address());
            return Checks.contains(chromium.text(), "\"name\":\"parisian-user\"", "ROLE_PARIS");
        });
        checks.check("whom the provider logs out loses the session when the token ends", () -> {
            keycloak.endSessions("parisian-user");
            Thread.sleep(Keycloak.TOKEN_SECONDS * 1_000L + 31_000);
            chromium.open(icespar.address() + "/");
            chromium.find("#username");
            return Checks.contains(chromium.address(), keycloak.issuer()).replaceAll("\\?.*", "?…");
        });
        checks.check("french-user logs in again", () -> {
            logInAs("french-user", Keycloak.PASSWORD);
            shown("h1", "french-user");
            return "";
        });
    }

    // ---- When the provider goes away

    /** To be called when the provider has been away for longer than a token lasts. */
    void withoutProvider() {
        checks.check("without the provider a session waits, and a page says why", () -> {
            chromium.open(icespar.address() + "/");
            shown("h1", NOBODY);
            chromium.photograph("6 provider away");
            return Checks.contains(chromium.text(), "the identity provider does not answer");
        });
    }

    /** To be called when the provider is back. */
    void withProviderAgain() {
        checks.check("when the provider is back, that session goes on", () -> {
            // It is not asked again at once, and its first answers take a while.
            var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            do {
                Thread.sleep(1_000);
                chromium.open(icespar.address() + "/");
            } while (chromium.text().contains(NOBODY) && System.nanoTime() < end);
            shown("h1", "french-user");
            chromium.close();
            return "";
        });
    }
}
