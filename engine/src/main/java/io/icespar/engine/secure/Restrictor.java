package io.icespar.engine.secure;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextValues;
import io.icespar.security.cube.Cubes;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.store.SecurityState;
import io.icespar.security.view.Views;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final DefaultAccess defaultAccess;
    private final AuthorityComparator authorities;

    /** Of the last state that was asked for: masks and views change seldom. */
    private volatile Whole whole;

    private final ArrayTexts texts = new ArrayTexts();

    /** Creates the stage for queries over the tables of {@code catalog}. */
    public Restrictor(Catalog catalog, DefaultAccess defaultAccess) {
        this(catalog, defaultAccess, new ListedAuthorities(List.of()));
    }

    /** As {@link #Restrictor(Catalog, DefaultAccess)}, with roles heard by their authority where masks differ. */
    public Restrictor(Catalog catalog, DefaultAccess defaultAccess, AuthorityComparator authorities) {
        this.catalog = catalog;
        this.defaultAccess = defaultAccess;
        this.authorities = authorities;
        this.whole = Whole.of(Masks.none(), Views.none(), Cubes.none(), new ConvertedRules(new SqlFrontend(catalog)));
    }

    @Override
    public SqlFrontend frontend(Caller caller, SecurityState state) {
        Whole known = known(state);
        SqlFrontend whole = known.rules().frontend();
        Masks masks = state.masks();
        boolean everything = caller.isAdministrator()
                || (masks.all().isEmpty() && state.privileges().isEmpty() && defaultAccess == DefaultAccess.OPEN);
        Catalog tables = everything
                ? whole.catalog()
                : whole.catalog()
                        .part((table, column) ->
                                state.privileges().mayRead(caller, new Scope.OfColumn(table, column), defaultAccess))
                        .withoutFactsOn((table, column) -> masks.effective(caller, table, column, authorities)
                                .isPresent());
        Catalog visible = state.cubes().saysNothing()
                ? tables
                : tables.withCubes(cube -> new ShownCube(state.cubes(), caller, authorities).of(cube));
        return visible.equals(whole.catalog())
                ? whole
                : known.parts()
                        .get(
                                new Part(visible, state.context()),
                                part -> new SqlFrontend(part.catalog(), whole.catalog(), part.settings()));
    }

    @Override
    public RightsShape shape(Caller caller, SecurityState state) {
        Map<TableName, EffectiveRestriction> restrictions = new HashMap<>();
        Map<Scope.OfColumn, Mask> masks = new HashMap<>();
        for (Table table : catalog.tables()) {
            EffectiveRestriction effective = state.effective(caller, table.name());
            if (!effective.isNone()) {
                restrictions.put(table.name(), effective);
            }
            for (Column column : table.columns()) {
                state.masks()
                        .effective(caller, table.name(), column.name(), authorities)
                        .ifPresent(mask -> masks.put(new Scope.OfColumn(table.name(), column.name()), mask));
            }
        }
        return new RightsShape(frontend(caller, state), caller.isAdministrator(), restrictions, masks);
    }

    // A mask may show nothing at all. That a column is masked for some is not to be seen by its type for others.
    private Whole known(SecurityState state) {
        Masks masks = state.masks();
        Views views = state.views();
        Cubes cubes = state.cubes();
        Whole known = whole;
        if (!known.masks().equals(masks)
                || !known.views().equals(views)
                || !known.cubes().hasSameCubes(cubes)) {
            // The context values that a view reads keep their types as long as it does.
            known = Whole.of(
                    masks,
                    views,
                    cubes,
                    new ConvertedRules(new SqlFrontend(
                            catalog.withNullable(masks::isMasked).with(cubes, views), state.context())));
            whole = known;
        }
        return known;
    }

    @Override
    public SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values) {
        Rights rights = rights(caller, state, values);
        try {
            RelNode asked = rights.values().fill(query.root().rel);
            return new SecuredQuery(query, restrict(asked, rights), rights);
        } catch (IcesparException e) {
            throw switch (e.code()) {
                // Whose value is missing may know its name; the same is said if the query itself asks for it. And
                // nobody waits any more for what ends by time.
                case MISSING_CONTEXT_VALUE, CANCELLED, TIME_LIMIT_REACHED -> e;
                default -> failed(e);
            };
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    Rights rights(Caller caller, SecurityState state, ContextValues values) {
        return new Rights(
                caller,
                new SessionValues(caller, values, texts),
                state,
                known(state).rules(),
                defaultAccess,
                authorities);
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

    /** The rules, and a front end that knows all tables, views and cubes, as they are while there are certain masks, views and cubes. */
    private record Whole(Masks masks, Views views, Cubes cubes, ConvertedRules rules, Cache<Part, SqlFrontend> parts) {
        /** Callers are many, but not the parts that they see; the measures of cubes are compiled once for each. */
        private static final int MAX_PARTS = 100;

        static Whole of(Masks masks, Views views, Cubes cubes, ConvertedRules rules) {
            return new Whole(
                    masks,
                    views,
                    cubes,
                    rules,
                    Caffeine.newBuilder().maximumSize(MAX_PARTS).build());
        }
    }

    /** All that a front end over a part of what there is depends on, beside the whole: nothing of who asks. */
    private record Part(Catalog catalog, ContextSettings settings) {}
}
