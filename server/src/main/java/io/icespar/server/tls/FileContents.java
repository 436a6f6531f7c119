package io.icespar.server.tls;

import static io.icespar.engine.config.Problems.quote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What is in some files, read once, so that what is checked is what is used. */
final class FileContents {
    private static final int MAX_BYTES = 16 << 20;

    private final Map<Path, byte[]> contents = new HashMap<>();
    private final Map<Path, String> problems = new HashMap<>();
    private final String fingerprint;

    /** Reads them; a file that cannot be read is a problem for who asks for it. */
    FileContents(List<Path> files) {
        MessageDigest digest = sha256();
        for (Path file : files) {
            byte[] content = read(file);
            digest.update(sha256().digest(content));
        }
        fingerprint = HexFormat.of().formatHex(digest.digest());
    }

    private byte[] read(Path file) {
        // What never ends, or never begins, would hold up all other files.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            problems.put(file, quote(file) + " is no regular file");
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                problems.put(file, quote(file) + " is larger than 16 MiB");
                return new byte[0];
            }
            contents.put(file, content);
            return content;
        } catch (IOException e) {
            problems.put(
                    file, Files.exists(file) ? quote(file) + " cannot be read" : "there is no file " + quote(file));
            return new byte[0];
        }
    }

    /** What is in a file. */
    byte[] of(UnusableFile.Role role, Path file) throws UnusableFile {
        byte[] content = contents.get(file);
        if (content == null) {
            throw new UnusableFile(role, problems.getOrDefault(file, quote(file) + " was not read"));
        }
        return content;
    }

    /** The same for the same contents, and different for different ones. */
    String fingerprint() {
        return fingerprint;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
