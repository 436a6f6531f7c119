package io.icespar.jdbc.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final String TEXT = "s3cret";

    @Test
    void itPrintsAsStars() throws LoginException {
        var secret = new Secret(TEXT);
        assertEquals("***", secret.toString());
        assertEquals(
                "***",
                new Token(secret, Instant.EPOCH, Optional.empty(), Optional.of(secret), Optional.of(secret))
                        .toString());
    }

    @Test
    void whatHoldsOneDoesNotPrintIt() throws LoginException {
        for (var object : new Object[] {
            new Password("u", TEXT),
            new FixedToken(TEXT),
            new Client("c", Optional.of(new Secret(TEXT))),
            new Form().with("password", new Secret(TEXT))
        }) {
            assertFalse(object.toString().contains(TEXT), object.toString());
        }
    }
}
