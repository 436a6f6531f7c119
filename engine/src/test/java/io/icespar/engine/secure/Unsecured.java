package io.icespar.engine.secure;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;

/** Restricting stages with faults, which what comes after them must notice; only this package can make them. */
public final class Unsecured {
    private Unsecured() {}

    /** The way from a validated to a secured query. */
    @FunctionalInterface
    public interface Stage {
        /** Secures the query, or does not. */
        SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values);
    }

    /** A stage that calls a query secured and leaves it as it is. */
    public static Securing leftAsItIs(Catalog catalog, DefaultAccess defaultAccess) {
        var restrictor = new Restrictor(catalog, defaultAccess);
        return instead(
                restrictor,
                (query, caller, state, values) ->
                        new SecuredQuery(query, query.root().rel, restrictor.rights(caller, state, values)));
    }

    /** A stage that turns every scan into one that can run, and puts no condition above it. */
    public static Securing scannedBare(Catalog catalog, DefaultAccess defaultAccess) {
        var restrictor = new Restrictor(catalog, defaultAccess);
        return instead(
                restrictor,
                (query, caller, state, values) ->
                        new SecuredQuery(query, bare(query.root().rel), restrictor.rights(caller, state, values)));
    }

    /** A stage that names what {@code restrictor} lets be named, and secures in another way. */
    public static Securing instead(Restrictor restrictor, Stage stage) {
        return new Securing() {
            @Override
            public SqlFrontend frontend(Caller caller, SecurityState state) {
                return restrictor.frontend(caller, state);
            }

            @Override
            public RightsShape shape(Caller caller, SecurityState state) {
                return restrictor.shape(caller, state);
            }

            @Override
            public SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values) {
                return stage.secure(query, caller, state, values);
            }
        };
    }

    /** What was secured for someone else, with the rights of {@code caller}. */
    public static SecuredQuery withRightsOf(
            Caller caller, ContextValues values, SecuredQuery query, SecurityState state, Restrictor restrictor) {
        return new SecuredQuery(query.query(), query.tree(), restrictor.rights(caller, state, values));
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
