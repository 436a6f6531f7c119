package io.icespar.engine.config;

import java.nio.file.Path;

/**
 * A place in a file; it prints as {@code file:line:column}.
 *
 * @param file the file
 * @param line the line, from 1
 * @param column the character in the line, from 1
 */
public record Location(Path file, long line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
