package io.icespar.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.SettingsFile;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Secret;
import io.icespar.server.config.OidcSettings.Sessions;
import io.icespar.server.config.OidcSettings.TokenFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of the provider, and each mistake in it. */
class OidcSettingsTest {
    private static final String ISSUER = "issuer: https://login.example.com/realm\n";
    private static final String CLIENT = "client-id: icespar\n";

    private final Path folder;

    OidcSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private OidcSettings read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("oidc.yaml"), yaml);
        return SettingsFile.read(file, root -> OidcSettings.from(root, environment));
    }

    @Test
    void whatIsNotSaidIsDefault() throws IOException {
        assertEquals(
                new OidcSettings(
                        URI.create("https://login.example.com/realm"),
                        "icespar",
                        Optional.empty(),
                        "icespar",
                        List.of("openid"),
                        "sub",
                        List.of(),
                        TokenFormat.JWT,
                        Set.of("icespar"),
                        Set.of("icespar"),
                        Set.of("RS256", "ES256"),
                        new Sessions(Duration.ofMinutes(30), Duration.ofHours(8))),
                read(ISSUER + CLIENT, Map.of()));
    }

    @Test
    void allIsRead() throws IOException {
        assertEquals(
                new OidcSettings(
                        URI.create("http://127.0.0.1:8080/realm"),
                        "icespar",
                        Optional.of(new Secret("s3cret")),
                        "driver",
                        List.of("openid", "roles"),
                        "preferred_username",
                        List.of(List.of("roles"), List.of("resource_access", "icespar", "a.b")),
                        TokenFormat.OPAQUE,
                        Set.of("one", "two"),
                        Set.of("three"),
                        Set.of("PS512"),
                        new Sessions(Duration.ofMinutes(5), Duration.ofMinutes(60))),
                read("""
                        issuer: http://127.0.0.1:8080/realm
                        client-id: icespar
                        client-secret: s3cret
                        driver-client-id: driver
                        scopes: [openid, roles]
                        name-claim: preferred_username
                        roles-claims: [roles, [resource_access, icespar, a.b]]
                        access-token-format: opaque
                        audiences: [one, two]
                        authorized-parties: three
                        algorithms: [PS512]
                        sessions: {idle-minutes: 5, max-minutes: 60}
                        """, Map.of()));
    }

    @Test
    void theDriversClientIsAnAuthorizedParty() throws IOException {
        assertEquals(
                Set.of("icespar", "driver"),
                read(ISSUER + CLIENT + "driver-client-id: driver\n", Map.of()).authorizedParties());
    }

    @Test
    void theSecretMayComeFromAFileOrTheEnvironment() throws IOException {
        Files.writeString(folder.resolve("secret"), "from file\n");
        Map<String, String> environment = Map.of("ICESPAR_OIDC_CLIENT_SECRET", "from environment");
        assertEquals(
                Optional.of(new Secret("from file")),
                read(ISSUER + CLIENT + "client-secret-file: secret\n", environment)
                        .clientSecret());
        assertEquals(
                Optional.of(new Secret("from environment")),
                read(ISSUER + CLIENT, environment).clientSecret());
        assertFalse(read(ISSUER + CLIENT, environment).toString().contains("from environment"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "issuer: x | 1:9: `issuer` is `x`, expected the provider's address",
                "issuer: 'https://a.example/?x=1' | 1:9: `issuer` is `https://a.example/?x=1`, expected the",
                "issuer: 'https://me:pw@a.example/' | expected the provider's address",
                "issuer: 'http://192.0.2.1/realm' | 1:9: `issuer` is `http://192.0.2.1/realm`, and without TLS",
                "client-id: ' ' | `client-id` is",
                "scopes: [profile] | 1:9: `scopes` lacks `openid`",
                "scopes: 'openid profile' | 1:9: scope `openid profile` is no word",
                "algorithms: [none] | 1:14: algorithm `none` cannot be accepted, expected some of RS256",
                "algorithms: [HS256] | 1:14: algorithm `HS256` cannot be accepted",
                "access-token-format: jwe | 1:22: `access-token-format` is `jwe`, expected `jwt` or `opaque`",
                "sessions: {idle-minutes: 0} | 1:26: `idle-minutes` is `0`, expected a whole number from 1 to",
                "audiences: [''] | an item of `audiences` is empty",
                "authorized-parties: {a: b} | `authorized-parties` is a section",
                "roles-claims: [[]] | an item of `roles-claims` is an empty list",
                "roles-claims: [[a, {b: c}]] | an item of `roles-claims` is a section, expected text",
                "roles-claims: roles | `roles-claims` is `roles`, expected a list",
                "client-secret-file: none | `client-secret-file` is",
                "client-sceret: x | unknown key `client-sceret`, did you mean `client-secret`?"
            })
    void aMistakeIsToldWithItsPlace(String line, String expected) {
        String key = line.substring(0, line.indexOf(':'));
        String yaml = line + "\n" + (key.equals("issuer") ? "" : ISSUER) + (key.equals("client-id") ? "" : CLIENT);
        IcesparException problem = assertThrows(IcesparException.class, () -> read(yaml, Map.of()));
        assertTrue(problem.getMessage().contains(expected), problem.getMessage());
        assertEquals(1, problem.getMessage().lines().count(), problem.getMessage());
    }

    @Test
    void aSecretIsSaidOnce() throws IOException {
        Files.writeString(folder.resolve("secret"), "x");
        IcesparException problem = assertThrows(
                IcesparException.class,
                () -> read(ISSUER + CLIENT + "client-secret: y\nclient-secret-file: secret\n", Map.of()));
        assertTrue(problem.getMessage().contains("there are both"), problem.getMessage());
        Files.writeString(folder.resolve("secret"), "\n");
        IcesparException empty = assertThrows(
                IcesparException.class, () -> read(ISSUER + CLIENT + "client-secret-file: secret\n", Map.of()));
        assertTrue(empty.getMessage().contains("is an empty file"), empty.getMessage());
    }

    @Test
    void anEngineWithoutAServerLeavesItAlone() throws IOException {
        Files.createDirectories(folder.resolve("catalog"));
        Path file = Files.writeString(folder.resolve("icespar.yaml"), """
                catalog: catalog
                data: data
                server: {url: 'https://icespar.example.com/'}
                security:
                  oidc: {issuer: 'https://login.example.com', client-id: icespar}
                """);
        EngineSettings.read(file);
        assertEquals("icespar", Settings.read(file).oidc().orElseThrow().clientId());
        assertEquals(
                Optional.of(URI.create("https://icespar.example.com/")),
                Settings.read(file).server().url());
    }
}
