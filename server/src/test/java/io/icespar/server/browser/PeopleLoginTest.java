package io.icespar.server.browser;

import static io.icespar.server.browser.TestBrowser.location;
import static io.icespar.server.browser.TestBrowser.parameters;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.icespar.server.browser.TestBrowser.Tokens;
import io.icespar.server.oidc.SmallServer;
import io.icespar.server.oidc.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People log in with a browser, and nobody else by way of them: attacks 109 to 111 of the catalogue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleLoginTest {
    private final TestProvider provider;
    private final SmallServer server;

    PeopleLoginTest(@TempDir Path folder) throws IOException {
        provider = new TestProvider();
        server = new SmallServer(folder, provider.issuer());
    }

    @AfterAll
    void stop() {
        server.close();
        provider.close();
    }

    private TestBrowser browser() {
        return new TestBrowser(server.uri());
    }

    private TestBrowser loggedIn(String user, String... roles) throws IOException, InterruptedException {
        TestBrowser browser = browser();
        assertEquals(302, browser.logIn(provider, "/whoami", user, roles).statusCode());
        return browser;
    }

    // ---- As it should be

    @Test
    void aPageLeadsToTheProviderAndBack() throws Exception {
        TestBrowser browser = browser();
        HttpResponse<String> sent = browser.get("/whoami?x=1");
        assertEquals(302, sent.statusCode());
        assertTrue(location(sent).startsWith(provider.issuer() + "/auth?"), location(sent));
        Map<String, String> asked = parameters(location(sent));
        assertEquals("code", asked.get("response_type"));
        assertEquals("icespar", asked.get("client_id"));
        assertEquals("openid", asked.get("scope"));
        assertEquals("S256", asked.get("code_challenge_method"));
        assertEquals(server.uri() + "/login/callback", asked.get("redirect_uri"));

        HttpResponse<String> back =
                browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user", "paris"));
        assertEquals("302 /whoami?x=1", back.statusCode() + " " + location(back));
        assertEquals(
                "{\"name\":\"ann\",\"roles\":[\"ROLE_PARIS\",\"ROLE_USER\"]}",
                browser.get("/whoami").body());
    }

    @Test
    void theDiagramIsForPeopleWhoLoggedInSo() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/schema");
        HttpResponse<String> back = browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user"));
        assertEquals("302 /schema", back.statusCode() + " " + location(back));
        String page = browser.get("/schema").body();
        assertTrue(page.contains("<h1>Schema</h1>"), page);
        assertTrue(page.contains("What ann may know of"), page);
        String script = page.replaceFirst("(?s).*<script src=\"([^\"]+)\".*", "$1");
        assertEquals(200, browser.get(script, "Sec-Fetch-Dest", "script").statusCode());
        assertEquals(401, browser().get(script, "Sec-Fetch-Dest", "script").statusCode());
    }

    @Test
    void theProviderIsShownThatWhoBringsTheCodeIsWhoAskedForIt() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user"));
        Map<String, String> form = parameters(provider.body("/token"));
        assertEquals("authorization_code", form.get("grant_type"));
        assertEquals("the-code", form.get("code"));
        assertEquals(asked.get("redirect_uri"), form.get("redirect_uri"));
        assertEquals(
                asked.get("code_challenge"),
                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(form.get("code_verifier")))
                        .getValue());
    }

    @Test
    void eachLoginDrawsItsOwnLots() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> one = browser.begin("/whoami");
        Map<String, String> other = browser.begin("/whoami");
        for (String lot : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(one.get(lot), other.get(lot), lot);
        }
    }

    @Test
    void cookiesAreForThisServerAndNoScript() throws Exception {
        TestBrowser browser = browser();
        HttpResponse<String> sent = browser.get("/whoami");
        Map<String, String> asked = parameters(location(sent));
        HttpResponse<String> back = browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user"));
        List<String> cookies = Stream.of(sent, back)
                .flatMap(answer -> answer.headers().allValues("Set-Cookie").stream())
                .toList();
        assertEquals(3, cookies.size(), cookies::toString);
        for (String cookie : cookies) {
            assertTrue(cookie.contains("; Path=/; ") || cookie.endsWith("; Path=/"), cookie);
            assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), cookie);
            assertFalse(cookie.contains("Domain") || cookie.contains("Secure"), cookie);
        }
        assertEquals(List.of("icespar"), List.copyOf(browser.cookies().keySet()));
    }

    @Test
    void whereTheServerIsReachedByTlsCookiesGoNowhereElse(@TempDir Path folder) throws Exception {
        URI address = URI.create("https://icespar.example.com/");
        try (SmallServer behindProxy = SmallServer.behindProxy(folder, provider.issuer(), address)) {
            TestBrowser browser = new TestBrowser(behindProxy.uri());
            HttpResponse<String> sent = browser.get("/whoami");
            assertEquals(
                    "https://icespar.example.com/login/callback",
                    parameters(location(sent)).get("redirect_uri"));
            String cookie = sent.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.startsWith("__Host-icespar-login=") && cookie.contains("; Secure"), cookie);
        }
    }

    @Test
    void programsAndScriptsAreToldToLogIn() throws Exception {
        assertEquals(401, server.get("/whoami").statusCode());
        assertEquals(401, browser().get("/whoami", "Sec-Fetch-Mode", "cors").statusCode());
        assertEquals(302, browser().get("/whoami", "Sec-Fetch-Mode", "navigate").statusCode());
    }

    @Test
    void theHomePageShowsWhoIsThere() throws Exception {
        TestBrowser browser = loggedIn("<i>ann</i>", "user");
        HttpResponse<String> page = browser.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<h1>&lt;i&gt;ann&lt;/i&gt;</h1>"), page.body());
        assertFalse(page.body().contains("<i>"), page.body());
        assertTrue(page.body().contains("ROLE_USER"), page.body());
        assertTrue(page.body().contains("jdbc:icespar:" + server.uri() + "?auth=browser"), page.body());
        assertTrue(page.body().contains("<form method=\"post\" action=\"/logout\">"), page.body());
    }

    @Test
    void pagesCannotBeFramedAndRunNothing() throws Exception {
        String policy = loggedIn("ann", "user")
                .get("/")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertTrue(
                policy.contains("form-action 'self' http://" + provider.issuer().getAuthority() + ";"), policy);
    }

    // ---- Who may not enter

    @Test
    void whoDoesNotHoldRoleUserIsToldAndCanLogOut() throws Exception {
        TestBrowser browser = loggedIn("stranger", "unmapped");
        HttpResponse<String> page = browser.get("/whoami");
        assertEquals(403, page.statusCode());
        assertTrue(
                page.body().contains("You may not enter") && page.body().contains("action=\"/logout\""), page.body());
        assertEquals(302, browser.get("/login").statusCode());
    }

    @Test
    void aProviderThatIsDownIsToldOf(@TempDir Path folder) throws Exception {
        TestProvider down = new TestProvider();
        try (SmallServer alone = new SmallServer(folder, down.issuer())) {
            TestBrowser browser = new TestBrowser(alone.uri());
            Map<String, String> asked = browser.begin("/whoami");
            Tokens tokens = Tokens.of(down, asked, "ann", "user");
            down.close();
            HttpResponse<String> page = browser.comeBack(down, asked, tokens);
            assertEquals(503, page.statusCode());
            assertTrue(page.body().contains("Nobody can be let in at the moment"), page.body());
        }
    }

    // ---- What the provider's answer must be

    private static Arguments attack(String reason, Attack attack) {
        return Arguments.of(reason, attack);
    }

    /** Makes tokens of the parameters that the provider gets. */
    private interface Attack extends BiFunction<TestProvider, Map<String, String>, Tokens> {}

    private static Attack idToken(BiFunction<JWTClaimsSet.Builder, TestProvider, JWTClaimsSet.Builder> change) {
        return (provider, asked) -> new Tokens(
                provider.token("ann", "user"),
                provider.sign(change.apply(Tokens.idToken(provider, asked, "ann"), provider)
                        .build()),
                "r");
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("nonce", idToken((claims, provider) -> claims.claim("nonce", "another"))),
                attack("nonce", idToken((claims, provider) -> claims.claim("nonce", null))),
                attack("audience", idToken((claims, provider) -> claims.audience("another"))),
                attack(
                        "azp",
                        idToken((claims, provider) ->
                                claims.audience(List.of("icespar", "another")).claim("azp", "another"))),
                attack("issuer", idToken((claims, provider) -> claims.issuer("https://evil.example"))),
                attack(
                        "Expired",
                        idToken((claims, provider) ->
                                claims.expirationTime(Date.from(Instant.now().minusSeconds(600))))),
                attack("at_hash", idToken((claims, provider) -> claims.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"))),
                attack("is not of whom the ID token is", idToken((claims, provider) -> claims.subject("id-of-bob"))),
                attack(
                        "ID token does not fit",
                        (provider, asked) -> new Tokens(
                                provider.token("ann", "user"),
                                new PlainJWT(Tokens.idToken(provider, asked, "ann")
                                                .build())
                                        .serialize(),
                                "r")),
                attack(
                        "ID token does not fit",
                        (provider, asked) -> new Tokens(
                                provider.token("ann", "user"),
                                TestProvider.sign(
                                        new JWSHeader.Builder(provider.header().build()).build(),
                                        Tokens.idToken(provider, asked, "ann").build(),
                                        TestProvider.newKey("first")),
                                "r")),
                attack(
                        "the token does not fit",
                        (provider, asked) -> new Tokens(
                                provider.sign(new JWTClaimsSet.Builder(provider.claims("ann", "user"))
                                        .audience("another")
                                        .build()),
                                Tokens.of(provider, asked, "ann", "user").id(),
                                "r")),
                attack("is not an access token", (provider, asked) -> {
                    String id = Tokens.of(provider, asked, "ann", "user").id();
                    return new Tokens(id, id, "r");
                }));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void tokensThatAreNotThisLoginsAreRefused(String reason, Attack attack) throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        assertRefused(reason, browser, browser.comeBack(provider, asked, attack.apply(provider, asked)));
    }

    private void assertRefused(String reason, TestBrowser browser, HttpResponse<String> answer) throws Exception {
        assertEquals(403, answer.statusCode(), answer.body());
        assertEquals(Map.of(), browser.cookies());
        assertEquals(302, browser.get("/whoami").statusCode());
        assertFalse(answer.body().contains(reason), answer.body());
        assertTrue(
                server.refusals().stream().anyMatch(audited -> audited.contains(reason)), () -> String.valueOf(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code=c&state=another                       | the answer is to another login",
                "code=c                                     | the answer is to another login",
                "code=c&state=STATE&iss=https://evil.example | the answer is another provider's",
                "error=access_denied&state=STATE            | the provider refused the login: access_denied",
                "error=%3Cscript%3E&state=STATE             | the provider refused the login: no reason given",
                "state=STATE                                | the provider's answer holds no code",
                "code=a&code=b&state=STATE                  | the provider's answer holds a parameter twice",
                "code=a&state=STATE&state=STATE             | the provider's answer holds a parameter twice",
                "x=y                                        | the answer is to another login"
            })
    void anAnswerThatIsNotThisLoginsIsRefused(String query, String reason) throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        provider.answerTo("/token", Tokens.of(provider, asked, "ann", "user").json());
        int exchanged = provider.requests("/token");
        assertRefused(reason, browser, browser.get("/login/callback?" + query.replace("STATE", asked.get("state"))));
        assertEquals(exchanged, provider.requests("/token"));
    }

    @Test
    void aBrowserThatBeganNoLoginIsNotLoggedInByAnothersAnswer() throws Exception {
        TestBrowser attacker = browser();
        Map<String, String> asked = attacker.begin("/whoami");
        TestBrowser victim = browser();
        assertRefused(
                "this browser has begun no login here",
                victim,
                victim.comeBack(provider, asked, Tokens.of(provider, asked, "attacker", "user")));
        victim.begin("/whoami");
        assertRefused(
                "the answer is to another login",
                victim,
                victim.comeBack(provider, asked, Tokens.of(provider, asked, "attacker", "user")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c.d.e", "eyJhbGciOiJub25lIn0..x", "SWAPPED"})
    void aLoginThatThisServerDidNotSealIsNone(String sealed) throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        String good = browser.cookies().getOrDefault("icespar-login", "");
        // In the middle: the last letter of a part may hold bits that mean nothing.
        int at = good.length() / 2;
        String swapped = good.substring(0, at) + (good.charAt(at) == 'A' ? 'B' : 'A') + good.substring(at + 1);
        browser.cookies().put("icespar-login", sealed.equals("SWAPPED") ? swapped : sealed);
        assertRefused(
                "this browser has begun no login here",
                browser,
                browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user")));
    }

    @Test
    void anotherSitesPicturesAndFramesMakeNoLoginFail() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        int refused = server.refusals().size();
        for (String destination : List.of("image", "iframe")) {
            HttpResponse<String> answer = browser.get("/login/callback?code=c&state=s", "Sec-Fetch-Dest", destination);
            assertEquals(400, answer.statusCode());
        }
        assertEquals(refused, server.refusals().size());
        assertEquals(
                302,
                browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user"))
                        .statusCode());
    }

    @Test
    void answersToNoLoginSlowDownNobodyAndAreRecordedOnce(@TempDir Path folder) throws Exception {
        try (SmallServer throttling = SmallServer.thatThrottles(folder, provider.issuer())) {
            TestBrowser browser = new TestBrowser(throttling.uri());
            for (int i = 0; i <= 101; i++) {
                assertEquals(403, browser.get("/login/callback?code=" + i).statusCode());
            }
            assertEquals(
                    List.of("(browser): this browser has begun no login here, or too long ago"), throttling.refusals());
        }
    }

    @Test
    void codesThatTheProviderRefusesAreSlowedDown(@TempDir Path folder) throws Exception {
        // It knows no code.
        try (TestProvider refusing = new TestProvider();
                SmallServer throttling = SmallServer.thatThrottles(folder, refusing.issuer())) {
            TestBrowser browser = new TestBrowser(throttling.uri());
            for (int i = 0; i <= 100; i++) {
                String state = browser.begin("/whoami").getOrDefault("state", "");
                HttpResponse<String> answer = browser.get("/login/callback?code=" + i + "&state=" + state);
                assertEquals(i < 100 ? 403 : 429, answer.statusCode(), answer.body());
            }
            assertEquals(100, refusing.requests("/token"));
        }
    }

    @Test
    void anAnswerCountsOnce() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        browser.comeBack(provider, asked, Tokens.of(provider, asked, "ann", "user"));
        assertEquals(
                403,
                browser.get("/login/callback?code=the-code&state=" + asked.get("state"))
                        .statusCode());
    }

    // ---- Where it leads to

    @ParameterizedTest
    @CsvSource({
        "/whoami, /whoami",
        "/a/b?c=d%2F, /a/b?c=d%2F",
        "//evil.example, /",
        "/\\evil.example, /",
        "/%09/evil.example, /",
        "/%0D%0ASet-Cookie:%20a=b, /",
        "https://evil.example/, /",
        "javascript:alert(1), /",
        "evil.example, /",
        "@evil.example, /",
        "/login, /",
        "/login?page=/x, /",
        "/logout, /",
        "'', /"
    })
    void aLoginLeadsToPagesOfThisServerOnly(String page, String expected) throws Exception {
        TestBrowser browser = browser();
        String asked = "/login?page="
                + page.replace("%", page.contains("%2F") ? "%25" : "%")
                        .replace("\\", "%5C")
                        .replace("?", "%3F");
        assertEquals(expected, location(browser.logIn(provider, asked, "ann", "user")));
    }

    // ---- Sessions

    @Test
    void aLoginBeginsASessionOfItsOwn() throws Exception {
        TestBrowser browser = browser();
        browser.cookies().put("icespar", "chosen-by-an-attacker");
        browser.logIn(provider, "/whoami", "ann", "user");
        String first = browser.cookies().get("icespar");
        assertNotEquals("chosen-by-an-attacker", first);

        browser.logIn(provider, "/login", "bob", "user");
        String second = browser.cookies().get("icespar");
        assertNotEquals(first, second);
        assertTrue(browser.get("/whoami").body().contains("bob"));
        TestBrowser stale = browser();
        stale.cookies().put("icespar", first);
        assertEquals(302, stale.get("/whoami").statusCode());
    }

    @Test
    void aSessionBesideOtherCredentialsIsRefused() throws Exception {
        TestBrowser browser = loggedIn("ann", "user");
        HttpResponse<String> both = browser.get("/whoami", "Authorization", SmallServer.basic("admin", "changeit"));
        assertEquals(400, both.statusCode());
        assertEquals("the request carries both `Authorization` and the cookie of a session\n", both.body());
        assertEquals("(several): " + both.body().strip(), server.refusals().get(0));
        String session = browser.cookies().get("icespar");
        browser.cookies().put("icespar", session + "; icespar=" + session);
        assertEquals(400, browser.get("/whoami").statusCode());
    }

    @Test
    void aSessionIsForPagesOnly() throws Exception {
        TestBrowser browser = loggedIn("ann", "user");
        assertEquals(
                401,
                browser.post("/avatica", "Content-Type", "application/json").statusCode());
    }

    @Test
    void aSessionOfANameThatIsAUsersHereNowMayNotEnter() throws Exception {
        TestBrowser browser = loggedIn("late", "user");
        assertEquals(200, browser.get("/whoami").statusCode());
        server.run("CREATE USER late PASSWORD 'changeit'");
        HttpResponse<String> page = browser.get("/whoami");
        assertEquals(403, page.statusCode());
        assertTrue(page.body().contains("action=\"/logout\""), page.body());
    }

    // ---- Logging out

    @Test
    void aLargeIdTokenIsNotPutIntoAnAddress() throws Exception {
        TestBrowser browser = browser();
        Map<String, String> asked = browser.begin("/whoami");
        String id = provider.sign(Tokens.idToken(provider, asked, "ann")
                .claim("padding", "x".repeat(20_000))
                .build());
        browser.comeBack(provider, asked, new Tokens(provider.token("ann", "user"), id, "r"));
        HttpResponse<String> out = browser.post("/logout");
        assertEquals(303, out.statusCode());
        assertEquals(
                Set.of("client_id", "post_logout_redirect_uri"),
                parameters(location(out)).keySet());
    }

    @Test
    void loggingOutEndsTheSessionHereAndAtTheProvider() throws Exception {
        TestBrowser browser = loggedIn("ann", "user");
        String session = browser.cookies().get("icespar");
        HttpResponse<String> out = browser.post("/logout");
        assertEquals(303, out.statusCode());
        assertTrue(location(out).startsWith(provider.issuer() + "/end?"), location(out));
        Map<String, String> asked = parameters(location(out));
        assertEquals(server.uri() + "/logout", asked.get("post_logout_redirect_uri"));
        assertEquals(3, asked.getOrDefault("id_token_hint", "").split("\\.").length);
        assertEquals(Map.of(), browser.cookies());
        assertTrue(browser.get("/logout").body().contains("You are logged out"));

        browser.cookies().put("icespar", session);
        assertEquals(302, browser.get("/whoami").statusCode());
    }

    @Test
    void aLinkDoesNotLogOut() throws Exception {
        TestBrowser browser = loggedIn("ann", "user");
        assertTrue(browser.get("/logout").body().contains("Log out?"));
        assertEquals(200, browser.get("/whoami").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void anotherSiteCannotPost(String header, String value) throws Exception {
        TestBrowser browser = loggedIn("ann", "user");
        assertEquals(403, browser.post("/logout", header, value).statusCode());
        assertEquals(200, browser.get("/whoami").statusCode());
        assertEquals(
                403,
                browser()
                        .post(
                                "/avatica",
                                header,
                                value,
                                "Authorization",
                                SmallServer.basic("admin", "changeit"),
                                "Content-Type",
                                "text/plain")
                        .statusCode());
    }

    @Test
    void thisSiteCanPost() throws Exception {
        for (String[] header : new String[][] {
            {"Origin", server.uri().toString()},
            {"Sec-Fetch-Site", "same-origin"}
        }) {
            TestBrowser browser = loggedIn("ann", "user");
            assertEquals(303, browser.post("/logout", header[0], header[1]).statusCode());
        }
    }
}
