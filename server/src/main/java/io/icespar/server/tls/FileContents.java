package io.icespar.server.tls;

import static io.icespar.engine.config.Problems.quote;

import java.io.IOException;
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
        try {
            byte[] content = Files.readAllBytes(file);
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
