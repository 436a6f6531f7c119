import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that runs beside the test, and what it prints. It is ended by its own process, whatever it started in it. */
final class Program implements AutoCloseable {
    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Thread reader;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /** Starts it; it is ready when it prints the pattern, whose group is its address. */
    Program(ProcessBuilder builder, Pattern whenReady) throws IOException {
        process = builder.redirectErrorStream(true).start();
        // Also when the test itself is stopped: no program outlives it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }));
        reader = new Thread(() -> {
            try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = in.readLine(); line != null; line = in.readLine()) {
                    output.append(line).append('\n');
                    var matcher = whenReady.matcher(line);
                    if (matcher.find()) {
                        ready.complete(matcher.group(1));
                    }
                }
            } catch (IOException closed) {
                // The process has ended.
            }
            ready.completeExceptionally(new AssertionError("it ended:\n" + output));
        });
        reader.start();
    }

    /** Waits, and gives its address. */
    String whenReady() throws Exception {
        return ready.get(300, TimeUnit.SECONDS);
    }

    /** All that it has printed. */
    String output() {
        return output.toString();
    }

    @Override
    public void close() throws InterruptedException {
        // A shell script may have started the program itself as its child.
        var all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + output);
        }
        reader.join(10_000);
    }
}
