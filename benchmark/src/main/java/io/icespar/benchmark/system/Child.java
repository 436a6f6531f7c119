package io.icespar.benchmark.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that is ended when it is closed. What it says on standard error goes to a file. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path log;
    private final BufferedReader output;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a process.
     *
     * @param log what the file is called
     * @param environment what is added to ours
     */
    static Child start(Path log, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), log);
    }

    /** Its number. */
    long pid() {
        return process.pid();
    }

    /**
     * Waits for a line of its output.
     *
     * @return what the pattern's first group found; all that comes later is read and forgotten
     * @throws IllegalStateException if it ends without such a line, with what it said
     */
    String await(Pattern pattern) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                forgetOutput();
                return found.group(1);
            }
        }
        throw failure();
    }

    // Lest it wait for a reader.
    private void forgetOutput() {
        var reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {
                            // Forgotten.
                        }
                    } catch (IOException e) {
                        // The process is gone.
                        return;
                    }
                },
                "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private IllegalStateException failure() {
        try {
            return new IllegalStateException("process ended: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
