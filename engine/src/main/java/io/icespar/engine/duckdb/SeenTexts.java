package io.icespar.engine.duckdb;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that came by of late, the last 10,000. It knows them by a hash, so that two may be taken for one: it serves to guess
 * what comes again. Safe for use by several threads.
 */
final class SeenTexts {
    private static final int MAX_TEXTS = 10_000;

    private final Map<HashCode, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Boolean> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    /** Remembers a text; whether it was not known. */
    synchronized boolean add(String text) {
        return seen.put(hash(text), true) == null;
    }

    synchronized boolean contains(String text) {
        return seen.get(hash(text)) != null;
    }

    synchronized void remove(String text) {
        seen.remove(hash(text));
    }

    private static HashCode hash(String text) {
        return Hashing.murmur3_128().hashString(text, StandardCharsets.UTF_8);
    }
}
