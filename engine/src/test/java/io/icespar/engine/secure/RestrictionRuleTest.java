package io.icespar.engine.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/** The rule needs the caller's rights; the stage around it reaches every scan. */
class RestrictionRuleTest {
    private static final Catalog CATALOG = new Catalog(List.of(new Table(
            TableName.of("s", "T"),
            List.of(new Column(Name.of("x"), ColumnType.of(ColumnType.Kind.BIGINT), true)),
            List.of(),
            List.of())));

    private final SqlFrontend frontend = new SqlFrontend(CATALOG);
    private final Caller caller = new Caller(Name.of("u"), Set.of(Name.of("ROLE_USER"), Name.of("r")));

    private Statement.Query query(String sql) {
        return (Statement.Query) frontend.statement(sql, Optional.of(Name.of("s")), caller, ContextSettings.none());
    }

    private RelNode restrictedBy(HepPlanner planner, String sql) {
        planner.setRoot(query(sql).query().root().rel);
        return planner.findBestExp();
    }

    private static HepProgram program() {
        return HepProgram.builder()
                .addRuleInstance(RestrictionRule.Config.DEFAULT.toRule())
                .build();
    }

    @Test
    void withoutRightsTheRuleFails() {
        assertThrows(RuntimeException.class, () -> restrictedBy(new HepPlanner(program()), "SELECT x FROM T"));
        assertThrows(
                RuntimeException.class,
                () -> restrictedBy(new HepPlanner(program(), Contexts.of("rights")), "SELECT x FROM T"));
    }

    @Test
    void aFailureOfTheRuleIsAnErrorOfTheStage() {
        SecurityState[] state = {SecurityState.empty()};
        frontend.script(
                "CREATE ROLE r; CREATE RESTRICTION n ON T USING (x > 0) TO r",
                Optional.of(Name.of("s")),
                () -> state[0],
                command -> state[0] = state[0].after(command.command()));
        SecurityState restricted = state[0];
        IcesparException e = assertThrows(
                IcesparException.class,
                () -> new Restrictor(new Catalog(List.of()), DefaultAccess.OPEN)
                        .secure(
                                query("SELECT x FROM T").query(),
                                caller,
                                restricted,
                                ContextValues.none(caller.name())));
        assertEquals(ErrorCode.INTERNAL, e.code());
        assertEquals("the restrictions could not be applied", e.getMessage());
    }

    @Test
    void noScanIsForgotten() {
        var restrictor = new Restrictor(CATALOG, DefaultAccess.OPEN);
        for (String sql : List.of(
                "SELECT x FROM T",
                "SELECT (SELECT MAX(x) FROM T WHERE x IN (SELECT x FROM T)) FROM T WHERE EXISTS (SELECT 1 FROM T)",
                "SELECT a.x FROM T a JOIN T b ON a.x = b.x AND a.x > (SELECT MIN(x) FROM T)",
                "SELECT x FROM T ORDER BY (SELECT MAX(x) FROM T)",
                "SELECT x, COUNT(*) FROM T GROUP BY x HAVING COUNT(*) > (SELECT COUNT(*) FROM T)",
                "SELECT CARDINALITY(ARRAY(SELECT x FROM T)), CARDINALITY(MULTISET(SELECT x FROM T)) FROM (VALUES (1)) v(y)",
                "SELECT l.y FROM T, LATERAL (SELECT MAX(x) AS y FROM T b WHERE b.x > T.x) l",
                "SELECT x FROM T UNION SELECT x FROM T EXCEPT SELECT x FROM T",
                "SELECT SUM(x) OVER (ORDER BY CASE WHEN x IN (SELECT x FROM T) THEN 1 ELSE 2 END) FROM T",
                "SELECT COUNT(*) FILTER (WHERE x IN (SELECT x FROM T)) FROM T",
                "WITH RECURSIVE c (x) AS (SELECT x FROM T UNION ALL SELECT c.x + 1 FROM c WHERE c.x < 3) SELECT x FROM c")) {
            RelNode tree = restrictor
                    .secure(query(sql).query(), caller, SecurityState.empty(), ContextValues.none(caller.name()))
                    .tree();
            assertEquals(0, scans(tree, RestrictedScan.class), sql);
            assertTrue(scans(tree, SecuredScan.class) > 0, sql);
            assertEquals(
                    scans(query(sql).query().root().rel, RestrictedScan.class), scans(tree, SecuredScan.class), sql);
        }
    }

    // By its text, which shows sub-queries too: another way than the walk that is tested.
    private static int scans(RelNode tree, Class<?> kind) {
        return RelOptUtil.toString(tree).split(kind.getSimpleName() + "\\(", -1).length - 1;
    }
}
