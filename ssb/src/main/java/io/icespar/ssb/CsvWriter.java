package io.icespar.ssb;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a CSV file value by value; a line is whole when {@link #endLine} is called. Hundreds of millions of values are
 * written, nearly all of them small whole numbers, so they do not become texts first.
 */
final class CsvWriter implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_VALUE = 256;
    private static final int LONGEST_NUMBER = 20;

    private final OutputStream output;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] digits = new byte[LONGEST_NUMBER];
    private int length;
    private boolean inLine;

    /** Begins a file with its header. */
    CsvWriter(Path file, String... columns) throws IOException {
        output = Files.newOutputStream(file);
        for (String column : columns) {
            write(column);
        }
        endLine();
    }

    /** The next value of the line, which is ASCII and holds no quote. */
    void write(String value) throws IOException {
        separate();
        boolean quoted = value.indexOf(',') >= 0;
        if (quoted) {
            buffer[length++] = '"';
        }
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        if (quoted) {
            buffer[length++] = '"';
        }
    }

    /** The next value of the line, which is not negative. */
    void write(long value) throws IOException {
        separate();
        int first = LONGEST_NUMBER;
        long rest = value;
        do {
            digits[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        System.arraycopy(digits, first, buffer, length, LONGEST_NUMBER - first);
        length += LONGEST_NUMBER - first;
    }

    void endLine() {
        buffer[length++] = '\n';
        inLine = false;
    }

    private void separate() throws IOException {
        if (length > BUFFER - LONGEST_VALUE) {
            flush();
        }
        if (inLine) {
            buffer[length++] = ',';
        }
        inLine = true;
    }

    private void flush() throws IOException {
        output.write(buffer, 0, length);
        length = 0;
    }

    @Override
    public void close() throws IOException {
        try (output) {
            flush();
        }
    }
}
