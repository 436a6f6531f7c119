package io.icespar.server.console;

import io.icespar.engine.FirstQuery;
import io.icespar.server.Server;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code icespar serve}: loads the tables and answers requests until it is told to stop. */
@Command(
        name = "serve",
        description = "Loads the tables and answers requests until Ctrl-C or a TERM signal.",
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class)
final class Serve implements Callable<Integer> {
    private static final long PARENT_POLL_MILLIS = 200;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration file (default: conf/icespar.yaml where Icespar is installed).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The TCP port, 0 for any free one (default: the configuration's, or "
                    + ServerSettings.DEFAULT_PORT + ").")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that Icespar writes to (default: the configuration's).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--stop-with-parent",
            hidden = true,
            description = "Stops when the process that started it is gone.")
    private boolean stopWithParent;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (stopWithParent) {
            // Before the loading: a process whose parent has gone has another one.
            ProcessHandle.current().parent().ifPresent(Serve::exitAfter);
        }
        FirstQuery.prepare();
        Settings settings = settings();
        PrintWriter out = spec.commandLine().getOut();
        Server server = Server.start(settings, new LoadProgress(out, System::nanoTime));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, out), "stop"));
        out.println("Icespar " + Icespar.Version.number() + " listens at " + server.uri() + ", Ctrl-C stops it.");
        settings.server().welcome().ifPresent(file -> out.print(Welcome.read(file, server.uri())));
        out.flush();
        // Until a signal; the shutdown hook does the rest.
        new CountDownLatch(1).await();
        return ExitCode.OK.number();
    }

    private Settings settings() {
        if (port.isPresent() && (port.get() < 0 || port.get() > 65535)) {
            throw new ParameterException(
                    spec.commandLine(), "--port is `" + port.get() + "`, expected a number from 0 to 65535");
        }
        Settings read = Settings.read(config.orElseGet(Installation::configuration));
        Settings placed = port.map(read::withPort).orElse(read);
        return data.map(placed::withData).orElse(placed);
    }

    private static void stop(Server server, PrintWriter out) {
        server.close();
        out.println("Icespar has stopped.");
        out.flush();
    }

    /** Polls: a process is told only of the end of its own children. */
    private static void exitAfter(ProcessHandle parent) {
        var watch = new Thread(
                () -> {
                    try {
                        while (parent.isAlive()) {
                            Thread.sleep(PARENT_POLL_MILLIS);
                        }
                        System.exit(ExitCode.OK.number());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
