package io.icespar.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A provider on a port of this machine: it publishes what a provider publishes, and signs what it is told to. */
public final class TestProvider implements AutoCloseable {
    /** The client that tests are. */
    public static final String CLIENT = "icespar";

    private final HttpServer http;
    private final URI issuer;
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private volatile RSAKey key;

    /** A provider on any free port. */
    public TestProvider() throws IOException {
        this(0);
    }

    /** A provider on a port. */
    public TestProvider(int port) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        issuer = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/realm");
        key = newKey("first");
        publish(key);
        documents.put("/realm/.well-known/openid-configuration", """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "introspection_endpoint": "%1$s/introspect", "userinfo_endpoint": "%1$s/userinfo",
                 "end_session_endpoint": "%1$s/end",
                 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(issuer));
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.put(path, body);
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            // A token that is asked about comes with a hint of what it is.
            String document = documents.get(path + " " + body.replaceAll(".*\\b(token=[^&]*).*", "$1"));
            if (document == null) {
                document = documents.get(path + " " + authorization);
            }
            if (document == null) {
                document = documents.get(path);
            }
            byte[] bytes = String.valueOf(document).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(document == null ? 401 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A new key. */
    public static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The provider's name. */
    public URI issuer() {
        return issuer;
    }

    RSAKey key() {
        return key;
    }

    /** Publishes keys in place of those before. */
    void publish(JWK... keys) {
        documents.put("/realm/keys", new JWKSet(List.of(keys)).toString());
    }

    /** Signs with a new key from now on, and publishes it alone. */
    void rotate(String id) {
        key = newKey(id);
        publish(key);
    }

    /** Answers requests for a path so; after a blank, for one body or one {@code Authorization} only. */
    public void answerTo(String path, String json) {
        documents.put("/realm" + path, json);
    }

    /** How often a path was asked for. */
    public int requests(String path) {
        return requests.getOrDefault("/realm" + path, new AtomicInteger()).get();
    }

    /** What was sent last to a path. */
    public String body(String path) {
        return bodies.getOrDefault("/realm" + path, "");
    }

    /** The claims of an access token as they should be. */
    public JWTClaimsSet claims(String user, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .subject("id-of-" + user)
                .audience(CLIENT)
                .claim("azp", CLIENT)
                .claim("scope", "openid")
                .claim("preferred_username", user)
                .claim("resource_access", Map.of(CLIENT, Map.of("roles", List.of(roles))))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .build();
    }

    /** An access token as it should be. */
    public String token(String user, String... roles) {
        return sign(claims(user, roles));
    }

    /** A token with other claims. */
    String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(
                change.apply(new JWTClaimsSet.Builder(claims("ann", "user"))).build());
    }

    /** A token with these claims. */
    public String sign(JWTClaimsSet claims) {
        return sign(header().build(), claims, key);
    }

    /** The header of a token as it should be. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT);
    }

    /** A token of any make. */
    public static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The port it listens at. */
    int port() {
        return http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    /** One that starts again where another was. */
    static TestProvider again(int port) {
        try {
            return new TestProvider(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
