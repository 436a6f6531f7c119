package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as a token, the answer is a verdict, and only what the provider signed is valid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OddTokensTest {
    private static final String CHARACTERS = "ABCxyz019-_.=~+/{}\"\u0000é";

    private final TestProvider provider;
    private final TokenVerifier verifier;
    private final String token;

    OddTokensTest(@TempDir Path folder) throws IOException {
        provider = new TestProvider();
        OidcSettings settings =
                SmallServer.settings(folder, provider.issuer()).oidc().orElseThrow();
        verifier = new JwtVerifier(settings, Provider.start(settings.issuer(), Clock.systemUTC()), Clock.systemUTC());
        token = provider.token("ann", "user");
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    @Test
    void changesOfATokenAreRefused() {
        assertTrue(verifier.verify(token) instanceof TokenVerdict.Valid);
        Random random = new Random(20260131);
        // The last character of a part has bits that mean nothing.
        int meaningful = token.length() - 1;
        for (int i = 0; i < 5_000; i++) {
            String changed = changed(random, meaningful);
            assertEquals(
                    changed.equals(token),
                    verifier.verify(changed) instanceof TokenVerdict.Valid,
                    () -> "change " + changed);
        }
    }

    private String changed(Random random, int meaningful) {
        StringBuilder changed = new StringBuilder(token);
        int at = random.nextInt(meaningful);
        switch (random.nextInt(5)) {
            case 0 -> changed.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            case 1 -> changed.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            case 2 -> changed.deleteCharAt(at);
            case 3 -> changed.setLength(at);
            default -> {
                int[] parts = {token.indexOf('.'), token.lastIndexOf('.')};
                byte[] header = new byte[random.nextInt(60)];
                random.nextBytes(header);
                changed.replace(0, parts[random.nextInt(2)], encoded(header));
            }
        }
        return changed.toString();
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String encoded(String json) {
        return encoded(json.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<String> headers() {
        String deep = "[".repeat(100_000);
        return Stream.of(
                "",
                "null",
                "[]",
                "{}",
                "{\"alg\":null}",
                "{\"alg\":1}",
                "{\"alg\":[\"RS256\"]}",
                "{\"alg\":\"RS256\",\"alg\":\"none\"}",
                "{\"alg\":\"RS256\",\"kid\":null}",
                "{\"alg\":\"RS256\",\"kid\":{}}",
                "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}",
                "{\"alg\":\"RS256\",\"x5c\":[\"AA\"]}",
                "{\"alg\":\"RS256\",\"zip\":\"DEF\"}",
                "{\"alg\":\"RS256\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
                "{\"alg\":\"RS256\",\"typ\":\"\\u0000\"}",
                "{\"alg\":\"RS256\",\"a\":" + deep,
                "{\"alg\":\"RS256\",\"a\":" + deep + "]".repeat(100_000) + "}",
                "{\"alg\":\"RS256\",\"a\":1e999999999}");
    }

    @ParameterizedTest
    @MethodSource("headers")
    void noHeaderBreaksAnything(String header) {
        List<String> rest = List.of(token.substring(token.indexOf('.')), "..", ".e30.AA", ".e30.", ".AA.AA.AA.AA");
        for (String each : rest) {
            assertFalse(verifier.verify(encoded(header) + each) instanceof TokenVerdict.Valid);
        }
    }
}
