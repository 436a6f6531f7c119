package io.icespar.engine.quidem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs each script of the folder on a fresh engine over the sample; {@code !use french-user} connects as that user. A
 * script is right if its output is the script itself: what differs is left in {@code target/quidem} to be looked at.
 */
@Tag("scripts")
class ScriptTest {
    private static final Path CONFIGURATION = Path.of("..", "conf", "icespar.yaml");

    static List<Path> scripts() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(ScriptTest.class.getResource("totals.iq"))
                .toURI());
        try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
            return files.filter(file -> file.toString().endsWith(".iq"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void theOutputOfTheScriptIsTheScript(Path script, @TempDir Path data) throws IOException {
        String expected = Files.readString(script);
        var actual = new StringWriter();
        try (Engine engine = Engine.open(EngineSettings.read(CONFIGURATION).withData(data))) {
            new Quidem(Quidem.configBuilder()
                            .withReader(new StringReader(expected))
                            .withWriter(actual)
                            .withConnectionFactory(new Users(engine))
                            .build())
                    .execute();
        }
        Path kept = Path.of("target", "quidem", script.getFileName().toString());
        Files.createDirectories(Objects.requireNonNull(kept.getParent()));
        Files.writeString(kept, actual.toString());
        assertEquals(expected, actual.toString());
    }

    /** A connection for each user, by name. */
    private record Users(Engine engine) implements Quidem.ConnectionFactory {
        @Override
        public Connection connect(String name, boolean reference) throws Exception {
            return EmbeddedConnections.connect(engine, Name.of(name));
        }
    }
}
