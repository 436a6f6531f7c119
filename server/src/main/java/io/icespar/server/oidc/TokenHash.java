package io.icespar.server.oidc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * By what a token is remembered: tokens themselves are not kept.
 *
 * @param bytes its SHA-256
 */
public record TokenHash(ByteBuffer bytes) {

    /** The hash of a token. */
    public static TokenHash of(String token) {
        try {
            return new TokenHash(ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
