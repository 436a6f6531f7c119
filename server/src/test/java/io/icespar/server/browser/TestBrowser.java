package io.icespar.server.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jwt.JWTClaimsSet;
import io.icespar.server.oidc.TestProvider;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a browser does of itself: it keeps cookies, and says that it takes pages. Redirects are the test's to follow. */
final class TestBrowser {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI server;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    TestBrowser(URI server) {
        this.server = server;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(path)), headers);
    }

    HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(path)).POST(BodyPublishers.noBody()), headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String... headers)
            throws IOException, InterruptedException {
        request.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.replaceFirst(";.*", "").split("=", 2);
            if (cookie.contains("Expires=Thu, 01 Jan 1970")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return answer;
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer + answer.body()));
    }

    /** The parameters of an address, or of a form. */
    static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.replaceFirst("^[^?]*\\?", "").split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** Begins a login on a page, and gives the parameters that the provider gets. */
    Map<String, String> begin(String page) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(page);
        assertEquals(302, answer.statusCode(), answer.body());
        return parameters(location(answer));
    }

    /** Comes back from the provider, which gives these tokens for the code. */
    HttpResponse<String> comeBack(TestProvider provider, Map<String, String> asked, Tokens tokens)
            throws IOException, InterruptedException {
        provider.answerTo("/token", tokens.json());
        return get("/login/callback?code=the-code&state=" + asked.get("state"));
    }

    /** What a token endpoint gives. */
    record Tokens(String access, String id, String refresh) {
        /** The tokens of a user as they should be. */
        static Tokens of(TestProvider provider, Map<String, String> asked, String user, String... roles) {
            return new Tokens(
                    provider.token(user, roles),
                    provider.sign(idToken(provider, asked, user).build()),
                    "refresh-of-" + user);
        }

        static JWTClaimsSet.Builder idToken(TestProvider provider, Map<String, String> asked, String user) {
            JWTClaimsSet access = provider.claims(user);
            return new JWTClaimsSet.Builder()
                    .issuer(access.getIssuer())
                    .subject(access.getSubject())
                    .audience(TestProvider.CLIENT)
                    .issueTime(access.getIssueTime())
                    .expirationTime(access.getExpirationTime())
                    .claim("nonce", asked.get("nonce"));
        }

        String json() {
            return """
                    {"token_type": "Bearer", "expires_in": 300, "access_token": "%s", "id_token": "%s",
                     "refresh_token": "%s"}""".formatted(access, id, refresh);
        }
    }

    /** Logs in, and comes back to the page. */
    HttpResponse<String> logIn(TestProvider provider, String page, String user, String... roles)
            throws IOException, InterruptedException {
        Map<String, String> asked = begin(page);
        return comeBack(provider, asked, Tokens.of(provider, asked, user, roles));
    }
}
