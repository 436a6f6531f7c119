package io.icespar.engine.secure;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.store.SecurityState;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;

/** Secures queries by running {@link RestrictionRule} over the whole tree and every sub-query in it. */
public final class Restrictor implements Securing {
    private static final HepProgram PROGRAM = HepProgram.builder()
            .addRuleInstance(RestrictionRule.Config.DEFAULT.toRule())
            .build();

    private final Catalog catalog;
    private final SqlFrontend frontend;

    /** Creates the stage for queries over the tables of {@code catalog}. */
    public Restrictor(Catalog catalog, SqlFrontend frontend) {
        this.catalog = catalog;
        this.frontend = frontend;
    }

    @Override
    public SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values) {
        Rights rights = new Rights(caller, values, state, catalog, frontend);
        try {
            RelNode asked = new SessionValues(caller, values).fill(query.root().rel);
            return new SecuredQuery(query, restrict(asked, rights), rights);
        } catch (IcesparException e) {
            // Whose value is missing may know its name; the same is said if the query itself asks for it.
            throw e.code() == ErrorCode.MISSING_CONTEXT_VALUE ? e : failed(e);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static IcesparException failed(RuntimeException e) {
        // Whatever it is, the text could name a condition; the caller learns only that there are no rows.
        return new IcesparException(ErrorCode.INTERNAL, "the restrictions could not be applied", e);
    }

    private static RelNode restrict(RelNode root, Rights rights) {
        HepPlanner planner = new HepPlanner(PROGRAM, Contexts.of(rights));
        planner.setRoot(root);
        return SubQueries.rewrite(planner.findBestExp(), subQuery -> restrict(subQuery, rights));
    }
}
