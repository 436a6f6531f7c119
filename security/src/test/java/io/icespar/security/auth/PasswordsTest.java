package io.icespar.security.auth;

import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Which passwords there are, and that a hash knows its own. */
class PasswordsTest {
    private final Passwords passwords = new Passwords(4, new SecureRandom());

    private boolean verify(String password, PasswordHash hash) {
        return passwords.verify(new Secret(password), Optional.of(hash));
    }

    private PasswordHash hash(String password) {
        return passwords.hash(new Secret(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "changeit",
                " ",
                "a:b",
                "pässwörd",
                "🦊🦊",
                "123456789012345678901234567890123456789012345678901234567890123456789012"
            })
    void aPasswordIsVerifiedByItsHash(String password) {
        PasswordHash hash = hash(password);
        assertTrue(verify(password, hash));
        assertFalse(verify(password + "x", hash));
        assertFalse(verify(password.substring(1), hash));
        assertFalse(verify("", hash));
    }

    @Test
    void onePasswordHasManyHashes() {
        assertNotEquals(hash("changeit"), hash("changeit"));
    }

    @Test
    void knownHashesOfOtherProgramsAreUnderstood() {
        // From the test vectors of the bcrypt of OpenBSD.
        PasswordHash hash = new PasswordHash("$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe");
        assertTrue(verify("a", hash));
        assertTrue(verify("a", new PasswordHash(hash.value().replace("$2a", "$2b"))));
        assertFalse(verify("b", hash));
    }

    @Test
    void twoWaysToTypeOneLetterAreOnePassword() {
        assertTrue(verify("e\u0301", hash("\u00e9")));
        assertTrue(verify("\u00e9", hash("e\u0301")));
    }

    @Test
    void passwordsThatBcryptCannotTellApartAreRefused() {
        String seventyTwo = "é".repeat(36);
        for (String password : new String[] {"", seventyTwo + "x", "x".repeat(73), "x\0x", "\0", "x\uD800"}) {
            assertRefused(
                    ErrorCode.INVALID_PARAMETER,
                    "the password is not usable: it must have 1 to 72 bytes in UTF-8 and no NUL character",
                    () -> hash(password));
        }
        assertFalse(verify(seventyTwo + "x", hash(seventyTwo)));
        assertFalse(verify("x\0x", hash("x")));
        assertFalse(verify("\uD800", hash("?")));
        assertFalse(verify("x".repeat(1_000_000), hash("x")));
    }

    @Test
    void nothingIsVerifiedByNoHash() {
        assertFalse(passwords.verify(new Secret("changeit"), Optional.empty()));
        assertFalse(passwords.verify(new Secret(""), Optional.empty()));
        // What is compared instead of an unusable password is no password either.
        assertFalse(passwords.verify(new Secret("\0".repeat(72)), Optional.empty()));
    }

    /** Whether there is a user, and one with a password, cannot be told by how much work a refusal is. */
    @ParameterizedTest
    @ValueSource(strings = {"changeit", "wrong", "", "x\0x", "\0", "n\u0303", "a:b", " "})
    void everyCheckHashesOnceAtTheSameCost(String password) {
        List<String> costs = new ArrayList<>();
        Passwords counted = new Passwords(4, new SecureRandom(), (bytes, stored) -> {
            costs.add(stored.substring(0, 7));
            return BCrypt.checkpw(bytes, stored);
        });
        for (String text : List.of(password, password + "x".repeat(5_000))) {
            counted.verify(new Secret(text), Optional.of(counted.hash(new Secret("changeit"))));
            counted.verify(new Secret(text), Optional.empty());
        }
        assertEquals(List.of("$2a$04$", "$2a$04$", "$2a$04$", "$2a$04$"), costs);
    }

    @Test
    void theCostIsThatAskedFor() {
        assertEquals(
                "$2a$05$",
                new Passwords(5, new SecureRandom())
                        .hash(new Secret("x"))
                        .value()
                        .substring(0, 7));
    }

    @Test
    void aPasswordIsNotTakenForItsHash() {
        assertThrows(IllegalArgumentException.class, () -> new PasswordHash("changeit"));
        assertEquals(
                "not a bcrypt hash",
                assertThrows(IllegalArgumentException.class, () -> new PasswordHash("s3cret"))
                        .getMessage());
    }
}
