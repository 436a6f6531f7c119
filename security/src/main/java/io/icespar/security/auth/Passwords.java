package io.icespar.security.auth;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * How passwords become hashes and are checked against them: bcrypt over the UTF-8 form of the NFC-normalised text, so
 * that one password typed on two keyboards is one password (RFC 8265).
 *
 * <p>bcrypt reads 72 bytes, and takes {@code x} and {@code x NUL x} for the same password. Passwords that it would not
 * tell apart are refused rather than cut. Safe for use by several threads.
 */
public final class Passwords {
    /** The cost that new hashes get unless told otherwise: 2 to the power of 10 rounds. */
    public static final int DEFAULT_COST = 10;

    private static final int MAX_BYTES = 72;

    /** Of the characters of a hash, those behind the salt. */
    private static final int DIGEST_LENGTH = 31;

    private final int cost;
    private final SecureRandom random;
    private final PasswordHash nobodys;
    private final Comparison bcrypt;

    /** Hashes a password as a stored one was, and compares; slow on purpose. */
    @FunctionalInterface
    interface Comparison {
        boolean matches(byte[] password, String stored);
    }

    /**
     * Creates a hasher.
     *
     * @param cost the binary logarithm of the number of rounds, from 4 to 31
     * @param random what salts are drawn from
     */
    public Passwords(int cost, SecureRandom random) {
        this(cost, random, BCrypt::checkpw);
    }

    /** With bcrypt, or what stands for it. */
    Passwords(int cost, SecureRandom random, Comparison bcrypt) {
        this.cost = cost;
        this.random = random;
        this.bcrypt = bcrypt;
        // Of the right form and cost, so that comparing takes as long; that it is of no password takes no hashing.
        this.nobodys = new PasswordHash(BCrypt.gensalt(cost, random) + ".".repeat(DIGEST_LENGTH));
    }

    /**
     * The hash to store for a new password.
     *
     * @throws IcesparException {@code INVALID_PARAMETER} if the password is empty, longer than 72 bytes in UTF-8, holds
     *     the character NUL, or is not well-formed Unicode
     */
    public PasswordHash hash(Secret password) {
        return hash(encode(password)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.INVALID_PARAMETER,
                        "the password is not usable: it must have 1 to " + MAX_BYTES
                                + " bytes in UTF-8 and no NUL character")));
    }

    /**
     * Whether the password is the one that was hashed. It takes the same time when nothing is stored, or when the
     * password is one that never could have been stored; the answer is then no.
     */
    public boolean verify(Secret password, Optional<PasswordHash> stored) {
        Optional<byte[]> bytes = encode(password);
        boolean same = bcrypt.matches(
                bytes.orElse(new byte[MAX_BYTES]), stored.orElse(nobodys).value());
        return same && bytes.isPresent() && stored.isPresent();
    }

    private PasswordHash hash(byte[] password) {
        return new PasswordHash(BCrypt.hashpw(password, BCrypt.gensalt(cost, random)));
    }

    /** The bytes that are hashed; empty if bcrypt could not tell the password from others. */
    private static Optional<byte[]> encode(Secret password) {
        String text = password.value();
        // Checked first, so that a request body full of text is not normalised: no password is that long.
        if (text.isEmpty() || text.length() > 4 * MAX_BYTES || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            // A fresh encoder reports what String.getBytes would replace by a question mark.
            ByteBuffer utf8 = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC)));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes.length <= MAX_BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
