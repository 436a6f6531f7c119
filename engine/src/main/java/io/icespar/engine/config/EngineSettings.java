package io.icespar.engine.config;

import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.identity.Name;
import io.icespar.security.privilege.DefaultAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is opened with.
 *
 * <p>In the file: {@code catalog}, {@code data}, {@code database}, {@code security.store},
 * {@code security.bootstrap}, {@code security.login}, {@code security.authorities},
 * {@code security.default-access} and {@code audit}.
 *
 * @param catalog the folder with one YAML file a schema
 * @param data the folder that Icespar writes to; made if it is not there
 * @param database where the tables are kept; {@code memory} by default
 * @param securityStore where users, roles and restrictions are kept; in a file by default
 * @param bootstrap the script of commands that runs when the security store is empty
 * @param login how many logins may fail
 * @param audit what is recorded, and where
 * @param authorities roles in the order of their authority, the lowest first; none by default, see {@link
 *     io.icespar.security.identity.ListedAuthorities}
 * @param defaultAccess what everyone may read of which nothing was ever granted or revoked; {@code open} by default
 */
public record EngineSettings(
        Path catalog,
        Path data,
        Storage database,
        StoreSettings securityStore,
        Optional<Path> bootstrap,
        LoginLimits login,
        AuditSettings audit,
        List<Name> authorities,
        DefaultAccess defaultAccess) {

    /** Checks and copies. */
    public EngineSettings {
        authorities = List.copyOf(authorities);
    }

    /** Where something is kept. */
    public enum Storage {
        /** In memory, until the engine is closed. */
        MEMORY,
        /** In a file in the data folder. */
        FILE
    }

    /** Settings with open access. */
    public EngineSettings(
            Path catalog,
            Path data,
            Storage database,
            StoreSettings securityStore,
            Optional<Path> bootstrap,
            LoginLimits login,
            AuditSettings audit,
            List<Name> authorities) {
        this(catalog, data, database, securityStore, bootstrap, login, audit, authorities, DefaultAccess.OPEN);
    }

    /**
     * Reads the engine's settings; {@code server} and {@code security.oidc} are left to the server, which reads them from
     * the same file.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} with all problems of the file
     */
    public static EngineSettings read(Path file) {
        return SettingsFile.read(file, root -> {
            root.leave("server");
            return from(root);
        });
    }

    /** Reads the engine's settings from the outermost section of a file, for those who read more of it. */
    public static EngineSettings from(Section root) {
        Path catalog = root.folder("catalog");
        Path data = root.path("data");
        Storage database = root.choice("database", Storage.MEMORY);
        Section security = root.section("security");
        security.leave("oidc");
        StoreSettings store = StoreSettings.from(security, System.getenv());
        Optional<Path> bootstrap = security.findFile("bootstrap");
        return new EngineSettings(
                catalog,
                data,
                database,
                store,
                bootstrap,
                LoginSettings.from(security.section("login")),
                AuditSettings.from(root.section("audit")),
                authorities(security),
                security.choice("default-access", DefaultAccess.OPEN));
    }

    private static List<Name> authorities(Section security) {
        List<Name> roles = new ArrayList<>();
        for (Text role : security.texts("authorities")) {
            Name name = Name.of(role.value());
            if (roles.contains(name)) {
                security.problem(role.at(), "role `" + name + "` is listed twice");
            }
            roles.add(name);
        }
        return roles;
    }

    /** The same with another data folder. */
    public EngineSettings withData(Path folder) {
        return new EngineSettings(
                catalog, folder, database, securityStore, bootstrap, login, audit, authorities, defaultAccess);
    }
}
