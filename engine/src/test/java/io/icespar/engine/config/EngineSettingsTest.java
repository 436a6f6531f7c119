package io.icespar.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.security.audit.AuditFile;
import io.icespar.security.audit.WhenUnwritable;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.privilege.DefaultAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                        new StoreSettings.Memory(),
                        Optional.of(bootstrap),
                        LoginLimits.DEFAULT,
                        AuditSettings.DEFAULT,
                        List.of(Name.of("ROLE_TRADER"), Name.of("ROLE_HEAD")),
                        DefaultAccess.CLOSED),
                EngineSettings.read(write("""
                                server: {host: 127.0.0.1, anything: [1]}
                                catalog: catalog
                                data: ../data
                                database: file
                                security: {store: memory, bootstrap: bootstrap.sql, authorities: [ROLE_TRADER, ROLE_HEAD], default-access: closed}
                                """)));
    }

    @Test
    void whatIsNotSaidIsDefault() throws IOException {
        assertEquals(
                new EngineSettings(
                        folder.resolve("catalog"),
                        folder.resolve("data"),
                        Storage.MEMORY,
                        new StoreSettings.File(),
                        Optional.empty(),
                        LoginLimits.DEFAULT,
                        AuditSettings.DEFAULT,
                        List.of(),
                        DefaultAccess.OPEN),
                EngineSettings.read(write("catalog: catalog\ndata: data\n")));
    }

    @Test
    void limitsOfLoginsAndTheAuditsKeysAreRead() throws IOException {
        EngineSettings settings = EngineSettings.read(write("""
                catalog: catalog
                data: data
                security: {login: {failures-per-user: 3, failures-per-address: 0, window-seconds: 60}}
                audit:
                  file: ../audit.jsonl
                  when-unwritable: continue
                  max-file-megabytes: 1
                  max-total-megabytes: 2
                  days: 3
                  max-statement-characters: 4
                  sync: true
                  remembered: 5
                """));
        assertEquals(new LoginLimits(3, 0, Duration.ofMinutes(1)), settings.login());
        assertEquals(
                new AuditFile(folder.resolve("../audit.jsonl"), 1, 3, 2, 4, true),
                settings.audit().file(settings.data()));
        assertEquals(WhenUnwritable.CONTINUE, settings.audit().whenUnwritable());
        assertEquals(5, settings.audit().remembered());
        assertEquals(
                folder.resolve("data/audit/audit.jsonl"),
                AuditSettings.DEFAULT.file(settings.data()).path());
    }

    private static StoreSettings store(Path file, Map<String, String> environment) {
        return SettingsFile.read(file, root -> {
            root.leaveOthers();
            return StoreSettings.from(root.section("security"), environment);
        });
    }

    @Test
    void aStoreInADatabaseHasItsUserFromTheFileOrTheEnvironment() throws IOException {
        Map<String, String> environment =
                Map.of("ICESPAR_STORE_USER", "someone", "ICESPAR_STORE_PASSWORD", "something");
        String url = "jdbc:postgresql://db:5432/security";
        Path file = write("security: {store: '" + url + "'}");
        assertEquals(
                new StoreSettings.PostgreSql(
                        url, Optional.of("someone"), Optional.of(new Secret("something")), Duration.ofSeconds(10)),
                store(file, environment));
        write("security: {store: '" + url + "', store-user: u, store-password: p, store-max-age-seconds: 5}");
        assertEquals(
                new StoreSettings.PostgreSql(
                        url, Optional.of("u"), Optional.of(new Secret("p")), Duration.ofSeconds(5)),
                store(file, environment));
    }

    @Test
    void aStoreThatIsNoneOrTellsItsPasswordIsAMistake() throws IOException {
        for (String store : List.of(
                "'jdbc:postgresql://db/security?user=u&password=p'", "'jdbc:mysql://db/x'", "memory, store-user: u")) {
            Path file = write("security: {store: " + store + "}");
            assertThrows(IcesparException.class, () -> store(file, Map.of()), store);
        }
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
                security: {store: disk, bootstrap: none.sql, authorities: [a, b, A], default-access: ajar}
                """);
        var e = assertThrows(IcesparException.class, () -> EngineSettings.read(file));
        assertEquals("""
                icespar.yaml:1:1: key `data` is missing, expected a path
                icespar.yaml:1:10: `catalog` is `catalogue`, but there is no such folder
                icespar.yaml:2:1: unknown key `databse`, did you mean `database`?
                icespar.yaml:3:19: `store` is `disk`, expected `memory` or `file` or `jdbc:postgresql://host:port/database`
                icespar.yaml:3:36: `bootstrap` is `none.sql`, but there is no such file
                icespar.yaml:3:66: role `A` is listed twice
                icespar.yaml:3:86: `default-access` is `ajar`, expected `open` or `closed`""", e.getMessage().replace(folder + "/", ""));
    }
}
