package io.icespar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** That the bytes of a script are UTF-8, or refused. */
class ScriptTextTest {

    @Test
    void utf8IsTheTextThatItIs() throws ScriptText.NotUtf8 {
        for (String text : new String[] {"", "SELECT 1", "'Saint-Étienne 🦊'\r\n\0", "x\n".repeat(10_000)}) {
            assertEquals(text, ScriptText.of("it", text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void whatIsNotIsRefusedWithItsPlace() {
        byte[] latin = "SELECT 1;\nSELECT 'é' ".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "the file `x` is not UTF-8 (line 2, byte 19 in all): save it with that encoding",
                assertThrows(ScriptText.NotUtf8.class, () -> ScriptText.of("the file `x`", latin))
                        .getMessage());
        // Cut off within a character; the first half of a pair; a byte order mark of UTF-16.
        for (byte[] bytes : new byte[][] {{(byte) 0xC3}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {-1, -2}}) {
            assertEquals(
                    "it is not UTF-8 (line 1, byte 1 in all): save it with that encoding",
                    assertThrows(ScriptText.NotUtf8.class, () -> ScriptText.of("it", bytes))
                            .getMessage());
        }
    }
}
