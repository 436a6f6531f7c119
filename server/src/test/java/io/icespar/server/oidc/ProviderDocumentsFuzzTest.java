package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is published as the provider's description and its keys, it is a mistake of configuration, a provider that
 * does not answer, or one whose token lets in whom it names if the key that signed it is among those published.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderDocumentsFuzzTest {
    private static final String DESCRIPTION = "{\"issuer\": \"$ISSUER\", \"authorization_endpoint\": \"$ISSUER/auth\","
            + " \"token_endpoint\": \"$ISSUER/token\", \"jwks_uri\": \"$ISSUER/keys\", \"subject_types_supported\":"
            + " [\"public\"], \"response_types_supported\": [\"code\"]}\n\n";

    private final FuzzedProvider provider;
    private final OidcSettings settings;
    private final String token;

    ProviderDocumentsFuzzTest(@TempDir Path folder) throws IOException {
        provider = new FuzzedProvider();
        settings = SmallServer.settings(folder, provider.issuer()).oidc().orElseThrow();
        token = provider.token(
                "{\"alg\":\"ES256\",\"kid\":\"k\"}",
                "{\"iss\":\"$ISSUER\",\"aud\":\"icespar\",\"exp\":1767225900,\"scope\":\"a\",\"preferred_username\":\"ann\"}");
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    /** The description and, after a blank line, the keys. */
    static Stream<byte[]> inputs() {
        String key = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"AA\",\"y\":\"AA\"}";
        return Stream.of(
                        DESCRIPTION + "{\"keys\": [$KEY]}",
                        DESCRIPTION + "{\"keys\": [$KEY, $KEY, " + key + "]}",
                        DESCRIPTION + "{\"keys\": [" + key + ", {\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQ\"}]}",
                        DESCRIPTION
                                + "{\"keys\": [{\"kty\":\"oct\",\"k\":\"AA\",\"x5c\":[\"AA\"],\"x5u\":\"http://h\"}]}",
                        DESCRIPTION + "{\"keys\": [{}, null, 1]}",
                        DESCRIPTION + "{\"keys\": " + "[".repeat(20_000),
                        DESCRIPTION + "{\"keys\": {}}",
                        DESCRIPTION + "500 text/plain\n",
                        DESCRIPTION + "302 application/json\n{\"keys\": [$KEY]}",
                        DESCRIPTION.replace("$ISSUER/keys", "http://169.254.169.254/keys"),
                        DESCRIPTION.replace("$ISSUER/keys", "file:///etc/passwd"),
                        DESCRIPTION.replace("$ISSUER/keys", "https:keys"),
                        DESCRIPTION.replace("\"$ISSUER\"", "\"https://other.example\""),
                        DESCRIPTION.replace("\"$ISSUER\"", "\"\""),
                        DESCRIPTION.replace("\"$ISSUER/auth\"", "1"),
                        DESCRIPTION.replace("[\"code\"]", "[null, 1]"),
                        DESCRIPTION.replace("[\"public\"]", "[".repeat(20_000)),
                        "200 text/html\n<html>",
                        "null",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void aTokenIsValidOnlyByAKeyThatIsPublished(byte[] input) {
        String[] documents = new String(input, StandardCharsets.UTF_8).split("\n\n", 2);
        String keys = documents.length > 1 ? documents[1] : "";
        provider.answerTo("/.well-known/openid-configuration", documents[0]);
        provider.answerTo("/keys", keys);
        try {
            Provider seen = Provider.start(settings.issuer(), FuzzedProvider.CLOCK);
            // What is elsewhere is another's to answer.
            URI address = seen.metadata().getJWKSetURI();
            if (!provider.issuer().getAuthority().equals(address.getRawAuthority())) {
                assertEquals("https", address.getScheme());
                return;
            }
            TokenVerdict verdict = new JwtVerifier(settings, seen, FuzzedProvider.CLOCK).verify(token);
            assertTrue(!(verdict instanceof TokenVerdict.Valid) || keys.contains("$KEY"), keys);
        } catch (IcesparException e) {
            assertTrue(Set.of(ErrorCode.PROVIDER, ErrorCode.CONFIGURATION).contains(e.code()), e.toString());
        }
    }
}
