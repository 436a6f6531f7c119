package io.icespar.benchmark.small;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An identity provider on this machine, of one user, that counts what it is asked. */
final class CountingProvider implements AutoCloseable {
    /** What it knows the server as. */
    static final String CLIENT = "icespar";

    /** The role that its user has there. */
    static final String ROLE = "user";

    /** Its user, whom nobody else knows. */
    static final String USER = "somebody";

    private static final int KEY_BITS = 2048;
    private static final Duration LIFE = Duration.ofDays(1);

    private final HttpServer http;
    private final RSAKey key;
    private final AtomicInteger requests = new AtomicInteger();

    CountingProvider() throws IOException {
        try {
            key = new RSAKeyGenerator(KEY_BITS).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/realm");
    }

    /** How often it was asked for something. */
    int requests() {
        return requests.get();
    }

    /** An access token that can be checked without asking. */
    String signedToken() {
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject(USER)
                .audience(CLIENT)
                .claim("scope", "openid")
                .claim("groups", List.of(ROLE))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build();
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** An access token that it must be asked about. */
    String opaqueToken() {
        return "opaque";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            byte[] document = document(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
        }
    }

    private String document(String path) {
        return switch (path) {
            case "/realm/.well-known/openid-configuration" -> """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/keys", "introspection_endpoint": "%1$s/introspect",
                     "response_types_supported": ["code"], "subject_types_supported": ["public"]}\
                    """.formatted(issuer());
            case "/realm/keys" -> new JWKSet(key).toString();
            case "/realm/introspect" ->
                """
                    {"active": true, "client_id": "%s", "sub": "%s", "groups": ["%s"], "exp": %d}\
                    """.formatted(CLIENT, USER, ROLE, Instant.now().plus(LIFE).getEpochSecond());
            default -> "{}";
        };
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
