package io.icespar.server.tls;

import io.icespar.security.identity.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** The password of a file with a key. */
public sealed interface Password {

    /**
     * One that stays as it is.
     *
     * @param secret the password
     */
    record Given(Secret secret) implements Password {}

    /**
     * One that may change with the file that it opens, so it is read whenever that is.
     *
     * @param file holds the password, and white space round it that does not count
     */
    record InFile(Path file) implements Password {}

    /** The file that it is in. */
    default Optional<Path> findFile() {
        return this instanceof InFile inFile ? Optional.of(inFile.file()) : Optional.empty();
    }
}
