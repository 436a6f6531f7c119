package io.icespar.security.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.junit.jupiter.api.function.Executable;

/** That something is refused, with which code and in which words. */
public final class Refusals {
    private Refusals() {}

    /** The refusal, once its code is known to be the one expected. */
    public static IcesparException assertRefused(ErrorCode code, Executable executable) {
        IcesparException refusal = assertThrows(IcesparException.class, executable);
        assertEquals(code, refusal.code(), refusal.getMessage());
        return refusal;
    }

    /** As {@link #assertRefused(ErrorCode, Executable)}, and in exactly these words. */
    public static void assertRefused(ErrorCode code, String words, Executable executable) {
        assertEquals(words, assertRefused(code, executable).getMessage());
    }
}
