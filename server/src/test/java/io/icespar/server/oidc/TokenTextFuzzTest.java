package io.icespar.server.oidc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent as a token, the answer is a verdict, and only what the provider signed is valid. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTextFuzzTest {
    private final FuzzedProvider provider;
    private final TokenVerifier verifier;
    private final String[] token;

    TokenTextFuzzTest(@TempDir Path folder) throws IOException {
        provider = new FuzzedProvider();
        OidcSettings settings =
                SmallServer.settings(folder, provider.issuer()).oidc().orElseThrow();
        verifier = new JwtVerifier(
                settings, Provider.start(settings.issuer(), FuzzedProvider.CLOCK), FuzzedProvider.CLOCK);
        token = provider.token(
                        "{\"alg\":\"ES256\",\"kid\":\"k\"}",
                        "{\"iss\":\"$ISSUER\",\"aud\":\"icespar\",\"exp\":1767225900,\"scope\":\"a\",\"preferred_username\":\"ann\"}")
                .split("\\.");
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    /** Tokens, in which {@code $0} to {@code $2} stand for the parts of one that is valid. */
    static Stream<byte[]> inputs() {
        return Stream.of(
                        "$0.$1.$2",
                        "$0.$1.",
                        "$0.$1",
                        "$0.$1.$2.",
                        "$0.$1.$2A",
                        "$0..$2",
                        "eyJhbGciOiJub25lIn0.$1.",
                        "eyJhbGciOiJub25lIn0.$1.$2",
                        "eyJhbGciOiJFUzI1NiJ9.$1.$2",
                        "eyJhbGciOiJIUzI1NiJ9.$1.$2",
                        "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AA.AA.AA",
                        "bnVsbA.bnVsbA.",
                        "....",
                        "")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @MethodSource("inputs")
    @FuzzTest
    void onlyWhatTheProviderSignedIsValid(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1)
                .replace("$0", token[0])
                .replace("$1", token[1])
                .replace("$2", token[2]);
        boolean isValid = verifier.verify(text) instanceof TokenVerdict.Valid;
        String signed = String.join(".", token);
        // The last character has bits that mean nothing.
        boolean isSigned = text.length() == signed.length() && text.startsWith(signed.substring(0, text.length() - 1));
        assertTrue(isSigned || !isValid, text);
        assertTrue(isValid || !text.equals(signed), text);
    }
}
