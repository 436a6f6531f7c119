package io.icespar.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A provider that gives out {@code token-1}, {@code token-2} and so on, each with a refresh token of that number and
 * good for 60 seconds, or does as a test says; it remembers the forms that it was sent.
 */
final class FakeProvider implements AutoCloseable {
    /** What is answered: a status, and a body. */
    static final class Answer {
        private final int status;
        private final Map<String, String> headers;
        private final String body;

        Answer(int status, String body) {
            this(status, Map.of(), body);
        }

        Answer(int status, Map<String, String> headers, String body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }
    }

    private final HttpServer http;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Map<String, String>> forms = Collections.synchronizedList(new ArrayList<>());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile String discovery;
    private volatile Function<Map<String, String>, Answer> tokens = form -> token("");

    private FakeProvider(HttpServer http) {
        this.http = http;
        this.discovery = discovery("\"issuer\": \"" + issuer() + "\"");
    }

    static FakeProvider start() throws IOException {
        return start(0);
    }

    static FakeProvider start(int port) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var provider = new FakeProvider(http);
        http.createContext("/", provider::answer);
        http.setExecutor(provider.workers);
        http.start();
        return provider;
    }

    String issuer() {
        return "http://127.0.0.1:" + port() + "/realms/test";
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** The discovery document with some members in front, such as an issuer. */
    String discovery(String members) {
        return "{" + members + ", \"authorization_endpoint\": \"" + issuer() + "/login?theme=dark\","
                + " \"token_endpoint\": \"" + issuer() + "/token\","
                + " \"token_endpoint_auth_methods_supported\": [\"private_key_jwt\", \"client_secret_basic\"],"
                + " \"authorization_response_iss_parameter_supported\": true}";
    }

    FakeProvider discovered(String document) {
        discovery = document;
        return this;
    }

    FakeProvider onToken(Function<Map<String, String>, Answer> answer) {
        tokens = answer;
        return this;
    }

    /** The next token, with more members. */
    Answer token(String members) {
        var number = forms.size();
        return new Answer(
                200,
                "{\"access_token\": \"token-" + number + "\", \"token_type\": \"Bearer\", \"expires_in\": 60,"
                        + " \"refresh_token\": \"refresh-" + number + "\"" + members + "}");
    }

    static Answer error(String code, String description) {
        return new Answer(400, "{\"error\": \"" + code + "\", \"error_description\": \"" + description + "\"}");
    }

    /** An ID token, signed by nobody. */
    static String identity(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\": \"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    /** What was sent to the token endpoint; the header {@code Authorization}, if there was one, under that name. */
    List<Map<String, String>> forms() {
        synchronized (forms) {
            return List.copyOf(forms);
        }
    }

    /** The paths that were asked for. */
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The parameters of a query or form. */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (var pair : encoded.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals >= 0) {
                parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    static Map<String, String> parameters(URI address) {
        return parameters(address.getRawQuery());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        requests.add(path);
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals("/realms/test/.well-known/openid-configuration")) {
            send(exchange, new Answer(200, discovery));
        } else if (path.equals("/realms/test/token")) {
            var form = parameters(body);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                form.put("Authorization", authorization);
            }
            forms.add(form);
            send(exchange, tokens.apply(form));
        } else {
            send(exchange, new Answer(404, ""));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var bytes = answer.body.getBytes(StandardCharsets.UTF_8);
        answer.headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
        try {
            exchange.getResponseBody().write(bytes);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }
}
