package io.icespar.server.console;

import io.icespar.security.error.IcesparException;
import java.net.BindException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the program exits; the numbers are those of BSD's {@code sysexits.h}, where scripts may know them from. */
enum ExitCode {
    OK(0, "all went well"),
    STATEMENT(1, "a statement failed"),
    USAGE(64, "the command line is wrong"),
    UNAVAILABLE(69, "the port is in use, or the server cannot be reached"),
    SOFTWARE(70, "a fault of Icespar's own"),
    IO(74, "a file or the security store cannot be read or written"),
    LOGIN(77, "the login is refused"),
    CONFIGURATION(78, "the configuration, a data file or the bootstrap script is wrong");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** The code that tells of a failed start-up. */
    static ExitCode of(IcesparException failure) {
        if (failure.getCause() instanceof BindException) {
            return UNAVAILABLE;
        }
        return switch (failure.code()) {
            case STORE -> IO;
            case INTERNAL -> SOFTWARE;
            default -> CONFIGURATION;
        };
    }

    /** The code that tells of a failed connection. */
    static ExitCode of(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        return state != null && state.startsWith("28") ? LOGIN : UNAVAILABLE;
    }

    /** All codes with their meanings, for help texts. */
    static Map<String, String> describe() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        code -> String.valueOf(code.number),
                        code -> code.meaning,
                        (one, other) -> one,
                        () -> new TreeMap<>(
                                (one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)))));
    }
}
