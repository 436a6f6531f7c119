package io.icespar.avatica.columns;

import java.util.Arrays;

/** Different ones among texts, as long as they are few, and their numbers, from 0. */
final class DifferentTexts {
    /** More are not worth the search. */
    static final int MOST = 256;

    private static final int PLACES = 4 * MOST;
    private static final int FACTOR = 31;

    private final byte[] bytes;

    /** The numbers of texts, each plus one, where their hash says or in the first free place after it. */
    private final short[] places = new short[PLACES];

    private final int[] from = new int[MOST + 1];
    private final int[] to = new int[MOST + 1];
    private int count;

    /** Creates one for texts that are parts of {@code bytes}. */
    DifferentTexts(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether so many different ones are worth it among so many texts and one more: where half are different, nothing is gained. */
    static boolean areFew(int different, int texts) {
        return different <= MOST && different <= 9 + texts / 2;
    }

    /** The number of a text; once there are more than {@link #MOST}, of no use. */
    int number(int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = FACTOR * hash + bytes[i];
        }
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        while (places[place] != 0) {
            int number = places[place] - 1;
            if (Arrays.equals(bytes, from[number], to[number], bytes, start, end)) {
                return number;
            }
            place = (place + 1) & (PLACES - 1);
        }
        from[count] = start;
        to[count] = end;
        places[place] = (short) (count + 1);
        return count++;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** Writes them in the order of their numbers. */
    void write(RowsWriter writer) {
        var lengths = new long[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = (long) to[i] - from[i];
        }
        writer.numbers(lengths);
        for (int i = 0; i < count; i++) {
            writer.bytes(bytes, from[i], to[i] - from[i]);
        }
    }
}
