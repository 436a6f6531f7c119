package io.icespar.engine.config;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.security.auth.LoginLimits;
import java.time.Duration;

/** How many logins may fail: the section {@code security.login}. */
final class LoginSettings {
    private LoginSettings() {}

    /**
     * Reads the section: {@code failures-per-user}, 10 by default, {@code failures-per-address}, 100 by default, and
     * {@code window-seconds}, 600 by default.
     */
    static LoginLimits from(Section login) {
        LoginLimits usual = LoginLimits.DEFAULT;
        return new LoginLimits(
                login.number("failures-per-user", 0, 1_000_000, usual.failuresPerUser()),
                login.number("failures-per-address", 0, 1_000_000, usual.failuresPerAddress()),
                Duration.ofSeconds(login.number(
                        "window-seconds", 1, 86_400, (int) usual.window().toSeconds())));
    }
}
