package io.icespar.benchmark.small;

import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.duckdb.DuckDbDialect;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.QueryPlanner;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.security.Security;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.TransientValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;

/** All that is done for a query of one user before it runs, stage by stage, as a session does it. */
public final class Planning {
    private final Security security;
    private final Session session;
    private final Restrictor restrictor;
    private final QueryPlanner planner = new QueryPlanner(DuckDbDialect.INSTANCE);

    /** Plans queries of the user over the tables of {@code engine}. */
    public Planning(Engine engine, Name user) {
        this.security = engine.security();
        this.session = engine.session(user);
        this.restrictor = new Restrictor(session.catalog(), DefaultAccess.OPEN);
    }

    /** Plans a query, from its text to the backend's. */
    public PlannedQuery plan(String sql) {
        SecurityState state = security.state();
        Caller caller = session.caller();
        SqlFrontend frontend = restrictor.frontend(caller, state);
        Statement.Query statement =
                (Statement.Query) frontend.statement(sql, session.schema(), caller, state.context());
        ContextValues values = security.contextValues().resolve(caller, state.context(), TransientValues.none());
        return planner.plan(restrictor.secure(statement.query(), caller, state, values));
    }
}
