package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the provider signs, the answer is a verdict, and a token is valid only if its claims, read by another library,
 * are those of an access token for us and of now; the user and the roles are those of the claims.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedTokenFuzzTest {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"k\",\"typ\":\"JWT\"}\n";
    private static final String CLAIMS =
            "{\"iss\":\"$ISSUER\",\"aud\":\"icespar\",\"exp\":1767225900,\"iat\":1767225600,"
                    + "\"azp\":\"icespar\",\"scope\":\"openid\",\"preferred_username\":\"ann\",\"groups\":[\"user\"]}";

    private static final long NOW = 1767225600;
    private static final long SKEW = 30;

    private final FuzzedProvider provider;
    private final TokenVerifier verifier;

    SignedTokenFuzzTest(@TempDir Path folder) throws IOException {
        provider = new FuzzedProvider();
        OidcSettings settings =
                SmallServer.settings(folder, provider.issuer()).oidc().orElseThrow();
        Provider seen = Provider.start(settings.issuer(), FuzzedProvider.CLOCK);
        verifier = new JwtVerifier(settings, seen, FuzzedProvider.CLOCK);
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    /** A header, and the claims on the lines below. */
    static Stream<byte[]> inputs() {
        Stream<String> headers = Stream.of(
                "{\"alg\":\"ES256\"}\n",
                "{\"alg\":\"ES256\",\"kid\":\"other\",\"typ\":\"at+jwt\"}\n",
                "{\"alg\":\"none\"}\n",
                "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}\n",
                "{\"alg\":\"ES256\",\"jku\":\"$ISSUER/keys\",\"jwk\":$KEY,\"x5c\":[\"AA\"]}\n",
                "null\n");
        Stream<String> claims = Stream.of(
                CLAIMS,
                CLAIMS.replace("1767225900", "1767225900.5"),
                CLAIMS.replace("1767225900", "1767225000"),
                CLAIMS.replace("1767225900", "1767225900000"),
                CLAIMS.replace("1767225900", "9223372036854775807"),
                CLAIMS.replace("1767225900", "-9223372036854775809"),
                CLAIMS.replace("1767225900", "1e400"),
                CLAIMS.replace("1767225900", "\"1767225900\""),
                CLAIMS.replace("\"iat\"", "\"nbf\""),
                CLAIMS.replace("\"icespar\",\"exp", "[\"a\",\"icespar\",1,null],\"exp"),
                CLAIMS.replace("\"aud\":\"icespar\"", "\"aud\":{\"a\":[]}"),
                CLAIMS.replace("\"azp\":\"icespar\"", "\"azp\":[\"icespar\"]"),
                CLAIMS.replace("\"ann\"", "[\"ann\"]"),
                CLAIMS.replace("\"ann\"", "\"a\\u0000n\\ud83d\""),
                CLAIMS.replace("\"ann\"", "\"ann\",\"preferred_username\":\"bob\""),
                CLAIMS.replace("[\"user\"]", "[\"user\",{\"a\":1}]"),
                CLAIMS.replace("[\"user\"]", "\"user\",\"resource_access\":{\"icespar\":{\"roles\":[\"paris\"]}}"),
                CLAIMS.replace("[\"user\"]", "\"user\",\"resource_access\":{\"icespar\":{\"roles\":{}}}"),
                CLAIMS.replace("\"scope\":\"openid\"", "\"typ\":\"Bearer\",\"nonce\":1"),
                CLAIMS.replace("\"openid\"", "[".repeat(20_000) + "]".repeat(20_000)),
                "{}",
                "null",
                "\"\"",
                "");
        return Stream.concat(headers.map(header -> header + CLAIMS), claims.map(each -> HEADER + each))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void whatIsSignedIsValidOnlyIfItSaysSo(byte[] input) throws IOException {
        String text = provider.filled(new String(input, StandardCharsets.UTF_8));
        int end = Math.max(0, text.indexOf('\n'));
        String claims = text.substring(end);
        TokenVerdict verdict = verifier.verify(provider.token(text.substring(0, end), claims));
        if (verdict instanceof TokenVerdict.Valid valid) {
            assertTrue(
                    JSON.readTree(text.substring(0, end)).path("alg").asText().equals("ES256"), text);
            assertIsOf(JSON.readTree(claims), valid.identity());
        }
    }

    private void assertIsOf(JsonNode claims, Identity identity) {
        Assertion assertion = identity.assertion().orElseThrow();
        assertEquals(
                claims.path("preferred_username").textValue(), identity.name().spelling());
        assertEquals(provider.issuer().toString(), claims.path("iss").textValue());
        assertEquals(claims.path("iss").textValue(), assertion.issuer());
        assertTrue(texts(claims.path("aud")).contains("icespar"), claims.toString());
        for (String party : new String[] {"azp", "client_id"}) {
            assertTrue(claims.path(party).isMissingNode()
                    || claims.path(party).isNull()
                    || claims.path(party).asText().equals("icespar"));
        }
        double expires = claims.path("exp").asDouble();
        assertTrue(claims.path("exp").isNumber() && NOW - SKEW <= expires, claims.toString());
        assertEquals(Instant.ofEpochSecond((long) expires).plusSeconds(SKEW), assertion.expires());
        assertFalse(claims.path("nbf").asDouble() > NOW + SKEW + 1, claims.toString());
        assertFalse(claims.path("iat").asDouble() > NOW + SKEW + 1, claims.toString());
        Set<String> roles = texts(claims.path("groups"));
        roles.addAll(texts(claims.path("resource_access").path("icespar").path("roles")));
        assertEquals(roles, assertion.roles());
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new TreeSet<>();
        if (node.isTextual()) {
            texts.add(node.textValue());
        }
        node.forEach(element -> {
            if (element.isTextual()) {
                texts.add(element.textValue());
            }
        });
        return texts;
    }
}
