package io.icespar.security.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.icespar.security.audit.AuditEvent.Ending;
import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Kind;
import io.icespar.security.audit.AuditEvent.Login;
import io.icespar.security.audit.AuditEvent.Outcome;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the audit: one line an event, whatever the event holds, and no line that is lost in silence. */
class RollingAuditLogTest {
    private static final Instant TIME = Instant.parse("2026-01-31T10:11:12.345678Z");

    private final Path folder;

    RollingAuditLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path file() {
        return folder.resolve("new").resolve("audit.jsonl");
    }

    private static Login login(String user) {
        return new Login(TIME, user, Optional.of("192.0.2.1"), Outcome.success(Ending.COMPLETED));
    }

    private static StatementEnded query(String sql) {
        Facts facts = new Facts(
                "a-1",
                Kind.QUERY,
                Name.of("bob"),
                Optional.of(Name.of("admin")),
                Optional.of(sql),
                List.of(TableName.of("retail", "Sales")),
                Optional.of(7L),
                List.of(Name.of("france"), Name.of("big")),
                List.of(Name.of("no_city")));
        return new StatementEnded(TIME, facts, 3, Duration.ofMillis(2), Outcome.failure("57014"));
    }

    private List<String> written(AuditFile file, AuditEvent... events) throws IOException {
        try (AuditLog log = new RollingAuditLog(file)) {
            for (AuditEvent event : events) {
                log.write(event);
            }
        }
        return Files.readAllLines(file.path(), StandardCharsets.US_ASCII);
    }

    /** The text of a field, read by a parser that does not know how it was written. */
    private static String field(String line, String name) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            Optional<String> value = Optional.empty();
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(name)) {
                    parser.nextToken();
                    value = Optional.of(parser.getText());
                }
            }
            return value.orElseThrow();
        }
    }

    @Test
    void anEventIsALineOfJson() throws IOException {
        assertEquals(
                List.of(
                        "{\"time\":\"2026-01-31T10:11:12.345678Z\",\"event\":\"login\",\"user\":\"bob\","
                                + "\"address\":\"192.0.2.1\",\"outcome\":\"completed\",\"sqlState\":\"00000\"}",
                        "{\"time\":\"2026-01-31T10:11:12.345678Z\",\"event\":\"query\",\"phase\":\"end\",\"id\":\"a-1\","
                                + "\"caller\":\"bob\",\"administrator\":\"admin\",\"sql\":\"SELECT 1\","
                                + "\"tables\":[\"retail.Sales\"],\"epoch\":7,\"restrictions\":[\"france\",\"big\"],\"masks\":[\"no_city\"],"
                                + "\"rows\":3,\"microseconds\":2000,\"outcome\":\"failed\",\"sqlState\":\"57014\"}"),
                written(AuditFile.of(file()), login("bob"), query("SELECT 1")));
    }

    @Test
    void noTextMakesASecondLineOrReachesATerminal() throws IOException {
        String hostile =
                "x\n{\"event\":\"login\",\"user\":\"admin\"}\r\n\u2028\u0085\u001b[2J\u0000\u007f\u202eé😀\ud83d\"\\";
        for (AuditEvent event : List.of(login(hostile), query(hostile))) {
            Files.deleteIfExists(file());
            List<String> lines = written(AuditFile.of(file()), event);
            assertEquals(1, lines.size());
            assertTrue(lines.get(0).chars().allMatch(c -> ' ' <= c && c <= '~'), lines.get(0));
            assertEquals(hostile, field(lines.get(0), event instanceof Login ? "user" : "sql"));
        }
    }

    @Test
    void ofALongTextTheStartIsWrittenAndItsLength() throws IOException {
        AuditFile small = new AuditFile(file(), 100, 90, 1_000, 10, false);
        String line =
                written(small, query("SELECT 12😀" + "x".repeat(1_000_000))).get(0);
        assertEquals("SELECT 12", field(line, "sql"));
        assertEquals("1000011", field(line, "sqlLength"));
    }

    @Test
    void anotherRunGoesOnWithTheFileAlsoAfterALineThatWasCutShort() throws IOException {
        written(AuditFile.of(file()), login("ann"));
        Files.writeString(file(), "{\"time\":", StandardOpenOption.APPEND);
        List<String> lines = written(AuditFile.of(file()), login("bob"));
        assertEquals(3, lines.size());
        assertEquals("ann", field(lines.get(0), "user"));
        assertEquals("bob", field(lines.get(2), "user"));
    }

    @Test
    void onlyTheServersAccountMayReadIt() throws IOException {
        written(AuditFile.of(file()), login("ann"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
    }

    @Test
    void aFileThatIsFullIsBegunAnewAndTheOldOneIsKept() throws IOException {
        AuditFile small = new AuditFile(file(), 1, 90, 1_000, 100_000, false);
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(query("x".repeat(50_000)));
        }
        written(small, events.toArray(AuditEvent[]::new));
        try (Stream<Path> files = Files.list(file().getParent())) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).sorted().toList();
            assertEquals(2, names.size(), names.toString());
            assertTrue(names.get(0).matches("audit\\.\\d{4}-\\d\\d-\\d\\d\\.0\\.jsonl\\.gz"), names.toString());
        }
    }

    @Test
    void aLineThatTheDiskDidNotTakeIsAnErrorAndTheNextIsTriedAgain() throws IOException {
        Path link = folder.resolve("audit.jsonl");
        Files.createSymbolicLink(link, Path.of("/dev/full"));
        try (AuditLog log = new RollingAuditLog(AuditFile.of(link))) {
            for (int i = 0; i < 3; i++) {
                assertThrows(IOException.class, () -> log.write(login("lost")));
            }
            Path real = Files.createFile(folder.resolve("real.jsonl"));
            Files.delete(link);
            Files.createSymbolicLink(link, real);
            log.write(login("kept"));
            log.write(login("kept"));
            assertEquals(2, Files.readAllLines(real).size());
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsToldAtOnce() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("audit.jsonl");
        IcesparException e = assertThrows(IcesparException.class, () -> new RollingAuditLog(AuditFile.of(noFolder)));
        assertEquals(ErrorCode.CONFIGURATION, e.code());
        assertTrue(e.getMessage().contains("`" + noFolder + "`"), e.getMessage());
    }

    @Test
    void synchronisedLinesAreWrittenAsOthersAre() throws IOException {
        assertEquals(
                2,
                written(new AuditFile(file(), 1, 1, 1, 10, true), login("a"), login("b"))
                        .size());
    }
}
