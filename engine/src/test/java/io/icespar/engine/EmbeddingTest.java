package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.config.EngineSettings;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.SecurityFacade;
import io.icespar.security.plugin.Plugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/embedding.md: each stands there as it stands here, and prints what its comments say. */
class EmbeddingTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "embedding.md");
    private static final Path CONF = Path.of("..", "conf");

    private final PrintStream out = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path file = CONF;

    /** The sample, with the commands that the document wants to have been run. */
    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        Path conf = folder.resolve("conf");
        try (Stream<Path> files = Files.walk(CONF)) {
            for (Path each : files.toList()) {
                Files.copy(each, conf.resolve(CONF.relativize(each)));
            }
        }
        file = conf.resolve("icespar.yaml");
        Path bootstrap = conf.resolve("bootstrap.sql");
        Files.writeString(bootstrap, Files.readString(bootstrap) + "\n" + String.join("\n", blocks("sql")));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(out);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring(("```" + language + "\n").length(), block.length() - "```".length()))
                .toList();
    }

    @Test
    void eachExampleOfTheDocumentIsOneOfThese() throws IOException {
        String here = Files.readString(Path.of("src", "test", "java", "io", "icespar", "engine", "EmbeddingTest.java"));
        // The last one is a plug-in, which the server's tests compile.
        List<String> examples = blocks("java").stream()
                .filter(block -> !block.startsWith("package "))
                .toList();
        assertEquals(6, examples.size());
        for (String example : examples) {
            assertTrue(here.contains(example.indent(8)), example);
        }
    }

    private void assertPrinted(String lines) {
        assertEquals(lines, printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    private static Object first(Session session, String sql) {
        try (var stream = ((Answer.Rows) session.query(sql)).stream()) {
            return Objects.requireNonNull(Objects.requireNonNull(stream.next())[0]);
        }
    }

    @Test
    void byJdbc() throws Exception {
        var url = "jdbc:icespar:embedded:" + file; // such as conf/icespar.yaml
        try (var connection = DriverManager.getConnection(url, "french-user", "changeit");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT SUM(\"Quantity\") FROM \"Sales\"")) {
            rows.next();
            System.out.println(rows.getLong(1)); // 3027
        }
        assertPrinted("3027\n");
    }

    @Test
    void byItsOwnApi() {
        var settings = EngineSettings.read(file);
        try (var engine = Engine.open(settings)) {
            var session = engine.session(Name.of("french-user"));
            var answer = session.query("SELECT \"City\", SUM(\"Quantity\") FROM \"Sales\" JOIN \"Shops\""
                    + " ON \"Shop\" = \"Shop ID\" GROUP BY \"City\"");
            if (answer instanceof Answer.Rows rows) {
                try (var stream = rows.stream()) {
                    for (var row = stream.next(); row != null; row = stream.next()) {
                        System.out.println(row[0] + " " + row[1]);
                    }
                }
            }
        }
        assertEquals(5, printed.toString(StandardCharsets.UTF_8).lines().count());
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("Nice 609"));
    }

    @Test
    void entitlements() {
        var settings = EngineSettings.read(file);
        var desks = EntitlementsProvider.builder("desks")
                .forRole("ROLE_DESK")
                .withDefaultMember("currency", "USD")
                .withContextValue("queries_time_limit", 30)
                .hideColumns("retail", "Sales", "Unit price")
                .grantMembers()
                .on("retail", "Shops", "Country", "City")
                .memberPath("France")
                .memberPath("USA", "New York")
                .end()
                .build();
        try (var engine = Engine.open(settings, Plugins.none().withProvider(desks))) {
            var session = engine.session(Name.of("global-user"));
            System.out.println(first(session, "SELECT SUM(\"Quantity\") FROM \"Sales\"")); // 3835
            System.out.println(first(session, "SHOW currency")); // USD
        }
        assertPrinted("3835\nUSD\n");
    }

    @Test
    void entitlementsOfCubes() {
        var settings = EngineSettings.read(file);
        var desks = EntitlementsProvider.builder("desks")
                .forRole("ROLE_DESK")
                .onPivot("retail", "Desk sales")
                .withMdxContext()
                .overrideDimensionVisibility("Shops", false)
                .overrideHierarchyVisibility("Geography", true)
                .withDefaultMember("Product", "TAB_0")
                .end()
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("Geography")
                .memberPath("France")
                .memberPath("USA", "New York")
                .end()
                .build();
        try (var engine = Engine.open(settings, Plugins.none().withProvider(desks))) {
            var session = engine.session(Name.of("global-user"));
            System.out.println(first(session, "SELECT SUM(\"Quantity\") FROM \"Sales\"")); // 3835
        }
        assertPrinted("3835\n");
    }

    @Test
    void authorities() {
        var settings = EngineSettings.read(file);
        var ranks = Map.of(Name.of("ROLE_USER"), 0, Name.of("ROLE_FRANCE"), 1, Name.of("ROLE_DESK"), 2);
        AuthorityComparator authorities = Comparator.comparing(role -> ranks.getOrDefault(role, 1))::compare;
        try (var engine = Engine.open(settings, Plugins.none().withAuthorities(authorities))) {
            var admin = engine.session(Name.of("admin"));
            admin.query("ALTER ROLE ROLE_USER SET currency = 'GBP'");
            admin.query("ALTER ROLE ROLE_DESK SET currency = 'USD'");
            System.out.println(first(engine.session(Name.of("global-user")), "SHOW currency")); // USD
        }
        assertPrinted("USD\n");
    }

    @Test
    void claims() {
        var settings = EngineSettings.read(file);
        SecurityFacade facade = caller -> Map.of("directory", Map.of("department", "sales of " + caller.name()));
        try (var engine = Engine.open(settings, Plugins.none().withFacade(facade))) {
            var session = engine.session(Name.of("global-user"));
            System.out.println(first(session, "SHOW department")); // sales of global-user
        }
        assertPrinted("sales of global-user\n");
    }
}
