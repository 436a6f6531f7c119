package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.oracle.SampleData;
import io.icespar.engine.run.RowStream;
import io.icespar.security.audit.AuditEvent;
import io.icespar.security.audit.AuditEvent.Ending;
import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Kind;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.Origin;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the audit tells of statements, and what becomes of them if it cannot. */
class StatementAuditTest {
    private static final String SECRET = "canary-s3cret";
    private static final String COUNT = "SELECT COUNT(*) FROM \"Sales\"";

    private final Path folder;
    private final Path file;

    StatementAuditTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("audit.jsonl");
    }

    private Engine open(String audit) throws IOException {
        Path settings = SampleData.original().write(folder, SampleData.roles());
        String text = Files.readString(settings).replace("store: memory", "store: file");
        Files.writeString(settings, text + "audit: {file: audit.jsonl" + audit + "}\n");
        return Engine.open(EngineSettings.read(settings));
    }

    private static Session session(Engine engine, String user) {
        return engine.session(Name.of(user));
    }

    private static List<@Nullable Object[]> rows(Answer answer) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (RowStream stream = ((Answer.Rows) answer).stream()) {
            for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static StatementEnded last(Engine engine) {
        return assertInstanceOf(
                StatementEnded.class, engine.security().audit().recent().get(0));
    }

    private static IcesparException fails(ErrorCode code, Executable executable) {
        IcesparException failure = assertThrows(IcesparException.class, executable);
        assertEquals(code, failure.code(), failure.getMessage());
        return failure;
    }

    private String written() throws IOException {
        return Files.readString(file);
    }

    @Test
    void aQueryIsRecordedWithWhatItReadAndWhatRestrictedIt() throws IOException {
        try (Engine engine = open("")) {
            String sql = "SELECT \"Sale ID\" FROM \"Sales\" WHERE \"Quantity\" > 2"
                    + " AND \"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\") AND EXISTS (SELECT 1 FROM \"Access\")";
            int count = rows(session(engine, "careful-user").query(sql)).size();
            StatementEnded ended = last(engine);
            Facts facts = ended.facts();
            assertEquals(Kind.QUERY, facts.kind());
            assertEquals(Name.of("careful-user"), facts.caller());
            assertEquals(Optional.of(sql), facts.text());
            assertEquals(
                    List.of("Access", "Sales", "Shops"),
                    facts.tables().stream()
                            .map(TableName::table)
                            .map(Name::spelling)
                            .sorted()
                            .toList());
            assertEquals(Optional.of(engine.security().state().epoch()), facts.epoch());
            assertEquals(
                    List.of("never_small", "nobodys", "perhaps_new_york", "perhaps_paris", "small_sales"),
                    facts.restrictions().stream().map(Name::spelling).toList());
            assertEquals(count, ended.rows());
            assertEquals("00000", ended.outcome().sqlState());
            assertEquals(Ending.COMPLETED, ended.outcome().ending());
        }
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.get(lines.size() - 2).contains("\"phase\":\"begin\""), lines.toString());
        assertTrue(lines.get(lines.size() - 1).contains("\"phase\":\"end\""), lines.toString());
    }

    @Test
    void restrictionsThatArriveOverAReferenceAreNamed() throws IOException {
        try (Engine engine = open("")) {
            rows(session(engine, "parisian-user").query(COUNT));
            assertEquals(List.of(Name.of("paris")), last(engine).facts().restrictions());
            rows(session(engine, "admin").query(COUNT));
            assertEquals(List.of(), last(engine).facts().restrictions());
        }
    }

    @Test
    void masksAreNamed() throws IOException {
        try (Engine engine = open("")) {
            session(engine, "admin").query("CREATE MASK no_city ON \"Shops\" (\"City\") USING ('') TO ROLE_FRANCE");
            rows(session(engine, "french-user").query("SELECT \"Shop ID\" FROM \"Shops\""));
            assertEquals(List.of(Name.of("no_city")), last(engine).facts().masks());
            rows(session(engine, "parisian-user").query("SELECT \"City\" FROM \"Shops\""));
            assertEquals(List.of(), last(engine).facts().masks());
        }
    }

    @Test
    void whatIsExplainedIsRecordedWithWhatItNames() throws IOException {
        try (Engine engine = open("")) {
            session(engine, "admin").query("CREATE VIEW \"Cities\" AS SELECT \"City\" FROM \"Shops\"");
            rows(session(engine, "parisian-user")
                    .query("EXPLAIN PLAN FOR SELECT 1 FROM \"Sales\" WHERE EXISTS (SELECT 1 FROM \"Cities\")"));
            assertEquals(
                    List.of("Cities", "Sales"),
                    last(engine).facts().tables().stream()
                            .map(name -> name.table().spelling())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void howAQueryEndsIsRecordedOnce() throws IOException {
        try (Engine engine = open(", when-unwritable: continue")) {
            Session session = session(engine, "admin");
            int before = engine.security().audit().recent().size();
            Answer.Rows closed = (Answer.Rows) session.query("SELECT * FROM \"Sales\"");
            closed.stream().next();
            closed.stream().next();
            closed.stream().close();
            closed.stream().close();
            assertEquals(Ending.CLOSED, last(engine).outcome().ending());
            assertEquals(2, last(engine).rows());

            Answer.Rows cancelled = (Answer.Rows) session.query("SELECT * FROM \"Sales\"");
            cancelled.stream().next();
            cancelled.stream().cancel();
            cancelled.stream().close();
            assertEquals("57014", last(engine).outcome().sqlState());

            assertThrows(
                    IcesparException.class,
                    () -> rows(session.query("SELECT 1 / (\"Quantity\" - \"Quantity\") FROM \"Sales\"")));
            assertEquals("22000", last(engine).outcome().sqlState());

            assertThrows(IcesparException.class, () -> session.query("SELECT * FROM nothing"));
            assertEquals("42P01", last(engine).outcome().sqlState());
            assertEquals(
                    Optional.of("SELECT * FROM nothing"), last(engine).facts().text());

            assertThrows(
                    IcesparException.class, () -> session(engine, "stranger").query("SELECT 1"));
            assertEquals("28000", last(engine).outcome().sqlState());
            assertEquals(before + 5, engine.security().audit().recent().size());
        }
    }

    @Test
    void aCommandIsRecordedWithTheEpochThatItMade() throws IOException {
        try (Engine engine = open("")) {
            session(engine, "admin").query("CREATE ROLE newcomers");
            Facts facts = last(engine).facts();
            assertEquals(Kind.COMMAND, facts.kind());
            assertEquals(Optional.of("CREATE ROLE newcomers"), facts.text());
            assertEquals(Optional.of(engine.security().state().epoch()), facts.epoch());

            fails(ErrorCode.DUPLICATE_OBJECT, () -> session(engine, "admin").query("CREATE ROLE newcomers"));
            assertEquals("42710", last(engine).outcome().sqlState());
            fails(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    () -> session(engine, "french-user").query("DROP ROLE newcomers"));
            assertEquals("42501", last(engine).outcome().sqlState());
            assertEquals(
                    Optional.of("DROP ROLE newcomers"), last(engine).facts().text());
        }
    }

    @Test
    void noPasswordIsEverRecorded() throws IOException {
        List<String> commands = List.of(
                "CREATE USER x PASSWORD 'canary-s3cret'",
                "create user \"x'y\"\r\npassword\t'canary-s3cret' ;",
                "/* one\n two */ CREATE USER é😀x -- three\n PASSWORD\n\n  'canary-s3cret it''s\n long canary-s3cret' -- end",
                "CREATE USER x PASSWORD U&'canary-s3cret'",
                "CREATE USER x PASSWORD _UTF8'canary-s3cret'",
                "CREATE USER x PASSWORD 'canary-'\n's3cret'",
                "ALTER USER admin PASSWORD 'canary-s3cret'",
                "ALTER USER nobody PASSWORD 'canary-s3cret'",
                "ALTER USER admin PASSWORD canary-s3cret",
                "ALTER USER admin PASSWORD \"canary-s3cret\"",
                "ALTER USER admin PASSWORT 'canary-s3cret'",
                "ALTER USER admin PASSWORD 'canary-s3cret",
                "CREATE USER x PASSWORD 'a'; ALTER USER x PASSWORD 'canary-s3cret'");
        try (Engine engine = open("")) {
            for (String user : List.of("french-user", "admin")) {
                for (String sql : commands) {
                    try {
                        assertInstanceOf(
                                Answer.Done.class, session(engine, user).query(sql));
                    } catch (IcesparException e) {
                        assertTrue(user.equals("french-user") || e.code() != ErrorCode.INTERNAL, e.getMessage());
                    }
                    last(engine).facts().text().ifPresent(text -> assertTrue(text.contains("'***'"), text));
                    assertFalse(engine.security().audit().recent().toString().contains("s3cret"), sql);
                }
            }
            rows(session(engine, "admin").query("SHOW AUDIT"))
                    .forEach(row -> assertFalse(Arrays.toString(row).contains("s3cret")));
        }
        assertFalse(written().contains("s3cret"), written());
    }

    @Test
    void ofACommandWithAPasswordAllElseIsRecorded() throws IOException {
        try (Engine engine = open("")) {
            session(engine, "admin").query("CREATE USER \"Zoë\"\n PASSWORD '" + SECRET + "' /* new */");
            assertEquals(
                    Optional.of("CREATE USER \"Zoë\"\n PASSWORD '***' /* new */"),
                    last(engine).facts().text());
        }
    }

    @Test
    void onlyAdministratorsReadTheAudit() throws IOException {
        try (Engine engine = open("")) {
            rows(session(engine, "parisian-user").query("SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" = 'mine'"));
            IcesparException refusal = fails(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    () -> session(engine, "french-user").query("SHOW AUDIT"));
            assertFalse(refusal.getMessage().contains("mine"));

            Session admin = session(engine, "admin");
            Session.Prepared show = admin.prepare("SHOW AUDIT");
            List<@Nullable Object[]> rows = rows(admin.execute(show, List.of(), 0));
            // Latest first: the refused SHOW AUDIT, then the query.
            @Nullable Object[] query = rows.get(1);
            assertEquals(show.columns().size(), query.length);
            assertEquals("parisian-user", query[2]);
            assertEquals("SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" = 'mine'", query[5]);
            assertEquals("retail.Shops", query[6]);
            assertEquals("paris", query[8]);
            assertEquals("", query[9]);
            assertEquals(1L, query[10]);
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    Object value = row[i];
                    assertTrue(value == null || show.columns().get(i).form().isInstance(value));
                }
            }
        }
    }

    @Test
    void whatIsShownMovesNoCursor() throws IOException {
        try (Engine engine = open("")) {
            rows(session(engine, "admin").query("SELECT 1 -- \u001b[2J\u202e\r\n"));
            Object text = rows(session(engine, "admin").query("SHOW AUDIT")).get(0)[5];
            assertEquals("SELECT 1 -- \\u001b[2J\\u202e\\r\\n", assertNotNullText(text));
        }
    }

    private static String assertNotNullText(@Nullable Object text) {
        assertNotNull(text);
        return text.toString();
    }

    @Test
    void whatCannotBeRecordedIsNotDone() throws IOException {
        open("").close();
        long epoch;
        fillTheDisk();
        try (Engine engine = open("")) {
            epoch = engine.security().state().epoch();
            Session admin = session(engine, "admin");
            for (String sql : List.of(COUNT, "CREATE ROLE r", "SHOW RESTRICTIONS", "EXPLAIN PLAN FOR " + COUNT, "!")) {
                fails(ErrorCode.AUDIT, () -> admin.query(sql));
            }
            for (String password : List.of("wrong", "", "wrong")) {
                fails(
                        ErrorCode.AUDIT,
                        () -> engine.security().authenticate("admin", new Secret(password), Origin.PROCESS));
            }
            assertEquals(epoch, engine.security().state().epoch());

            fails(ErrorCode.AUDIT, () -> admin.query("SET queries_result_limit = 1"));

            emptyTheDisk();
            assertEquals(1, rows(admin.query(COUNT)).size());
            assertEquals(
                    3,
                    rows(admin.query("SELECT \"Sale ID\" FROM \"Sales\" LIMIT 3"))
                            .size());
        }
        assertTrue(Files.readString(folder.resolve("real")).contains("COUNT"));
    }

    @Test
    void aLoginThatCouldNotBeRecordedIsNotRememberedAsOneThatWas() throws IOException {
        try (Engine engine = open("")) {
            session(engine, "admin").query("ALTER USER admin PASSWORD '" + SECRET + "'");
        }
        fillTheDisk();
        try (Engine engine = open("")) {
            for (int i = 0; i < 3; i++) {
                fails(
                        ErrorCode.AUDIT,
                        () -> engine.security().authenticate("admin", new Secret(SECRET), Origin.PROCESS));
            }
            emptyTheDisk();
            assertInstanceOf(
                    AuthenticationResult.Authenticated.class,
                    engine.security().authenticate("admin", new Secret(SECRET), Origin.PROCESS));
        }
        assertTrue(Files.readString(folder.resolve("real")).contains("\"event\":\"login\",\"user\":\"admin\""));
    }

    @Test
    void workGoesOnUnrecordedWhereThatIsWanted() throws IOException {
        fillTheDisk();
        try (Engine engine = open(", when-unwritable: continue")) {
            assertEquals(1, rows(session(engine, "admin").query(COUNT)).size());
            assertEquals(COUNT, last(engine).facts().text().orElseThrow());
        }
    }

    @Test
    void anEngineThatCouldNotRecordItsBootstrapDoesNotOpen() throws IOException {
        fillTheDisk();
        fails(ErrorCode.CONFIGURATION, () -> open("").close());
        emptyTheDisk();
        open("").close();
    }

    @Test
    void theBootstrapIsRecorded() throws IOException {
        try (Engine engine = open("")) {
            AuditEvent first = last(engine);
            assertEquals(
                    Name.of("bootstrap script"),
                    ((StatementEnded) first).facts().caller());
        }
    }

    private void fillTheDisk() throws IOException {
        Files.deleteIfExists(file);
        Files.createSymbolicLink(file, Path.of("/dev/full"));
    }

    private void emptyTheDisk() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, Files.createFile(folder.resolve("real")));
    }
}
