package io.icespar.benchmark.system;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * The PostgreSQL that this machine has, with a data directory, a port and a password of its own, which is stopped and
 * removed when it is closed.
 */
public final class PostgreSql implements AutoCloseable {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final String OWNER = "postgres";
    private static final String PASSWORD = "of the benchmark";

    /** What one sets first on a machine of this size; the rest is as it comes. */
    private static final List<String> SETTINGS = List.of(
            "shared_buffers=2GB",
            "effective_cache_size=6GB",
            "work_mem=128MB",
            "maintenance_work_mem=512MB",
            "max_wal_size=8GB",
            "synchronous_commit=off",
            "max_connections=100",
            "random_page_cost=1.1");

    private final Path programs;
    private final TemporaryFolder folder;
    private final int port;

    private PostgreSql(Path programs, TemporaryFolder folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one without tables. */
    public static PostgreSql start() throws IOException {
        Path programs = programs();
        TemporaryFolder temporary = TemporaryFolder.make();
        Path folder = temporary.path();
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        if (isRoot()) {
            // PostgreSQL refuses to be run by root.
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER);
            Files.setOwner(folder, owner);
            Files.setOwner(password, owner);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        PostgreSql server = new PostgreSql(programs, temporary, port);
        try {
            server.begin(password);
            return server;
        } catch (IOException | RuntimeException | Error e) {
            temporary.close();
            throw e;
        }
    }

    private void begin(Path password) throws IOException {
        run(
                "initdb",
                "-D",
                data(),
                "-U",
                OWNER,
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
                "--locale=C",
                "--pwfile",
                password.toString());
        StringBuilder options =
                new StringBuilder("-c listen_addresses=127.0.0.1 -c port=" + port + " -c unix_socket_directories=");
        SETTINGS.forEach(setting -> options.append(" -c ").append(setting));
        String log = folder.path().resolve("log").toString();
        run("pg_ctl", "-D", data(), "-l", log, "-o", options.toString(), "-w", "-t", "60", "start");
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IOException("PostgreSQL is not installed in " + INSTALLATIONS));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private String data() {
        return folder.path().resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(isRoot() ? List.of("runuser", "-u", OWNER, "--") : List.of());
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("icespar-bench-postgresql", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.delete(output);
        }
    }

    /** Runs statements as the owner of the tables. */
    public void execute(String script) throws SQLException {
        try (Connection connection = connect(OWNER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    /** Fills a table from a CSV file with a header. */
    public void load(String table, Path csv) throws IOException, SQLException {
        try (Connection connection = connect(OWNER, PASSWORD);
                Reader file = Files.newBufferedReader(csv)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER true)", file);
        }
    }

    /** A connection of the owner of the tables, whom no policy restricts. */
    public Connection connect() throws SQLException {
        return connect(OWNER, PASSWORD);
    }

    /** A connection of another role. */
    public Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", role, password);
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
        folder.close();
    }
}
