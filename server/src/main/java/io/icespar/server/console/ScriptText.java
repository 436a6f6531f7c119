package io.icespar.server.console;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The text of a script, out of bytes that are UTF-8: what is not is never taken for something else. */
final class ScriptText {
    private ScriptText() {}

    /**
     * The text that the bytes are.
     *
     * @param source where they come from, as the beginning of a sentence
     * @throws NotUtf8 if they are none
     */
    static String of(String source, byte[] bytes) throws NotUtf8 {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(in, text, true).isError()) {
            throw new NotUtf8(source, lineOf(bytes, in.position()), in.position() + 1);
        }
        return text.flip().toString();
    }

    private static int lineOf(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /** That bytes are not UTF-8, and where. */
    static final class NotUtf8 extends CharacterCodingException {
        private static final long serialVersionUID = 1L;

        private final String message;

        private NotUtf8(String source, int line, int position) {
            message = source + " is not UTF-8 (line " + line + ", byte " + position
                    + " in all): save it with that encoding";
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
