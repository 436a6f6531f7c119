package io.icespar.jdbc.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a provider answers, it is read as one object of JSON, all of it, or not at all. */
class JsonReaderFuzzTest {

    static Stream<byte[]> inputs() {
        return Stream.of(
                        "{\"issuer\": \"https:\\/\\/p.example\\u002f\", \"a\": [1, -0.5e+7, true, null, {}]}",
                        "{\"expires_in\": 1e999, \"\": {\"\": [[[]]]}}",
                        "{\"a\": 1, \"a\": 2}",
                        "{\"a\": \"\\ud83d\\ude00\\x\"}",
                        "{\"a\": 01}",
                        "{\"a\": tru}",
                        "{\"a\": \"\\u00",
                        "{\"a\": 1,}",
                        "{\"a\":".repeat(100),
                        "[".repeat(100_000),
                        "[]",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void aTextIsOneObjectOrNone(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        var object = JsonObject.parse(text);
        assertEquals(object.isPresent(), JsonObject.parse(" \t" + text + "\r\n").isPresent());
        var inAnother = JsonObject.parse("{\"a\":" + text + "}");
        object.ifPresent(found -> {
            assertTrue(text.strip().startsWith("{") && text.strip().endsWith("}"));
            assertTrue(JsonObject.parse(text.strip().substring(1)).isEmpty());
            assertTrue(JsonObject.parse(text + text).isEmpty());
            for (var name : new String[] {"", "a", "issuer", "expires_in"}) {
                var kinds = Stream.of(found.text(name), found.flag(name), found.number(name))
                        .filter(value -> value.isPresent())
                        .count();
                assertTrue(kinds <= (found.has(name) ? 1 : 0), name);
                assertTrue(found.text(name).isEmpty() || found.texts(name).size() == 1, name);
            }
            // It may be as deep as is allowed by itself.
            assertTrue(inAnother.isEmpty() || inAnother.get().has("a"));
        });
    }
}
