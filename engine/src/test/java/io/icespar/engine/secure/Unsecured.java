package io.icespar.engine.secure;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.store.SecurityState;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;

/** Restricting stages with faults, which what comes after them must notice; only this package can make them. */
public final class Unsecured {
    private Unsecured() {}

    /** A stage that calls a query secured and leaves it as it is. */
    public static Securing leftAsItIs(Catalog catalog, SqlFrontend frontend) {
        return (query, caller, state, values) ->
                new SecuredQuery(query, query.root().rel, new Rights(caller, values, state, catalog, frontend));
    }

    /** A stage that turns every scan into one that can run, and puts no condition above it. */
    public static Securing scannedBare(Catalog catalog, SqlFrontend frontend) {
        return (query, caller, state, values) ->
                new SecuredQuery(query, bare(query.root().rel), new Rights(caller, values, state, catalog, frontend));
    }

    /** What was secured for someone else, with the rights of {@code caller}. */
    public static SecuredQuery withRightsOf(
            Caller caller,
            ContextValues values,
            SecuredQuery query,
            SecurityState state,
            Catalog catalog,
            SqlFrontend frontend) {
        return new SecuredQuery(query.query(), query.tree(), new Rights(caller, values, state, catalog, frontend));
    }

    private static RelNode bare(RelNode root) {
        RelNode scanned = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof RestrictedScan scan
                        ? new SecuredScan(scan.getCluster(), scan.getTable())
                        : super.visit(other);
            }
        });
        return SubQueries.rewrite(scanned, Unsecured::bare);
    }
}
