package io.icespar.benchmark.system;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Icespar's distribution, serving in a process of its own; asked through its driver. */
public final class IcesparServer implements AutoCloseable {
    /** The password of every user of a benchmark. */
    public static final String PASSWORD = "changeit";

    private static final Pattern LISTENING = Pattern.compile("listens at (\\S+?),");

    private final Child process;
    private final URI uri;

    private IcesparServer(Child process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Writes a configuration, and serves it.
     *
     * @param distribution the folder that the build made
     * @param folder where the configuration is written to, and what the server writes
     * @param catalog the folder of the catalog
     * @param database {@code memory} or {@code file}
     * @param bootstrap the script that makes users and what they may see
     */
    public static IcesparServer start(
            Path distribution, Path folder, Path catalog, String database, String bootstrap, String... javaOptions)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("bootstrap.sql"), bootstrap);
        Path settings = Files.writeString(
                folder.resolve("icespar.yaml"),
                "catalog: \"" + catalog.toAbsolutePath() + "\"\ndata: data\ndatabase: " + database
                        + "\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n");
        return serve(distribution, settings, folder.resolve("server.log"), javaOptions);
    }

    /** Serves a configuration that is there. */
    public static IcesparServer serve(Path distribution, Path settings, Path log, String... javaOptions)
            throws IOException {
        Child process = Child.start(
                log,
                List.of(
                        distribution.resolve("bin/icespar").toAbsolutePath().toString(),
                        "serve",
                        "--port=0",
                        "--stop-with-parent",
                        "--config=" + settings.toAbsolutePath()),
                Map.of("ICESPAR_JAVA_OPTIONS", String.join(" ", javaOptions)));
        try {
            return new IcesparServer(process, URI.create(process.await(LISTENING)));
        } catch (IOException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    /** The URL for the driver. */
    public String url() {
        return "jdbc:icespar:" + uri;
    }

    /** A connection of a user. */
    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(url(), user, PASSWORD);
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
