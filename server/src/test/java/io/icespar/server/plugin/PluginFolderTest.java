package io.icespar.server.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.duckdb.LoadListener;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.Server;
import io.icespar.server.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars are compiled here and given to a server; the first of them is the example of docs/embedding.md. */
class PluginFolderTest {
    private static final String PROVIDER = "io.icespar.security.entitlement.EntitlementsProvider";
    private static final String COMPARATOR = "io.icespar.security.identity.AuthorityComparator";
    private static final String FACADE = "io.icespar.security.identity.SecurityFacade";

    @TempDir
    private Path folder = Path.of("");

    private static String example() throws IOException {
        return Pattern.compile("```java\n(package com\\.example;.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "embedding.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** A plug-in of the package com.example. */
    private static String source(String name, String implemented, String body) {
        return "package com.example; import io.icespar.security.identity.*;\npublic final class " + name
                + " implements " + implemented + " {\n" + body + "\n}\n";
    }

    private static String comparator(String name) {
        return source(name, COMPARATOR, "public int compare(Name a, Name b) { return b.compareTo(a); }");
    }

    /** Puts a class into a jar of the folder of plug-ins, named as a service of a kind. */
    private void plug(String kind, String name, String source) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/com/example"));
        Path file = Files.writeString(sources.resolve(name + ".java"), source);
        int failed = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler())
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-proc:none", file.toString());
        assertEquals(0, failed, "it compiles");
        Path jar = Files.createDirectories(folder.resolve("plugins")).resolve(name + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/" + kind));
            out.write(("com.example." + name + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("com/example/" + name + ".class"));
            out.write(Files.readAllBytes(sources.resolve(name + ".class")));
        }
    }

    private Settings settings(String security) throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Nice\n3,Chicago\n");
        Files.writeString(
                catalog.resolve("retail.yaml"), "schema: retail\ntables:\n  Shops: {file: shops.csv, key: Shop ID}\n");
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE ROLE ROLE_DESK;
                CREATE USER alice PASSWORD 'changeit';
                CREATE USER bob PASSWORD 'changeit';
                CREATE USER admin PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_DESK TO USER alice;
                GRANT ROLE_USER TO USER bob;
                GRANT ROLE_ADMIN TO USER admin;
                CREATE CONTEXT VALUE department VARCHAR DEFAULT 'none' FROM CLAIM 'department';
                CREATE CONTEXT VALUE currency VARCHAR;
                ALTER ROLE ROLE_DESK SET currency = 'of desk';
                ALTER ROLE ROLE_USER SET currency = 'of user';
                """);
        return Settings.read(Files.writeString(folder.resolve("icespar.yaml"), """
                server: {port: 0, plugins: plugins}
                catalog: catalog
                data: data
                security: {store: memory, bootstrap: bootstrap.sql%s}
                """.formatted(security)));
    }

    private static String answer(Server server, String user, String sql) throws SQLException {
        String url = "jdbc:icespar:" + server.uri();
        try (Connection connection = DriverManager.getConnection(url, user, "changeit");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    private Server start() throws IOException {
        return Server.start(settings(""), new LoadListener() {});
    }

    private String refused(String security) throws IOException {
        Settings settings = settings(security);
        IcesparException refusal = assertThrows(
                IcesparException.class,
                () -> Server.start(settings, new LoadListener() {}).close());
        assertEquals(ErrorCode.CONFIGURATION, refusal.code());
        assertFalse(refusal.getMessage().contains("canary"), refusal.getMessage());
        return refusal.getMessage();
    }

    @Test
    void theExampleOfTheDocumentationRestricts() throws Exception {
        plug(PROVIDER, "Desks", example());
        try (Server server = start()) {
            String cities = "SELECT LISTAGG(\"City\", ' ') WITHIN GROUP (ORDER BY \"City\") FROM \"Shops\"";
            assertEquals("Nice", answer(server, "alice", cities));
            assertEquals("Chicago Nice Paris", answer(server, "bob", cities));
            assertEquals("desks/ROLE_DESK/retail.Shops(City)", answer(server, "admin", "SHOW RESTRICTIONS"));
        }
    }

    @Test
    void comparatorsAndFacadesAreFoundToo() throws Exception {
        plug(COMPARATOR, "Backwards", comparator("Backwards"));
        plug(FACADE, "Directory", source("Directory", FACADE, """
                public java.util.Map<String, Object> claims(Caller caller) {
                    if (caller.name().equals(Name.of("bob"))) {
                        throw new IllegalStateException("canary");
                    }
                    return java.util.Map.of("department", "of " + caller.name());
                }"""));
        try (Server server = start()) {
            assertEquals("of desk", answer(server, "alice", "SHOW currency"));
            assertEquals("of alice", answer(server, "alice", "SHOW department"));
            SQLException refusal =
                    assertThrows(SQLException.class, () -> answer(server, "bob", "SELECT 1 FROM \"Shops\""));
            assertEquals("58I01", refusal.getSQLState());
            assertFalse(String.valueOf(refusal.getMessage()).contains("canary"));
        }
    }

    @Test
    void withoutAFolderOrWithAnEmptyOneThereAreNone() throws Exception {
        assertEquals(List.of(), PluginFolder.open(Optional.empty()).plugins().providers());
        try (Server server = start()) {
            assertEquals("3", answer(server, "alice", "SELECT COUNT(*) FROM \"Shops\""));
        }
    }

    @Test
    void thereIsOneComparatorAtMost() throws Exception {
        plug(COMPARATOR, "One", comparator("One"));
        assertTrue(refused(", authorities: [ROLE_DESK]").startsWith("`security.authorities` is configured, and"));
        plug(COMPARATOR, "Two", comparator("Two"));
        assertEquals(
                "more than one authority comparator is plugged in: [`com.example.One`, `com.example.Two`], expected at"
                        + " most one",
                refused(""));
    }

    @Test
    void whatCannotBeMadeEndsTheStart() throws Exception {
        String failing = source("Failing", PROVIDER, """
                public Failing() { throw new IllegalStateException("canary"); }
                public io.icespar.security.entitlement.Entitlements entitlements() { return null; }""");
        plug(PROVIDER, "Failing", failing);
        assertTrue(refused("").contains("Provider com.example.Failing could not be instantiated"));
        plug(
                PROVIDER,
                "Failing",
                failing.replace("public Failing() { throw", "public Failing() {} Object x() { throw"));
        assertEquals("the entitlements provider `com.example.Failing` failed", refused(""));
        try (Stream<Path> jars = Files.list(folder.resolve("plugins"))) {
            for (Path jar : jars.toList()) {
                Files.writeString(jar, "not a jar");
            }
        }
        start().close();
    }
}
