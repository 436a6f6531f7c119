package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.duckdb.DuckDbStore;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.QueryPlanner;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.Securing;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the first query of a process would wait for: that Java loads Calcite and the planner, and DuckDB's library. A
 * program whose start people wait for has it done while it does something else.
 */
public final class FirstQuery {
    private static final String SQL = "SELECT v.a, SUM(v.b) AS s FROM (VALUES ('x', 1), ('y', 2)) AS v (a, b)"
            + " JOIN (VALUES ('x')) AS w (a) ON v.a = w.a WHERE v.b > 0 GROUP BY ROLLUP(v.a) ORDER BY s";

    private FirstQuery() {}

    /** Begins, on a thread of its own. If it fails, nobody is told: whoever needs what fails here will be. */
    public static void prepare() {
        Thread thread = new Thread(
                () -> {
                    DuckDbStore.loadLibrary();
                    plan();
                },
                "icespar-first-query");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> {});
        thread.start();
    }

    /** Plans a query over nothing. */
    static PlannedQuery plan() {
        Caller nobody = new Caller(Name.of("nobody"), Set.of(ReservedRoles.USER));
        SecurityState state = SecurityState.empty();
        Securing securing = new Restrictor(new Catalog(List.of()), DefaultAccess.CLOSED);
        Statement.Query query = (Statement.Query)
                securing.frontend(nobody, state).statement(SQL, Optional.empty(), nobody, ContextSettings.none());
        return new QueryPlanner(DuckDbDialect.INSTANCE)
                .plan(securing.secure(query.query(), nobody, state, ContextValues.none(nobody.name())));
    }
}
