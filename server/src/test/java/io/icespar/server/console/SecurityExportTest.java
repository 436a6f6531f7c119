package io.icespar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.LoadListener;
import io.icespar.server.Server;
import io.icespar.server.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on running servers: what one exports the next begins with. */
class SecurityExportTest {
    private static final String BOOTSTRAP = """
            CREATE ROLE paris;
            CREATE RESTRICTION paris ON "Shops" USING ("City" = 'Paris' -- and no other
            ) TO paris;
            CREATE CONTEXT VALUE note VARCHAR DEFAULT 'it''s;
            ! -- 🦊';
            CREATE USER alice PASSWORD 'changeit';
            CREATE USER admin PASSWORD 'changeit';
            GRANT ROLE_USER, paris TO USER alice;
            GRANT ROLE_ADMIN TO USER admin;
            """;

    private final Path folder;
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    SecurityExportTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anExportIsABootstrapScriptThatGivesTheSame() throws Exception {
        Path file = folder.resolve("export.sql");
        try (Server one = start("one", BOOTSTRAP)) {
            assertEquals(0, export(one, "admin", "--output", file.toString()), errors.toString());
        }
        assertEquals("", output.toString());
        try (Server two = start("two", Files.readString(file))) {
            assertEquals(List.of("Paris"), cities(two));
            assertEquals(0, export(two, "admin"), errors.toString());
        }
        assertEquals(Files.readString(file), output.toString());
        assertTrue(output.toString().contains("HASH '$2a$"), output.toString());
    }

    @Test
    void anExportRunsOnAServerThatIsEmptyButForAnAdministrator() throws Exception {
        Path file = folder.resolve("export.sql");
        String other = "CREATE USER other PASSWORD 'changeit'; GRANT ROLE_ADMIN TO USER other;";
        try (Server one = start("one", BOOTSTRAP);
                Server two = start("two", other)) {
            assertEquals(0, export(one, "admin", "--output", file.toString()), errors.toString());
            assertEquals(0, run(two, "other", "sql", "-f", file.toString()), errors.toString());
            assertEquals(List.of("Paris"), cities(two));
            assertEquals(0, export(one, "admin"));
            String exported = output.toString();
            output.getBuffer().setLength(0);
            assertEquals(0, run(two, "other", "sql", "-e", "DROP USER other"));
            assertEquals(0, export(two, "admin"));
            assertEquals(exported, output.toString());
        }
    }

    @Test
    void theFileIsForItsOwnerAndIsWrittenWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("export.sql"), "former");
        Path nowhere = folder.resolve("nowhere").resolve("export.sql");
        try (Server server = start("one", BOOTSTRAP)) {
            assertEquals(1, export(server, "alice", "--output", file.toString()));
            assertTrue(errors.toString().startsWith("icespar: only holders of role `ROLE_ADMIN`"), errors.toString());
            assertEquals("former", Files.readString(file));

            assertEquals(0, export(server, "admin", "--no-passwords", "--output", file.toString()));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(
                    Files.readString(file).contains("CREATE USER \"alice\" PASSWORD HASH '$2a$10$...."),
                    Files.readString(file));

            errors.getBuffer().setLength(0);
            assertEquals(74, export(server, "admin", "--output", nowhere.toString()));
            assertEquals("icespar: the file `" + nowhere + "` cannot be written\n", errors.toString());
            assertEquals(74, export(server, "admin", "--output", folder.toString()));
            try (Stream<Path> left = Files.list(folder)) {
                assertFalse(
                        left.anyMatch(path -> String.valueOf(path.getFileName()).startsWith(".icespar")));
            }
        }
        assertEquals("", output.toString());
    }

    @Test
    void aScriptStopsAtTheFirstStatementThatFailsAndTellsWhere() throws Exception {
        Path file = Files.writeString(folder.resolve("script.sql"), """
                -- A comment; 'x
                CREATE ROLE r1; SELECT 'a;
                b' AS "\\";
                CREATE
                  ROLE r1;
                CREATE ROLE r2;
                """);
        try (Server server = start("one", BOOTSTRAP)) {
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            PrintStream stderr = System.err;
            System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
            try {
                assertEquals(1, run(server, "admin", "sql", "-f", file.toString()));
            } finally {
                System.setErr(stderr);
            }
            // The server's log goes there as well.
            assertEquals(
                    List.of("Error: " + file + ":4: role `r1` exists already (SQLSTATE 42710)"),
                    told.toString(StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.startsWith("Error"))
                            .toList());
            assertEquals(0, export(server, "admin"));
            assertTrue(output.toString().contains("CREATE ROLE \"r1\""), output.toString());
            assertFalse(output.toString().contains("CREATE ROLE \"r2\""), output.toString());
        }
    }

    private Server start(String name, String bootstrap) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name).resolve("catalog"));
        Files.writeString(home.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Nice\n");
        Files.writeString(home.resolve("retail.yaml"), """
                schema: retail
                backend: duckdb
                tables:
                  Shops: {file: shops.csv, key: Shop ID}
                """);
        Files.writeString(folder.resolve(name).resolve("bootstrap.sql"), bootstrap);
        Path file = folder.resolve(name).resolve("icespar.yaml");
        return Server.start(Settings.read(Files.writeString(file, """
                server: {port: 0}
                catalog: catalog
                data: data
                security: {store: memory, bootstrap: bootstrap.sql}
                """)), new LoadListener() {});
    }

    private static List<String> cities(Server server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(server), "alice", "changeit");
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"City\" FROM \"Shops\"")) {
            List<String> cities = new ArrayList<>();
            while (rows.next()) {
                cities.add(rows.getString(1));
            }
            return cities;
        }
    }

    private static String url(Server server) {
        return ServerLogin.URL_PREFIX + server.uri();
    }

    private int export(Server server, String user, String... options) {
        return run(
                server,
                user,
                Stream.concat(Stream.of("security", "export"), Arrays.stream(options))
                        .toArray(String[]::new));
    }

    private String password() {
        try {
            return Files.writeString(folder.resolve("password"), "changeit\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int run(Server server, String user, String... arguments) {
        return Icespar.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(Stream.concat(
                                Arrays.stream(arguments),
                                Stream.of("--url", url(server), "--user", user, "--password-file", password()))
                        .toArray(String[]::new));
    }
}
