package io.icespar.jdbc.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @Test
    void membersAreFoundByNameAndKind() {
        var object = JsonObject.parse(" {\"a\" : \"x\", \"n\": -1.5e2,\"t\":true, \"f\": false, \"o\": null,"
                        + " \"l\": [\"p\", 1, null, [], {}, \"q\"], \"e\": [ ], \"m\": { } } \n")
                .orElseThrow();
        assertEquals(Optional.of("x"), object.text("a"));
        assertEquals(Optional.of(-150.0), object.number("n"));
        assertEquals(Optional.of(true), object.flag("t"));
        assertEquals(Optional.of(false), object.flag("f"));
        assertEquals(List.of("p", "q"), object.texts("l"));
        assertEquals(List.of(), object.texts("e"));
        assertEquals(List.of("x"), object.texts("a"));
        assertEquals(List.of(), object.texts("m"));
        assertFalse(object.has("o"));
        assertEquals(Optional.empty(), object.text("n"));
        assertEquals(Optional.empty(), object.number("a"));
        assertEquals(Optional.empty(), object.text("none"));
    }

    @Test
    void escapesAreRead() {
        var object = JsonObject.parse("{\"\\u0061\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é\"}");
        assertEquals(Optional.of("\"\\/\b\f\n\r\té😀é"), object.orElseThrow().text("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "1",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{,}",
                "{a: 1}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": 1.}",
                "{\"a\": .1}",
                "{\"a\": +1}",
                "{\"a\": NaN}",
                "{\"a\": tru}",
                "{\"a\": [1,]}",
                "{\"a\": [1}",
                "{\"a\": \"x}",
                "{\"a\": \"x\n\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\u12g4\"}",
                "{\"a\": \"\\u12\"}",
                "{\"a\": \"\\",
                "{\"a\": 1} x",
                "{\"a\": 1}{}",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1, \"\\u0061\": null}",
                "\uFEFF{}",
            })
    void whatIsNoObjectIsNotRead(String text) {
        assertTrue(JsonObject.parse(text).isEmpty());
    }

    @Test
    void neitherDepthNorLengthIsTooMuchForIt() {
        assertTrue(JsonObject.parse("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")
                .isPresent());
        assertTrue(JsonObject.parse("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}")
                .isEmpty());
        assertTrue(JsonObject.parse("{\"a\":".repeat(50_000)).isEmpty());
        assertTrue(JsonObject.parse("{\"a\":" + "9".repeat(100_000) + "}").isEmpty());
        var members = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            members.append("\"").append(i).append("\":0,");
        }
        assertTrue(JsonObject.parse("{" + members + "\"last\":0}").isPresent());
    }
}
