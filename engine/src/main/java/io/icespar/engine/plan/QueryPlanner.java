package io.icespar.engine.plan;

import com.google.common.collect.Lists;
import com.google.common.collect.Streams;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDialect;

/** Plans secured queries: closes the fences that are needed, has the guard look, and writes the backend's text. */
public final class QueryPlanner {
    private static final int CONSTANTS_AT_ONCE = 200;

    private final SqlDialect dialect;

    /** Creates a planner for a backend that reads {@code dialect}. */
    public QueryPlanner(SqlDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Plans a query.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if the backend has no words for it, {@code LIMIT_REACHED} or
     *     {@code SYNTAX} if there is too much of something, {@code INTERNAL} if the guard refuses the plan
     */
    public PlannedQuery plan(SecuredQuery query) {
        List<ResultColumn> columns = ResultTypes.columns(query.query());
        Plan whole = fencedPlan(query);
        RelNode plan = whole.tree();
        int parameters = query.query().parameters().size();
        int ofEach = TextBounds.ofEach(plan);
        PlannedText text = written(() -> BackendText.write(plan, parameters, ofEach, dialect));
        List<PlannedText> checks = Streams.concat(
                        Lists.partition(whole.constants(), CONSTANTS_AT_ONCE).stream()
                                .map(constants -> constants(plan.getCluster(), constants, parameters, ofEach)),
                        whole.parts().stream()
                                .map(part -> written(() -> BackendText.whole(part, parameters, ofEach, dialect))))
                .toList();
        return new PlannedQuery(
                text,
                query.query().root().fields.stream()
                        .map(field -> field.getKey())
                        .toList(),
                columns,
                checks,
                parameters,
                query.rights().slots(),
                query.rights().reads(),
                dialect);
    }

    private PlannedText constants(RelOptCluster cluster, List<RexNode> constants, int parameters, int ofEach) {
        RelNode row = LogicalProject.create(
                LogicalValues.createOneRow(cluster),
                List.of(),
                constants,
                IntStream.range(0, constants.size()).mapToObj(i -> "c" + i).toList(),
                Set.of());
        return written(() -> BackendText.write(row, parameters, ofEach, dialect));
    }

    /** The plan as a text for administrators, who may read the restrictions in it. */
    public String explain(SecuredQuery query) {
        return RelOptUtil.toString(query.rights().withoutSlots(fencedPlan(query).tree()));
    }

    /**
     * What is written.
     *
     * @param parts of the tree that are to be computed before it
     * @param constants likewise
     */
    private record Plan(RelNode tree, List<RelNode> parts, List<RexNode> constants) {}

    private static Plan fencedPlan(SecuredQuery query) {
        NestingLimit.checkAsked(query.tree());
        // Before the barrier is placed, which moves conditions to where no constants are looked for.
        RelNode marked = FailingConstants.marked(query.tree());
        RelNode tree = Barrier.place(marked, query.rights());
        List<RelNode> parts = FailingParts.of(tree);
        RestrictionVerifier.verify(tree, parts, query.rights());
        return new Plan(
                FailingConstants.unmarked(tree),
                parts.stream().map(FailingConstants::unmarked).toList(),
                FailingConstants.of(marked));
    }

    private static PlannedText written(Supplier<PlannedText> text) {
        try {
            return text.get();
        } catch (IcesparException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        } catch (RuntimeException | AssertionError e) {
            // Calcite puts the whole plan into its text.
            throw new IcesparException(ErrorCode.INTERNAL, "the plan could not be written for the backend", e);
        }
    }
}
