package io.icespar.engine.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
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
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard refuses plans in which something else is shown than the rights say. Each is a good plan with one change. */
class MaskVerifierTest {
    private static final ColumnType NUMBER = ColumnType.of(ColumnType.Kind.BIGINT);
    private static final Catalog CATALOG =
            new Catalog(List.of(table("Masked"), table("Fenced"), table("Narrow"), table("Plain")));
    private static final Caller CALLER = new Caller(Name.of("u"), Set.of(Name.of("ROLE_USER"), Name.of("r")));

    private final SecurityState state = state();
    private final Restrictor restrictor = new Restrictor(CATALOG, DefaultAccess.OPEN);

    private static Table table(String name) {
        List<Column> columns = List.of("a", "b", "c").stream()
                .map(column -> new Column(Name.of(column), NUMBER, false))
                .toList();
        return new Table(TableName.of("s", name), columns, List.of(Name.of("a")), List.of());
    }

    private static SecurityState state() {
        SecurityState[] made = {SecurityState.empty()};
        new SqlFrontend(CATALOG)
                .script(
                        """
                        CREATE ROLE r;
                        CREATE MASK m ON Masked (b) USING (a + 1);
                        CREATE MASK n ON Fenced (b) USING (0) TO r;
                        CREATE RESTRICTION x ON Fenced USING (a > 5) TO r;
                        REVOKE SELECT (b) ON TABLE Narrow FROM PUBLIC;
                        """,
                        Optional.of(Name.of("s")),
                        () -> made[0],
                        command -> made[0] = made[0].after(command.command()));
        return made[0];
    }

    private SecuredQuery secured(String sql) {
        var statement =
                restrictor.frontend(CALLER, state).statement(sql, Optional.of(Name.of("s")), CALLER, state.context());
        return restrictor.secure(
                ((Statement.Query) statement).query(), CALLER, state, ContextValues.none(CALLER.name()));
    }

