package io.icespar.server.config;

import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.SettingsFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that the configuration file says.
 *
 * @param server the section {@code server}
 * @param oidc the section {@code security.oidc}; empty if users log in by password only
 * @param engine the rest
 */
public record Settings(ServerSettings server, Optional<OidcSettings> oidc, EngineSettings engine) {

    /**
     * Reads a configuration file.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} with all problems of the file
     */
    public static Settings read(Path file) {
        return SettingsFile.read(
                file,
                root -> new Settings(
                        ServerSettings.from(root.section("server"), System.getenv()),
                        root.section("security")
                                .findSection("oidc")
                                .map(oidc -> OidcSettings.from(oidc, System.getenv())),
                        EngineSettings.from(root)));
    }

    /** The same with another port. */
    public Settings withPort(int port) {
        return new Settings(server.withPort(port), oidc, engine);
    }

    /** The same with another data folder. */
    public Settings withData(Path folder) {
        return new Settings(server, oidc, engine.withData(folder));
    }
}
