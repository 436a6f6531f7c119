package io.icespar.engine;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.plan.QueryPlanner;
import io.icespar.engine.run.QueryRunner;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.Securing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.Security;
import io.icespar.security.identity.Name;
import org.apache.calcite.sql.SqlDialect;

/** An open engine: tables, security state and backend. Safe for use by several threads. */
public final class Engine implements AutoCloseable {
    private final Catalog catalog;
    private final Backend backend;
    private final Security security;
    private final SqlFrontend frontend;
    private final Securing securing;
    private final QueryPlanner planner;
    private final QueryRunner runner;

    Engine(Catalog catalog, Backend backend, SqlDialect dialect, Security security) {
        this(catalog, backend, dialect, security, new SqlFrontend(catalog));
    }

    private Engine(Catalog catalog, Backend backend, SqlDialect dialect, Security security, SqlFrontend frontend) {
        this(catalog, backend, dialect, security, frontend, new Restrictor(catalog, frontend));
    }

    /** For tests that show what would happen without the restricting stage; the product has one. */
    Engine(
            Catalog catalog,
            Backend backend,
            SqlDialect dialect,
            Security security,
            SqlFrontend frontend,
            Securing securing) {
        this.catalog = catalog;
        this.backend = backend;
        this.security = security;
        this.frontend = frontend;
        this.securing = securing;
        this.planner = new QueryPlanner(dialect);
        this.runner = new QueryRunner(backend);
    }

    /**
     * Opens an engine: loads the tables, opens the security store, and runs the bootstrap script if it is empty.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} or {@code STORE}, with nothing left open
     */
    public static Engine open(EngineSettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** Authentication and the security state. */
    public Security security() {
        return security;
    }

    /** A session of the user, who is authenticated already. Roles are resolved anew for each statement. */
    public Session session(Name user) {
        return new Session(this, user);
    }

    Catalog catalog() {
        return catalog;
    }

    SqlFrontend frontend() {
        return frontend;
    }

    Securing securing() {
        return securing;
    }

    QueryPlanner planner() {
        return planner;
    }

    QueryRunner runner() {
        return runner;
    }

    @Override
    public void close() {
        runner.close();
        try (security;
                backend) {
            // Both are closed, the backend first, whatever either of them throws.
        }
    }
}
