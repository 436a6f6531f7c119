package io.icespar.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.security.error.IcesparException;
import io.icespar.security.privilege.DefaultAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineSettingsTest {
    private final Path folder;

    EngineSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path write(String text) throws IOException {
        Files.createDirectories(folder.resolve("catalog"));
        return Files.writeString(folder.resolve("icespar.yaml"), text);
    }

    @Test
    void allKeysAreRead() throws IOException {
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.sql"), "");
        assertEquals(
                new EngineSettings(
                        folder.resolve("catalog"),
                        folder.resolve("../data"),
                        Storage.FILE,
                        Storage.MEMORY,
                        Optional.of(bootstrap),
                        DefaultAccess.CLOSED),
                EngineSettings.read(write("""
                                server: {host: 127.0.0.1, anything: [1]}
                                catalog: catalog
                                data: ../data
                                database: file
                                security: {store: memory, bootstrap: bootstrap.sql, default-access: closed}
                                """)));
    }

    @Test
    void whatIsNotSaidIsDefault() throws IOException {
        assertEquals(
                new EngineSettings(
                        folder.resolve("catalog"),
                        folder.resolve("data"),
                        Storage.MEMORY,
                        Storage.FILE,
                        Optional.empty(),
                        DefaultAccess.OPEN),
                EngineSettings.read(write("catalog: catalog\ndata: data\n")));
    }

    @Test
    void theDataFolderCanBeReplaced() throws IOException {
        EngineSettings settings = EngineSettings.read(write("catalog: catalog\ndata: data\n"));
        Path other = folder.resolve("other");
        assertEquals(other, settings.withData(other).data());
        assertEquals(settings, settings.withData(other).withData(settings.data()));
    }

    @Test
    void everyMistakeHasItsPlace() throws IOException {
        Path file = write("""
                catalog: catalogue
                databse: file
                security: {store: disk, bootstrap: none.sql, default-access: ajar}
                """);
        var e = assertThrows(IcesparException.class, () -> EngineSettings.read(file));
        assertEquals("""
                icespar.yaml:1:1: key `data` is missing, expected a path
                icespar.yaml:1:10: `catalog` is `catalogue`, but there is no such folder
                icespar.yaml:2:1: unknown key `databse`, did you mean `database`?
                icespar.yaml:3:19: `store` is `disk`, expected `memory` or `file`
                icespar.yaml:3:36: `bootstrap` is `none.sql`, but there is no such file
                icespar.yaml:3:62: `default-access` is `ajar`, expected `open` or `closed`""", e.getMessage().replace(folder + "/", ""));
    }
}
