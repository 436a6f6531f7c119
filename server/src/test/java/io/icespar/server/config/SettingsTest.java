package io.icespar.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final Path folder;

    SettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsNotSaidIsDefault() throws IOException {
        assertEquals(new ServerSettings("127.0.0.1", 8765, Optional.empty(), Optional.empty()), read("").server());
    }

    @Test
    void allIsRead() throws IOException {
        Path welcome = Files.createFile(folder.resolve("welcome.txt"));
        assertEquals(
                new ServerSettings("0.0.0.0", 9000, Optional.empty(), Optional.of(welcome)),
                read("""
                        server:
                          host: 0.0.0.0
                          port: 9000
                          allow-plain-http: true
                          welcome: welcome.txt
                        """).server());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "'::1'"})
    void plainHttpIsAllowedOnThisMachine(String host) throws IOException {
        read("server: {host: " + host + "}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "'::'", "192.0.2.1"})
    void plainHttpIsRefusedWhereOthersCanListen(String host) {
        String text = problem("server: {host: " + host + "}\n");
        assertTrue(text.contains("icespar.yaml:1:16: `host` is `" + host.replace("'", "") + "`"), text);
        assertTrue(text.contains("`allow-plain-http: true`"), text);
    }

    @Test
    void plainHttpIsAllowedAnywhereWhenSaidSo() throws IOException {
        assertEquals(
                "0.0.0.0",
                read("server: {host: 0.0.0.0, allow-plain-http: true}\n")
                        .server()
                        .host());
    }

    @Test
    void anUnknownKeyIsTold() {
        String text = problem("server: {prot: 1}\n");
        assertTrue(text.contains("icespar.yaml:1:10: unknown key `prot`, did you mean `port`?"), text);
    }

    @Test
    void theCommandLineReplacesPortAndData() throws IOException {
        Settings settings = read("").withPort(1).withData(Path.of("elsewhere"));
        assertEquals(1, settings.server().port());
        assertEquals(Path.of("elsewhere"), settings.engine().data());
    }

    private Settings read(String server) throws IOException {
        Files.createDirectories(folder.resolve("catalog"));
        return Settings.read(
                Files.writeString(folder.resolve("icespar.yaml"), server + "catalog: catalog\ndata: data\n"));
    }

    private String problem(String server) {
        IcesparException problem = assertThrows(IcesparException.class, () -> read(server));
        assertEquals(ErrorCode.CONFIGURATION, problem.code());
        return problem.getMessage();
    }
}
