package io.icespar.server.console;

import java.nio.file.Path;
import java.util.Optional;

/** Where Icespar is installed, as its launcher {@code bin/icespar} tells in system properties. */
final class Installation {
    private Installation() {}

    /** The configuration file that is used where none is named. */
    static Path configuration() {
        return Path.of(Optional.ofNullable(System.getProperty("icespar.home")).orElse("."), "conf", "icespar.yaml");
    }

    /** What to type, in the folder where this program was started, to start it again. */
    static String command() {
        Optional<String> launcher = Optional.ofNullable(System.getProperty("icespar.launcher"));
        return launcher.map(Path::of)
                .map(path -> {
                    Path here = Path.of("").toAbsolutePath();
                    return path.isAbsolute() && path.startsWith(here) ? here.relativize(path) : path;
                })
                .map(Path::toString)
                .orElse("icespar");
    }

    /** Whether standard input is a terminal. Java before 22 does not tell it from standard output being one. */
    static boolean isTyped() {
        return Boolean.getBoolean("icespar.typed");
    }
}
