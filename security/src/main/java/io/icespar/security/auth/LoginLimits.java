package io.icespar.security.auth;

import java.time.Duration;

/**
 * How many logins may fail. After so many in a row, one more is let through each {@code window} divided by the number.
 *
 * @param failuresPerUser for one user, whether or not there is such a user; 0 for any number
 * @param failuresPerAddress from one address, whoever the users are; 0 for any number
 * @param window after what time without failures all of them may happen again
 */
public record LoginLimits(int failuresPerUser, int failuresPerAddress, Duration window) {
    /** 10 a user and 100 an address within ten minutes. */
    public static final LoginLimits DEFAULT = new LoginLimits(10, 100, Duration.ofMinutes(10));

    /** Checks. */
    public LoginLimits {
        if (failuresPerUser < 0 || failuresPerAddress < 0 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
