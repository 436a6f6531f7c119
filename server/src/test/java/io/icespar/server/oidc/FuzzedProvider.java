package io.icespar.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider that answers whatever a fuzzer says, and signs it. In what it is given {@code $ISSUER} stands for its
 * address, which is not known before it runs, and {@code $KEY} for its public key.
 */
final class FuzzedProvider implements AutoCloseable {
    /** A moment in which tokens are valid that are issued at 1767225600 and expire at 1767225900. */
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final String DISCOVERY = """
            {"issuer": "$ISSUER", "authorization_endpoint": "$ISSUER/auth", "token_endpoint": "$ISSUER/token",
             "jwks_uri": "$ISSUER/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
             "introspection_endpoint": "$ISSUER/introspect", "userinfo_endpoint": "$ISSUER/userinfo",
             "id_token_signing_alg_values_supported": ["ES256"]}""";

    private static final Pattern HEAD = Pattern.compile("(?s)([2-5]\\d\\d) ([^\r\n]*)\n?(.*)");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ECKey key;
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    FuzzedProvider() throws IOException {
        try {
            key = new ECKeyGenerator(Curve.P_256)
                    .keyID("k")
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        answerTo("/.well-known/openid-configuration", DISCOVERY);
        answerTo("/keys", "{\"keys\": [$KEY]}");
        http.createContext("/", this::answer);
        http.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/realm");
    }

    /** What a text means here. */
    String filled(String text) {
        return text.replace("$ISSUER", issuer().toString())
                .replace("$KEY", key.toPublicJWK().toString());
    }

    /** Answers so, after a line with a status and a content type if it is not 200 and JSON. */
    void answerTo(String path, String answer) {
        answers.put("/realm" + path, filled(answer));
    }

    /** The token with such a header and such claims, be they what they may, signed by ES256. */
    String token(String header, String claims) {
        String signed = encoded(filled(header)) + "." + encoded(filled(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.toPrivateKey());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "404 text/plain");
            Matcher head = HEAD.matcher(answer);
            boolean hasHead = head.matches();
            int status = hasHead ? Integer.parseInt(head.group(1)) : 200;
            byte[] body = (hasHead ? head.group(3) : answer).getBytes(StandardCharsets.UTF_8);
            // What has no body by its status.
            boolean empty = body.length == 0 || status == 204 || status == 304;
            exchange.getResponseHeaders().set("Content-Type", hasHead ? head.group(2) : "application/json");
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