    /** Refuses the plan of a query in which something was changed. */
    private void refuses(String reason, String sql, Function<RelNode, RelNode> change) {
        SecuredQuery query = secured(sql);
        RelNode plan = Barrier.place(query.tree(), query.rights());
        assertDoesNotThrow(
                () -> RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights()), "the good plan");
        RelNode changed = changed(plan, change);
        assertEquals(false, RelOptUtil.toString(changed).equals(RelOptUtil.toString(plan)), "nothing was changed");
        IcesparException e = assertThrows(
                IcesparException.class,
                () -> RestrictionVerifier.verify(changed, FailingParts.of(changed), query.rights()));
        assertEquals(ErrorCode.INTERNAL, e.code());
        assertEquals("the guard refused a plan: " + reason, e.getMessage());
    }

    private static RelNode changed(RelNode root, Function<RelNode, RelNode> change) {
        RelNode changed = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode replaced = change.apply(other);
                return replaced == null ? super.visit(other) : replaced;
            }
        });
        return SubQueries.rewrite(changed, subQuery -> changed(subQuery, change));
    }

    private static Function<RelNode, RelNode> mask(Function<Mask, RelNode> change) {
        return node -> node instanceof Mask mask ? change.apply(mask) : null;
    }

    private static Function<RelNode, RelNode> fence(Function<Fence, RelNode> change) {
        return node -> node instanceof Fence fence ? change.apply(fence) : null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM Masked",
                "SELECT * FROM Fenced",
                "SELECT * FROM Narrow",
                "SELECT 1 / b FROM Fenced WHERE a > 7 AND b = 0 AND 1 / c > 0",
                "SELECT 1 / c FROM Narrow WHERE a > 7 AND c = 0",
                "SELECT * FROM Plain WHERE a IN (SELECT b FROM Fenced) OR EXISTS (SELECT 1 FROM Masked)",
                "SELECT * FROM Fenced x JOIN Masked y ON x.b = y.b LEFT JOIN Narrow z ON z.a = y.b WHERE x.a = 1"
            })
    void whatTheStageMakesIsPassed(String sql) {
        SecuredQuery query = secured(sql);
        RelNode plan = Barrier.place(query.tree(), query.rights());
        assertDoesNotThrow(() -> RestrictionVerifier.verify(plan, FailingParts.of(plan), query.rights()));
    }

    @Test
    void aMissingMaskIsNoticed() {
        for (String sql : List.of(
                "SELECT b FROM Masked",
                "SELECT b FROM Fenced",
                "SELECT * FROM Plain WHERE a IN (SELECT b FROM Fenced)",
                "SELECT 1 / c FROM Fenced")) {
            refuses("a mask is missing", sql, fence(fence -> {
                Mask mask = Mask.behind(fence).orElseThrow();
                return mask.getInput();
            }));
        }
        refuses("a mask is missing", "SELECT COUNT(*) FROM Narrow", mask(Mask::getInput));
    }

    @Test
    void aMaskOfSomethingElseIsNoticed() {
        for (String sql : List.of("SELECT b FROM Masked", "SELECT b FROM Fenced")) {
            refuses("a mask shows something else", sql, fence(fence -> {
                Mask mask = Mask.behind(fence).orElseThrow();
                List<RexNode> columns = new ArrayList<>(mask.getProjects());
                columns.set(1, mask.getCluster().getRexBuilder().makeInputRef(mask.getInput(), 1));
                return fence.copy(
                        fence.getTraitSet(),
                        List.of(mask.copy(mask.getTraitSet(), mask.getInput(), columns, mask.getRowType())));
            }));
        }
    }

    @Test
    void aProjectionIsNoMask() {
        refuses("a restriction is not directly over its scan", "SELECT b FROM Masked", fence(fence -> {
            Mask mask = Mask.behind(fence).orElseThrow();
            return fence.copy(
                    fence.getTraitSet(),
                    List.of(LogicalProject.create(
                            mask.getInput(),
                            List.of(),
                            mask.getProjects(),
                            mask.getRowType().getFieldNames(),
                            Set.of())));
        }));
    }

    @Test
    void aMaskOutsideOfAFenceIsNoticed() {
        refuses(
                "a mask stands outside of a fence",
                "SELECT b FROM Masked",
                fence(fence -> Mask.behind(fence).orElseThrow()));
    }

    @Test
    void anOpenFenceUnderWhatCanFailIsNoticed() {
        refuses(
                "what can fail stands over an open fence",
                "SELECT 1 / b FROM Fenced",
                fence(fence -> Fence.open(fence.getInput())));
        refuses("what can fail stands over an open fence", "SELECT 1 / b FROM Fenced", fence(fence -> {
            Mask mask = Mask.behind(fence).orElseThrow();
            Fence inner = (Fence) mask.getInput();
            return Fence.closed(
                    mask.copy(mask.getTraitSet(), Fence.open(inner.getInput()), mask.getProjects(), mask.getRowType()));
        }));
    }

    @Test
    void aMaskOverHiddenRowsIsNoticed() {
        refuses("a restricted table is scanned bare", "SELECT b FROM Fenced", fence(fence -> {
            Mask mask = Mask.behind(fence).orElseThrow();
            RelNode scan = mask.getInput().getInput(0).getInput(0);
            return Fence.open(mask.copy(mask.getTraitSet(), scan, mask.getProjects(), mask.getRowType()));
        }));
    }

    @Test
    void aConditionUnderAMaskIsNoticed() {
        refuses("a mask is not directly over its rows", "SELECT b FROM Masked", fence(fence -> {
            Mask mask = Mask.behind(fence).orElseThrow();
            var rexBuilder = mask.getCluster().getRexBuilder();
            RelNode filtered = LogicalFilter.create(
                    mask.getInput(),
                    rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, rexBuilder.makeInputRef(mask.getInput(), 1)));
            return Fence.closed(mask.copy(mask.getTraitSet(), filtered, mask.getProjects(), mask.getRowType()));
        }));
    }
}
