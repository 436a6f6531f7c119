package io.icespar.security.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys of texts that must not be kept: under a key of its own, which lives only in this object. */
final class KeyedHash {
    private static final String MAC = "HmacSHA256";

    /** Has the key, and is never used itself: a copy of it is made faster than another. */
    private final Mac keyed;

    /** @param random what the key is drawn from */
    KeyedHash(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        try {
            keyed = Mac.getInstance(MAC);
            keyed.init(new SecretKeySpec(bytes, MAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    ByteBuffer of(String... texts) {
        int characters = Arrays.stream(texts).mapToInt(String::length).sum();
        ByteBuffer message = ByteBuffer.allocate(texts.length * Integer.BYTES + characters * Character.BYTES);
        for (String text : texts) {
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            message.putInt(text.length());
            message.put(text.getBytes(StandardCharsets.UTF_16BE));
        }
        try {
            return ByteBuffer.wrap(((Mac) keyed.clone()).doFinal(message.array()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's " + MAC + " can be copied", e);
        }
    }
}
