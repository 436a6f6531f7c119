package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard refuses plans with holes, however they came about. Each is a good plan with one thing changed. */
class RestrictionVerifierTest {
    private static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.VARCHAR);
    private static final ColumnType NUMBER = ColumnType.of(ColumnType.Kind.BIGINT);

    /** {@code Sales} refers to {@code Shops}, which refers to {@code Regions}; {@code Goods} to {@code Depots}, by two columns. */
    private static final Catalog CATALOG = new Catalog(List.of(
            table("Regions", "Region", List.of(), column("Region", TEXT), column("Boss", TEXT)),
            table(
                    "Shops",
                    "Shop",
                    List.of(reference("Region", "Regions", "Region")),
                    column("Shop", TEXT),
                    column("City", TEXT),
                    column("Size", NUMBER),
                    column("Region", TEXT)),
            table(
                    "Sales",
                    "Sale",
                    List.of(reference("Shop", "Shops", "Shop")),
                    column("Sale", TEXT),
                    column("Shop", TEXT),
                    column("Quantity", NUMBER)),
            table("Gifts", "Id", List.of(), column("Id", TEXT)),
            new Table(
                    TableName.of("s", "Depots"),
                    List.of(column("Country", TEXT), column("Town", TEXT), column("Size", NUMBER)),
                    List.of(Name.of("Country"), Name.of("Town")),
                    List.of()),
            table(
                    "Goods",
                    "Id",
                    List.of(new Reference(
                            List.of(Name.of("Country"), Name.of("Town")),
                            TableName.of("s", "Depots"),
                            List.of(Name.of("Country"), Name.of("Town")))),
                    column("Id", TEXT),
                    column("Country", TEXT),
                    column("Town", TEXT))));

    private static final Caller CALLER = new Caller(Name.of("u"), Set.of(Name.of("ROLE_USER"), Name.of("r")));
    private static final Caller OTHER = new Caller(Name.of("v"), Set.of(Name.of("ROLE_USER"), Name.of("q")));

    private final SqlFrontend frontend = new SqlFrontend(CATALOG);
    private final SecurityState state = state();

    private static Table table(String name, String key, List<Reference> references, Column... columns) {
        return new Table(TableName.of("s", name), List.of(columns), List.of(Name.of(key)), references);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(Name.of(name), type, false);
    }

    private static Reference reference(String column, String target, String key) {
        return new Reference(List.of(Name.of(column)), TableName.of("s", target), List.of(Name.of(key)));
    }

    private SecurityState state() {
        SecurityState[] made = {SecurityState.empty()};
        frontend.script(
                """
                CREATE ROLE r;
                CREATE ROLE q;
                CREATE RESTRICTION paris ON Shops USING (City = 'Paris') TO r;
                CREATE RESTRICTION big ON Shops USING (Size > 5) TO r;
                CREATE RESTRICTION few ON Sales USING (Quantity < 3) TO r;
                CREATE RESTRICTION roomy ON Depots USING (Size > 5) TO r;
                CREATE RESTRICTION lyon ON Shops USING (City = 'Lyon') TO q;
                CREATE RESTRICTION boss ON Regions USING (EXISTS (SELECT 1 FROM Gifts f WHERE f.Id = Regions.Boss)) TO r;
                """, Optional.of(Name.of("s")), () -> made[0], command -> made[0] = made[0].after(command.command()));
        return made[0];
    }

    private ValidatedQuery validated(String sql) {
        return ((Statement.Query) frontend.statement(sql, Optional.of(Name.of("s")), CALLER, state.context())).query();
    }

    private SecuredQuery secured(String sql, Caller caller) {
        return new Restrictor(CATALOG, DefaultAccess.OPEN)
                .secure(validated(sql), caller, state, ContextValues.none(caller.name()));
    }

    /** The plan of a query, with each of its fences replaced. */
    private void refuses(String reason, String sql, UnaryOperator<Fence> change) {
        refusesAny(reason, sql, change::apply);
    }

    private void refusesAny(String reason, String sql, java.util.function.Function<Fence, RelNode> change) {
        SecuredQuery query = secured(sql, CALLER);
        RelNode plan = Barrier.place(query.tree(), query.rights());
        assertDoesNotThrow(
                () -> RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights()), "the good plan");
        RelNode changed = withFences(plan, change);
        assertTrue(!RelOptUtil.toString(changed).equals(RelOptUtil.toString(plan)), "nothing was changed");
        refuses(reason, changed, query);
    }

    private static void refuses(String reason, RelNode plan, SecuredQuery query) {
        IcesparException e = assertThrows(
                IcesparException.class, () -> RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights()));
        assertEquals(ErrorCode.INTERNAL, e.code());
        assertEquals("the guard refused a plan: " + reason, e.getMessage());
    }

    private static RelNode withFences(RelNode root, java.util.function.Function<Fence, RelNode> change) {
        RelNode changed = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof Fence fence ? change.apply(fence) : super.visit(other);
            }
        });
        return SubQueries.rewrite(changed, subQuery -> withFences(subQuery, change));
    }

    private static Filter restriction(Fence fence) {
        return (Filter) fence.getInput();
    }

    /** The fence with other conditions in place of its own. */
    private static Fence with(Fence fence, List<RexNode> conditions) {
        Filter filter = restriction(fence);
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        RelNode changed = LogicalFilter.create(
                filter.getInput(),
                RexUtil.composeConjunction(rexBuilder, conditions),
                com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
        return fence.isClosed() ? Fence.closed(changed) : Fence.open(changed);
    }

    private static List<RexNode> conditions(Fence fence) {
        return new ArrayList<>(RelOptUtil.conjunctions(restriction(fence).getCondition()));
    }

    private static Fence withSemiJoin(Fence fence, UnaryOperator<RexSubQuery> change) {
        List<RexNode> conditions = conditions(fence);
        conditions.replaceAll(
                condition -> condition instanceof RexSubQuery subQuery ? change.apply(subQuery) : condition);
        return with(fence, conditions);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM Shops",
                "SELECT * FROM Sales",
                "SELECT * FROM Regions",
                "SELECT * FROM Gifts",
                "SELECT COUNT(*) FROM Sales a JOIN Sales b ON a.Shop = b.Shop WHERE a.Quantity > 1",
                "SELECT CAST(Shop AS INTEGER) FROM Sales WHERE Quantity > 1 AND CAST(Sale AS INTEGER) = 3",
                "SELECT * FROM Gifts WHERE Id IN (SELECT Sale FROM Sales) OR EXISTS (SELECT 1 FROM Shops)",
                "SELECT * FROM Shops WHERE FALSE"
            })
    void whatTheStageMakesIsPassed(String sql) {
        SecuredQuery query = secured(sql, CALLER);
        RelNode plan = Barrier.place(query.tree(), query.rights());
        assertDoesNotThrow(() -> RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shops", "Sales", "Regions"})
    void aBareScanIsRefused(String table) {
        String sql = "SELECT * FROM " + table;
        refusesAny(
                "a restricted table is scanned bare",
                sql,
                fence -> restriction(fence).getInput());
        refuses(
                "a restricted table is scanned bare",
                sql,
                fence -> Fence.closed(restriction(fence).getInput()));
    }

    @Test
    void aRestrictionWithoutAFenceIsRefused() {
        refusesAny("a restricted table is scanned bare", "SELECT * FROM Shops", Fence::getInput);
    }

    @Test
    void aBareScanInASubQueryIsRefused() {
        for (String sql : List.of(
                "SELECT * FROM Gifts WHERE EXISTS (SELECT 1 FROM Shops)",
                "SELECT * FROM Gifts WHERE Id NOT IN (SELECT Shop FROM Shops)",
                "SELECT (SELECT COUNT(*) FROM Shops) FROM Gifts",
                "SELECT * FROM Gifts a JOIN Gifts b ON a.Id = (SELECT MAX(Shop) FROM Shops)",
                "SELECT * FROM Gifts WHERE EXISTS (SELECT 1 FROM Gifts b WHERE b.Id IN (SELECT Shop FROM Shops))")) {
            refusesAny(
                    "a restricted table is scanned bare",
                    sql,
                    fence -> restriction(fence).getInput());
        }
    }

    @Test
    void everyMissingConditionIsNoticed() {
        for (int i = 0; i < 3; i++) {
            int missing = i;
            refuses(
                    i < 2 ? "a condition is missing" : "a reference's restriction is missing",
                    "SELECT * FROM Shops",
                    fence -> {
                        List<RexNode> conditions = conditions(fence);
                        assertEquals(3, conditions.size());
                        conditions.remove(missing);
                        return with(fence, conditions);
                    });
        }
    }

    @Test
    void aMissingSemiJoinIsNoticed() {
        refuses("a reference's restriction is missing", "SELECT SUM(Quantity) FROM Sales", fence -> {
            List<RexNode> conditions = conditions(fence);
            assertTrue(conditions.removeIf(RexSubQuery.class::isInstance));
            return with(fence, conditions);
        });
    }

    @Test
    void aSemiJoinWithAllKeysIsNoticed() {
        refuses(
                "a restricted table is scanned bare",
                "SELECT * FROM Sales",
                fence -> withSemiJoin(fence, subQuery -> {
                    LogicalProject keys = (LogicalProject) subQuery.rel;
                    RelNode all = ((Filter) keys.getInput()).getInput();
                    return subQuery.clone(keys.copy(keys.getTraitSet(), List.of(all)));
                }));
    }

    @Test
    void aSemiJoinWhoseKeysAreRestrictedLessIsNoticed() {
        refuses(
                "a condition is missing",
                "SELECT * FROM Sales",
                fence -> withSemiJoin(fence, subQuery -> {
                    LogicalProject keys = (LogicalProject) subQuery.rel;
                    Filter filter = (Filter) keys.getInput();
                    List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
                    RelNode less = LogicalFilter.create(filter.getInput(), conditions.get(0));
                    return subQuery.clone(keys.copy(keys.getTraitSet(), List.of(less)));
                }));
    }

    @Test
    void aSemiJoinOnOtherColumnsIsNoticed() {
        refuses(
                "a reference's restriction is missing",
                "SELECT * FROM Sales",
                fence -> withSemiJoin(fence, subQuery -> {
                    RexNode other = fence.getCluster()
                            .getRexBuilder()
                            .makeInputRef(restriction(fence).getInput(), 0);
                    return subQuery.clone(subQuery.getType(), List.of(other));
                }));
        refuses(
                "a reference's restriction is missing",
                "SELECT * FROM Sales",
                fence -> withSemiJoin(fence, subQuery -> {
                    LogicalProject keys = (LogicalProject) subQuery.rel;
                    RexNode other = fence.getCluster().getRexBuilder().makeInputRef(keys.getInput(), 1);
                    return subQuery.clone(
                            LogicalProject.create(keys.getInput(), List.of(), List.of(other), List.of("k"), Set.of()));
                }));
    }

    @Test
    void aSemiJoinTurnedIntoItsOppositeIsNoticed() {
        refuses("a reference's restriction is missing", "SELECT * FROM Sales", fence -> {
            List<RexNode> conditions = conditions(fence);
            conditions.replaceAll(condition -> condition instanceof RexSubQuery
                    ? fence.getCluster().getRexBuilder().makeCall(SqlStdOperatorTable.NOT, condition)
                    : condition);
            return with(fence, conditions);
        });
    }

    @Test
    void aSemiJoinByOnlyOneOfTwoColumnsIsNoticed() {
        refuses(
                "a reference's restriction is missing",
                "SELECT * FROM Goods",
                fence -> withSemiJoin(fence, subQuery -> {
                    LogicalProject keys = (LogicalProject) subQuery.rel;
                    RelNode first = LogicalProject.create(
                            keys.getInput(),
                            List.of(),
                            keys.getProjects().subList(0, 1),
                            keys.getRowType().getFieldNames().subList(0, 1),
                            Set.of());
                    return RexSubQuery.in(
                            first, ImmutableList.of(subQuery.getOperands().get(0)));
                }));
    }

    @Test
    void aSemiJoinWithAnotherTableIsNoticed() {
        SecuredQuery gifts = secured("SELECT Id FROM Gifts", CALLER);
        refuses(
                "a reference's restriction is missing",
                "SELECT * FROM Sales",
                fence -> withSemiJoin(fence, subQuery -> subQuery.clone(gifts.tree())));
    }

    @Test
    void aWeakenedConditionIsNoticed() {
        refuses("a condition is missing", "SELECT * FROM Shops", fence -> {
            RexBuilder rexBuilder = fence.getCluster().getRexBuilder();
            List<RexNode> conditions = conditions(fence);
            RexNode wider = rexBuilder.makeCall(
                    SqlStdOperatorTable.OR,
                    conditions.get(0),
                    rexBuilder.makeCall(
                            SqlStdOperatorTable.EQUALS,
                            rexBuilder.makeInputRef(restriction(fence).getInput(), 1),
                            rexBuilder.makeLiteral("Lyon")));
            conditions.set(0, wider);
            return with(fence, conditions);
        });
    }

    @Test
    void allConditionsUnderOneOrAreNoticed() {
        refuses(
                "a condition is missing",
                "SELECT * FROM Shops",
                fence -> with(
                        fence,
                        List.of(RexUtil.composeDisjunction(fence.getCluster().getRexBuilder(), conditions(fence)))));
    }

    @Test
    void whatWasMadeForAnotherCallerIsNoticed() {
        SecuredQuery others = secured("SELECT * FROM Shops", OTHER);
        SecuredQuery mine = secured("SELECT * FROM Shops", CALLER);
        refuses("a condition is missing", Barrier.place(others.tree(), others.rights()), mine);
    }

    @Test
    void aForeignConditionBesideARestrictionIsNoticed() {
        refuses("a foreign condition stands beside a restriction", "SELECT * FROM Shops", fence -> {
            RexBuilder rexBuilder = fence.getCluster().getRexBuilder();
            List<RexNode> conditions = conditions(fence);
            conditions.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.GREATER_THAN,
                    rexBuilder.makeCall(
                            SqlStdOperatorTable.DIVIDE,
                            rexBuilder.makeExactLiteral(java.math.BigDecimal.ONE),
                            rexBuilder.makeInputRef(restriction(fence).getInput(), 2)),
                    rexBuilder.makeExactLiteral(java.math.BigDecimal.ONE)));
            return with(fence, conditions);
        });
    }

    @Test
    void whatCanFailInsideAFenceIsNoticed() {
        refuses("what can fail stands inside a fence", "SELECT CAST(Shop AS INTEGER) FROM Shops", fence -> {
            RexBuilder rexBuilder = fence.getCluster().getRexBuilder();
            return Fence.closed(LogicalFilter.create(
                    restriction(fence),
                    rexBuilder.makeCall(
                            SqlStdOperatorTable.EQUALS,
                            rexBuilder.makeCall(
                                    SqlStdOperatorTable.DIVIDE,
                                    rexBuilder.makeExactLiteral(java.math.BigDecimal.ONE),
                                    rexBuilder.makeInputRef(restriction(fence), 2)),
                            rexBuilder.makeExactLiteral(java.math.BigDecimal.ONE))));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CAST(Shop AS INTEGER) FROM Shops",
                "SELECT * FROM Sales WHERE 1 / Quantity > 0",
                "SELECT * FROM Sales a JOIN Shops b ON CAST(a.Sale AS INTEGER) = b.Size",
                "SELECT COUNT(*) FROM Sales GROUP BY CAST(Sale AS INTEGER)",
                "SELECT SUM(Quantity + 1) FROM Sales",
                "SELECT Sale FROM Sales ORDER BY SUBSTRING(Sale FROM Quantity)",
                "SELECT Id FROM Gifts WHERE EXISTS (SELECT 1 FROM Sales WHERE CAST(Sale AS INTEGER) = 1)",
                "SELECT (SELECT Shop FROM Shops) FROM Gifts"
            })
    void anOpenFenceUnderWhatCanFailIsNoticed(String sql) {
        refuses("what can fail stands over an open fence", sql, fence -> Fence.open(fence.getInput()));
    }

    @Test
    void somethingBetweenARestrictionAndItsScanIsNoticed() {
        refuses("a restricted table is scanned bare", "SELECT * FROM Shops", fence -> {
            RelNode scan = restriction(fence).getInput();
            RelNode few = LogicalSort.create(
                    scan,
                    RelCollations.EMPTY,
                    null,
                    scan.getCluster().getRexBuilder().makeExactLiteral(java.math.BigDecimal.TEN));
            return Fence.closed(LogicalFilter.create(few, restriction(fence).getCondition()));
        });
        refuses("a restricted table is scanned bare", "SELECT * FROM Shops", fence -> {
            RelNode twice = LogicalUnion.create(
                    List.of(restriction(fence).getInput(), restriction(fence).getInput()), true);
            return Fence.closed(LogicalFilter.create(twice, restriction(fence).getCondition()));
        });
    }

    @Test
    void aScanThatWasNotRestrictedIsNoticed() {
        for (String sql : List.of(
                "SELECT * FROM Shops",
                "SELECT * FROM Gifts",
                "SELECT * FROM Gifts WHERE EXISTS (SELECT 1 FROM Gifts)")) {
            refuses("a scan was not restricted", validated(sql).root().rel, secured(sql, CALLER));
        }
        SecuredQuery outside = secured("SELECT * FROM Shops", CALLER);
        RelNode inside = validated("SELECT * FROM Shops").root().rel;
        RelNode mixed =
                LogicalFilter.create(Barrier.place(outside.tree(), outside.rights()), RexSubQuery.exists(inside));
        refuses("a scan was not restricted", mixed, outside);
    }

    /** The plan of a join, where the sales leave to it that their shops are visible, with one of its nodes replaced. */
    private void refusesJoin(String reason, String select, UnaryOperator<RelNode> change) {
        refusesAny(
                reason,
                select + " FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop",
                fence -> (fence.isClosed() ? Fence.closed(within(fence, change)) : Fence.open(within(fence, change))));
    }

    private static RelNode within(Fence fence, UnaryOperator<RelNode> change) {
        return fence.getInput().accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode changed = change.apply(other);
                return changed == other ? super.visit(other) : changed;
            }
        });
    }

    private static RelNode joinedOn(RelNode node, JoinRelType type, UnaryOperator<RexNode> condition) {
        return node instanceof Join join
                ? join.copy(
                        join.getTraitSet(),
                        condition.apply(join.getCondition()),
                        join.getLeft(),
                        join.getRight(),
                        type,
                        false)
                : node;
    }

    @Test
    void aJoinThatDoesNotImplyWhatIsLeftOutIsRefused() {
        String missing = "a reference's restriction is missing";
        RexBuilder builder =
                validated("SELECT * FROM Gifts").root().rel.getCluster().getRexBuilder();
        refusesJoin(missing, "SELECT *", node -> joinedOn(node, JoinRelType.INNER, on -> builder.makeLiteral(true)));
        refusesJoin(
                missing,
                "SELECT *",
                node -> joinedOn(
                        node,
                        JoinRelType.INNER,
                        on -> builder.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, ((RexCall) on).getOperands())));
        refusesJoin(
                missing,
                "SELECT *",
                node -> joinedOn(
                        node,
                        JoinRelType.INNER,
                        on -> builder.makeCall(SqlStdOperatorTable.OR, on, builder.makeLiteral(false))));
        refusesJoin(missing, "SELECT COUNT(*)", node -> joinedOn(node, JoinRelType.LEFT, on -> on));
        refusesJoin(
                "what can fail stands over an open fence",
                "SELECT 1 / Quantity",
                node -> joinedOn(
                        node,
                        JoinRelType.INNER,
                        on -> builder.makeCall(
                                SqlStdOperatorTable.AND,
                                on,
                                builder.makeCall(
                                        SqlStdOperatorTable.EQUALS,
                                        builder.makeCall(
                                                SqlStdOperatorTable.DIVIDE,
                                                builder.makeExactLiteral(java.math.BigDecimal.ONE),
                                                builder.makeInputRef(node, 2)),
                                        builder.makeExactLiteral(java.math.BigDecimal.ONE)))));
    }

    @Test
    void aJoinOverRowsOfOthersIsRefused() {
        refusesJoin(
                "a condition is missing",
                "SELECT *",
                node -> node instanceof Fence fence
                                && restriction(fence).getInput().getRowType().getFieldCount() == 4
                        ? with(
                                fence,
                                conditions(fence).subList(1, conditions(fence).size()))
                        : node);
        refusesJoin(
                "a restricted table is scanned bare",
                "SELECT *",
                node -> node instanceof Fence fence ? restriction(fence).getInput() : node);
    }

    @Test
    void anOpenFenceAroundAJoinIsRefusedUnderWhatCanFail() {
        refusesAny(
                "what can fail stands over an open fence",
                "SELECT 1 / Quantity FROM Sales JOIN Shops ON Sales.Shop = Shops.Shop",
                fence -> Fence.open(fence.getInput()));
    }
}
