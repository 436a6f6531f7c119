package io.icespar.engine.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.engine.oracle.SampleLibrary;
import io.icespar.engine.oracle.Samples;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.hydromatic.quidem.AbstractCommand;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the {@code .iq} scripts beside this class over embedded JDBC, on the sample of {@code conf}.
 *
 * <p>{@code !use french-user} goes on as that user, {@code !use ann@provider:france,staff} as a user of an identity provider
 * with those roles there. A query is followed by its rows and {@code !ok}, a command by
 * {@code !done}, what is refused by its SQLSTATE and text and {@code !refused}, and an {@code EXPLAIN} by the plan and
 * {@code !explained}. A script that gives something else is
 * written as it should be to {@code target/scripts}: who accepts that copies it here, and someone reads the difference.
 */
@ExtendWith(Samples.class)
class ScriptTest {
    private static final String PROVIDER = "@provider:";
    private static final Path ACTUAL = Path.of("target", "scripts");

    static Stream<Path> scripts() throws IOException, URISyntaxException {
        URL totals = Objects.requireNonNull(ScriptTest.class.getResource("totals.iq"));
        Path folder = Objects.requireNonNull(Path.of(totals.toURI()).getParent());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".iq")).sorted().toList().stream();
        }
    }

    @Test
    void thereAreScripts() throws Exception {
        assertTrue(scripts().count() >= 7);
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("scripts")
    void theScriptTellsTheTruth(Path script, SampleLibrary samples) throws IOException {
        String expected = Files.readString(script);
        StringWriter actual = new StringWriter();
        new Quidem(Quidem.configBuilder()
                        .withReader(new StringReader(expected))
                        .withWriter(actual)
                        .withConnectionFactory((user, reference) -> reference ? null : connect(samples, user))
                        .withCommandHandler((lines, content, line) -> switch (line) {
                            case "done" -> new Execution(lines, false);
                            case "refused" -> new Execution(lines, true);
                            case "explained" -> new Plan(lines);
                            default -> null;
                        })
                        .build())
                .execute();
        String text = actual.toString().replace(System.lineSeparator(), "\n");
        if (samples.isRestricting() && !text.equals(expected)) {
            Files.createDirectories(ACTUAL);
            Files.writeString(ACTUAL.resolve(Objects.requireNonNull(script.getFileName())), text);
        }
        assertEquals(expected, text);
    }

    private static Connection connect(SampleLibrary samples, String user) throws SQLException {
        int at = user.indexOf(PROVIDER);
        if (at < 0) {
            return EmbeddedConnections.connect(samples.conf().engine(), Name.of(user));
        }
        Set<String> roles = Set.of(user.substring(at + PROVIDER.length()).split(",", -1));
        Assertion assertion = new Assertion("https://provider.example", roles, Map.of(), Instant.MAX);
        return EmbeddedConnections.connect(
                samples.conf().engine(), Identity.asserted(Name.of(user.substring(0, at)), assertion));
    }

    /** {@code !done} and {@code !refused}: executes a statement and prints its error, if there is one. */
    private static final class Execution extends AbstractCommand {
        private final List<String> lines;
        private final boolean errorExpected;

        Execution(List<String> lines, boolean errorExpected) {
            this.lines = List.copyOf(lines);
            this.errorExpected = errorExpected;
        }

        @Override
        public void execute(Context x, boolean execute) {
            try (Statement statement = x.connection().createStatement()) {
                statement.execute(x.previousSqlCommand().sql);
                if (errorExpected) {
                    x.writer().println("nothing was refused");
                }
            } catch (SQLException e) {
                x.writer().println(e.getSQLState() + ": " + e.getMessage());
            }
            x.echo(lines.subList(lines.size() - 1, lines.size()));
        }
    }

    /** {@code !explained}: prints the lines of a plan in their order. */
    private static final class Plan extends AbstractCommand {
        private final List<String> lines;

        Plan(List<String> lines) {
            this.lines = List.copyOf(lines);
        }

        @Override
        public void execute(Context x, boolean execute) throws SQLException {
            try (Statement statement = x.connection().createStatement();
                    ResultSet plan = statement.executeQuery(x.previousSqlCommand().sql)) {
                while (plan.next()) {
                    x.writer().println(plan.getString(1));
                }
            }
            x.echo(lines.subList(lines.size() - 1, lines.size()));
        }
    }
}
