package io.icespar.engine.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes texts of bytes: of equal short ones that come often the same text, as columns have few different ones, such as the
 * names of states. Whoever looks for equal texts later finds their hash computed.
 */
final class RecentTexts {
    private static final int MOST_BYTES = 32;
    private static final int PLACES = 64;

    /** Those of the texts, where there is one. */
    private final byte[][] bytes = new byte[PLACES][];

    private final @Nullable String[] texts = new String[PLACES];

    /** The text of these bytes, which are UTF-8. */
    String of(byte[] utf8) {
        if (utf8.length > MOST_BYTES) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int place = place(utf8);
        String known = texts[place];
        if (known != null && Arrays.equals(bytes[place], utf8)) {
            return known;
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        bytes[place] = utf8;
        texts[place] = text;
        return text;
    }

    private static int place(byte[] utf8) {
        int length = utf8.length;
        if (length == 0) {
            return 0;
        }
        int mixed = (utf8[0] * 31 + utf8[length / 2]) * 31 + utf8[length - 1] + length * 7;
        return mixed & (PLACES - 1);
    }
}
