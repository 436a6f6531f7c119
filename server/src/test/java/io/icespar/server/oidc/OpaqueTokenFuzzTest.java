package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the provider answers of a token and of its user, the token is valid only if it says that it counts and whose
 * it is; else it is refused, or the provider is taken for one that does not answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpaqueTokenFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACTIVE =
            "{\"active\": true, \"client_id\": \"icespar\", \"aud\": \"icespar\", \"sub\": \"1\","
                    + " \"iss\": \"$ISSUER\", \"exp\": 1767225900, \"groups\": [\"user\"]";
    private static final String NAME = ", \"preferred_username\": \"ann\"}";

    private final FuzzedProvider provider;
    private final TokenVerifier verifier;
    private int tokens;

    OpaqueTokenFuzzTest(@TempDir Path folder) throws IOException {
        provider = new FuzzedProvider();
        OidcSettings settings = SmallServer.settings(
                        folder, provider.issuer(), "access-token-format: opaque", "client-secret: s3cret")
                .oidc()
                .orElseThrow();
        Provider seen = Provider.start(settings.issuer(), FuzzedProvider.CLOCK);
        verifier = new OpaqueVerifier(settings, seen, FuzzedProvider.CLOCK);
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    /** What is told of the token and, after a blank line, of the user. */
    static Stream<byte[]> inputs() {
        return Stream.of(
                        ACTIVE + NAME,
                        ACTIVE + "}\n\n{\"sub\": \"1\", \"preferred_username\": \"ann\"}",
                        ACTIVE + "}\n\n{\"sub\": \"2\", \"preferred_username\": \"ann\"}",
                        ACTIVE + "}\n\n200 application/jwt\na.b.c",
                        ACTIVE + "}\n\n200 text/html\n<html>",
                        ACTIVE + "}\n\n401 application/json\n{}",
                        ACTIVE + "}\n\n{\"sub\": 1, \"preferred_username\": [\"ann\"]}",
                        ACTIVE + "}",
                        ACTIVE.replace("true", "\"true\"") + NAME,
                        ACTIVE.replace("true", "false") + NAME,
                        ACTIVE.replace("1767225900", "1e400") + NAME,
                        ACTIVE.replace("1767225900", "\"soon\"") + NAME,
                        ACTIVE.replace("1767225900", "9223372036854775807") + NAME,
                        ACTIVE.replace("\"aud\": \"icespar\"", "\"aud\": [1, null]") + NAME,
                        ACTIVE.replace("\"iss\": \"$ISSUER\"", "\"iss\": \"\"") + NAME,
                        ACTIVE.replace("\"client_id\": \"icespar\"", "\"client_id\": \"\"") + NAME,
                        ACTIVE.replace("\"client_id\": \"icespar\"", "\"client_id\": [\"other\"]") + NAME,
                        ACTIVE.replace("\"$ISSUER\"", "[\"https://other.example\"]") + NAME,
                        ACTIVE.replace("\"client_id\": \"icespar\"", "\"cnf\": {\"x5t#S256\": 1}") + NAME,
                        ACTIVE.replace("[\"user\"]", "[".repeat(20_000)),
                        "{\"active\": false}",
                        "401 application/json\n{\"error\": \"invalid_client\"}",
                        "302 text/plain\n",
                        "200 //\n{}",
                        "200 \u00e9;;=\n{}",
                        "null",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void anAnswerThatDoesNotSayWhoseTheTokenIsLetsNobodyIn(byte[] input) throws IOException {
        String[] answers = new String(input, StandardCharsets.UTF_8).split("\n\n", 2);
        provider.answerTo("/introspect", answers[0]);
        provider.answerTo("/userinfo", answers.length > 1 ? answers[1] : "");
        try {
            // Another each time: what was refused is remembered.
            if (verifier.verify("token-" + tokens++) instanceof TokenVerdict.Valid valid) {
                assertIsTold(answers, valid.identity());
            }
        } catch (JsonProcessingException e) {
            // Libraries differ in what they let pass for JSON. It is the provider's word all the same.
        } catch (IcesparException e) {
            assertEquals(ErrorCode.PROVIDER, e.code());
        }
    }

    private void assertIsTold(String[] answers, Identity identity) throws IOException {
        JsonNode token = read(answers[0]);
        assertTrue(token.path("active").asBoolean(), token.toString());
        JsonNode user = token.has("preferred_username") ? token : read(answers[1]);
        assertEquals(
                user.path("preferred_username").textValue(), identity.name().spelling());
        assertTrue(isUnsaid(token, "exp") || token.path("exp").asDouble() > 1767225600, token.toString());
        // Nimbus takes blanks around a name off.
        assertTrue(isUnsaid(token, "iss")
                || token.path("iss").asText().strip().equals(provider.issuer().toString()));
        assertTrue(isUnsaid(token, "client_id")
                || token.path("client_id").asText().strip().equals("icespar"));
        assertTrue(isUnsaid(token, "aud") || token.path("aud").toString().contains("icespar"), token.toString());
        assertFalse(isUnsaid(token, "client_id") && isUnsaid(token, "aud"), token.toString());
    }

    private static boolean isUnsaid(JsonNode token, String claim) {
        return token.path(claim).isMissingNode() || token.path(claim).isNull();
    }

    private JsonNode read(String answer) throws IOException {
        return JSON.readTree(provider.filled(answer.replaceFirst("(?s)^200 [^\r\n]*\n?", "")));
    }
}
