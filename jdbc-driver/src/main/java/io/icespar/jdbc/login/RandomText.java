package io.icespar.jdbc.login;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that nobody can guess, of 43 characters that are the same in a URL. */
final class RandomText {
    private static final int BYTES = 32;

    private final SecureRandom random;

    RandomText(SecureRandom random) {
        this.random = random;
    }

    String next() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
