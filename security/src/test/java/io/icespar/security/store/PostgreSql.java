package io.icespar.security.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.icespar.security.identity.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own: the real one that this machine has, in a folder and at a port of its own, ended when
 * it is closed. Tests that need it are skipped where PostgreSQL is not installed.
 */
public final class PostgreSql implements AutoCloseable {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final String PASSWORD = "of the tests";

    private final Path programs;
    private final Path folder;
    private final int port;
    private int databases;

    private PostgreSql(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts a new one; aborts the test if there is no PostgreSQL. */
    public static PostgreSql start() {
        try {
            Optional<Path> programs = programs();
            assumeTrue(
                    programs.isPresent(), "PostgreSQL is not installed in " + INSTALLATIONS + ": not tested with it");
            Path folder = Files.createTempDirectory("icespar-postgresql");
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            if (isRoot()) {
                // PostgreSQL refuses to be run by root.
                var postgres =
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
                Files.setOwner(folder, postgres);
                Files.setOwner(password, postgres);
            }
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            PostgreSql server = new PostgreSql(programs.orElseThrow(), folder, port);
            server.run(
                    "initdb", "-D", server.data(), "-U", USER, "-A", "scram-sha-256", "--pwfile", password.toString());
            server.begin();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(INSTALLATIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void run(String program, String... arguments) {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", USER, "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("icespar-postgresql", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exit = process.waitFor();
            assertEquals(0, exit, () -> command + ": " + read(output));
            Files.delete(output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends it as a crash would, and starts it again when {@code work} is done. */
    void whileDown(Runnable work) {
        kill();
        try {
            work.run();
        } finally {
            begin();
        }
    }

    private void begin() {
        String options =
                "-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories= -c autovacuum=off";
        run("pg_ctl", "-D", data(), "-l", folder.resolve("log").toString(), "-o", options, "-w", "-t", "60", "start");
    }

    private void kill() {
        run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
    }

    /** The URL of a new database. */
    public String newDatabase() {
        String name = "d" + ++databases;
        sql("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void sql(String database, String sql) {
        sqlAt(url(database), sql);
    }

    /** Runs SQL behind a store's back. */
    void sqlAt(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store in the database of that URL. */
    public PostgreSqlSecurityStore store(String url) {
        return PostgreSqlSecurityStore.open(
                url, Optional.of(USER), Optional.of(new Secret(PASSWORD)), Duration.ofSeconds(10));
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
