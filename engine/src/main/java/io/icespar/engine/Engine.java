package io.icespar.engine;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.CatalogDefinition;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.Problems;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.duckdb.DuckDbStore;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.engine.plan.QueryPlanner;
import io.icespar.engine.run.QueryRunner;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.Securing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.Bootstrap;
import io.icespar.security.Security;
import io.icespar.security.audit.Audit;
import io.icespar.security.audit.RollingAuditLog;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.cube.Cube;
import io.icespar.security.entitlement.Entitlements;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.plugin.Plugins;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.H2SecurityStore;
import io.icespar.security.store.PostgreSqlSecurityStore;
import io.icespar.security.store.SecurityStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** An open engine: tables, security state and backend. Safe for use by several threads. */
public final class Engine implements AutoCloseable {
    private final Catalog catalog;
    private final Backend backend;
    private final Security security;
    private final SqlFrontend frontend;
    private final DefaultAccess defaultAccess;
    private final Securing securing;
    private final QueryPlanner planner;
    private final QueryRunner runner;
    private final PlanCache plans;

    private Engine(
            Catalog catalog, Backend backend, Security security, DefaultAccess defaultAccess, Securing securing) {
        this.catalog = catalog;
        this.backend = backend;
        this.security = security;
        this.frontend = new SqlFrontend(catalog);
        this.defaultAccess = defaultAccess;
        this.securing = securing;
        this.plans = new PlanCache(securing);
        this.planner = new QueryPlanner(DuckDbDialect.INSTANCE);
        this.runner = new QueryRunner(backend, Clock.system(ZoneId.systemDefault()));
    }

    /**
     * Opens an engine: opens the security store, loads the tables, and runs the bootstrap script if the store is empty.
     *
     * @throws IcesparException {@code CONFIGURATION} or {@code STORE}, with nothing left open
     */
    public static Engine open(EngineSettings settings) {
        return open(settings, new LoadListener() {});
    }

    /**
     * As {@link #open(EngineSettings)}, with what an application adds to the security.
     *
     * @throws IcesparException {@code CONFIGURATION} also if a plug-in fails, or says what does not fit to the tables or
     *     to the security store
     */
    public static Engine open(EngineSettings settings, Plugins plugins) {
        return open(settings, plugins, new LoadListener() {});
    }

    /** As {@link #open(EngineSettings)}, telling {@code listener} how the loading of tables goes on. */
    public static Engine open(EngineSettings settings, LoadListener listener) {
        return open(settings, Plugins.none(), listener);
    }

    /** As {@link #open(EngineSettings, Plugins)}, telling {@code listener} how the loading of tables goes on. */
    public static Engine open(EngineSettings settings, Plugins plugins, LoadListener listener) {
        AuthorityComparator authorities = plugins.authorities(settings.authorities());
        return open(settings, plugins, listener, (catalog, access) -> new Restrictor(catalog, access, authorities));
    }

    /** For tests that show what would happen without the restricting stage; the product has one. */
    static Engine open(
            EngineSettings settings,
            Plugins plugins,
            LoadListener listener,
            BiFunction<Catalog, DefaultAccess, Securing> securing) {
        CatalogDefinition definition = CatalogDefinition.read(settings.catalog());
        List<Entitlements> entitlements = plugins.entitlements();
        Security security = openSecurity(settings, plugins);
        try {
            DuckDbStore tables = DuckDbStore.open(settings, definition, listener);
            Engine engine = new Engine(
                    tables.catalog(),
                    tables.backend(),
                    security,
                    settings.defaultAccess(),
                    securing.apply(tables.catalog(), settings.defaultAccess()));
            try {
                // Once before the script, which may speak of them, and once with the context values that it creates.
                engine.declare(definition, true);
                engine.bootstrap(settings.bootstrap());
                engine.declare(definition, false);
                if (!entitlements.isEmpty()) {
                    security.provide(new EntitlementReader(
                                    engine.frontend, security.state().cubes())
                            .read(entitlements));
                }
                return engine;
            } catch (RuntimeException | Error e) {
                engine.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            security.close();
            throw e;
        }
    }

    private static Security openSecurity(EngineSettings settings, Plugins plugins) {
        ContextValueManager contextValues =
                new ContextValueManager(plugins.authorities(settings.authorities()), plugins.facade());
        SecurityStore store = openStore(settings);
        try {
            AuditSettings audit = settings.audit();
            return Security.open(
                    store,
                    new Audit(
                            new RollingAuditLog(audit.file(settings.data())),
                            audit.whenUnwritable(),
                            audit.remembered(),
                            Clock.systemUTC()),
                    settings.login(),
                    contextValues);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    private static SecurityStore openStore(EngineSettings settings) {
        StoreSettings store = settings.securityStore();
        if (store instanceof StoreSettings.PostgreSql database) {
            return PostgreSqlSecurityStore.open(
                    database.url(), database.user(), database.password(), database.maxAge());
        }
        return store instanceof StoreSettings.File
                ? H2SecurityStore.inFolder(settings.data())
                : H2SecurityStore.inMemory();
    }

    private void declare(CatalogDefinition definition, boolean mayLack) {
        if (!definition.cubes().isEmpty()) {
            Problems problems = new Problems();
            List<Cube> cubes =
                    frontend.declared(definition.cubes(), security.state().context(), problems, mayLack);
            problems.throwIfAny();
            security.declare(cubes);
        }
    }

    private void bootstrap(Optional<Path> script) {
        if (!security.state().isEmpty()) {
            return;
        }
        Path file = script.orElseThrow(() -> new IcesparException(
                ErrorCode.CONFIGURATION,
                "the security store is empty and no script fills it: nobody could log in; set `security.bootstrap`"));
        Bootstrap bootstrap = security.bootstrap();
        try {
            List<Name> schemas = catalog.schemas();
            Optional<Name> schema = schemas.size() == 1 ? Optional.of(schemas.get(0)) : Optional.empty();
            frontend.script(Files.readString(file), schema, bootstrap::draft, command -> {
                try {
                    bootstrap.add(command.command());
                } catch (IcesparException e) {
                    throw new IcesparException(e.code(), e.getMessage() + " (line " + command.line() + ")", e);
                }
            });
            bootstrap.commit();
        } catch (IOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, file + ": the file cannot be read as UTF-8 text", e);
        } catch (IcesparException e) {
            if (e.code() == ErrorCode.INVALID_STATE && !security.state().isEmpty()) {
                // Another server that shares the store was quicker, with a script of its own.
                return;
            }
            throw new IcesparException(ErrorCode.CONFIGURATION, file + ": " + e.getMessage(), e);
        }
    }

    /** Authentication and the security state. */
    public Security security() {
        return security;
    }

    /** A session of a user who is known here, and authenticated already. Roles are resolved anew for each statement. */
    public Session session(Name user) {
        return session(Identity.local(user));
    }

    /** A session of someone who is authenticated already, be it by an identity provider. */
    public Session session(Identity identity) {
        security.see(identity);
        return new Session(this, identity);
    }

    Catalog catalog() {
        return catalog;
    }

    DefaultAccess defaultAccess() {
        return defaultAccess;
    }

    Securing securing() {
        return securing;
    }

    QueryPlanner planner() {
        return planner;
    }

    PlanCache plans() {
        return plans;
    }

    QueryRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        // The backend first, and both whatever either of them throws.
        try (security;
                backend) {
            runner.close();
        }
    }
}
