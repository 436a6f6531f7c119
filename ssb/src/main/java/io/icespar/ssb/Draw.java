package io.icespar.ssb;

import java.util.List;
import java.util.Random;

/**
 * Draws values at random, all equally likely, and the same ones on every machine: the sequence of {@link Random} is part of
 * Java's specification.
 */
final class Draw {
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Random random;

    Draw(long seed) {
        random = new Random(seed);
    }

    /** A number from {@code first} to {@code last}. */
    int from(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Letters and digits, as many as a number from {@code shortest} to {@code longest}. */
    String text(int shortest, int longest) {
        int length = from(shortest, longest);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** A telephone number in a nation. */
    String phone(Nation nation) {
        return nation.countryCode() + "-" + from(100, 999) + "-" + from(100, 999) + "-" + from(1000, 9999);
    }
}
