package io.icespar.engine.plan;

import com.google.common.collect.Lists;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeField;
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
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if the backend has no words for it, {@code INTERNAL} if the
     *     guard refuses the plan
     */
    public PlannedQuery plan(SecuredQuery query) {
        List<ResultColumn> columns = ResultTypes.columns(query.query());
        RelNode plan = fencedPlan(query);
        BackendText.Text text = write(plan, query.query().parameters().size());
        return new PlannedQuery(
                text.sql(),
                text.parameters(),
                text.values(),
                plan.getRowType().getFieldList().stream()
                        .map(RelDataTypeField::getType)
                        .map(ResultTypes::form)
                        .toList(),
                query.query().root().fields.stream()
                        .map(field -> field.getKey())
                        .toList(),
                columns,
                constants(plan, query.query().parameters().size()));
    }

    private List<PlannedQuery.Constants> constants(RelNode plan, int parameters) {
        return Lists.partition(FailingConstants.of(plan), CONSTANTS_AT_ONCE).stream()
                .map(constants -> constants(plan.getCluster(), constants, parameters))
                .toList();
    }

    private PlannedQuery.Constants constants(RelOptCluster cluster, List<RexNode> constants, int parameters) {
        RelNode row = LogicalProject.create(
                LogicalValues.createOneRow(cluster),
                List.of(),
                constants,
                IntStream.range(0, constants.size()).mapToObj(i -> "c" + i).toList(),
                Set.of());
        BackendText.Text text = write(row, parameters);
        return new PlannedQuery.Constants(
                text.sql(),
                text.parameters(),
                constants.stream().map(RexNode::getType).map(ResultTypes::form).toList());
    }

    /** The plan as a text for administrators, who may read the restrictions in it. */
    public String explain(SecuredQuery query) {
        return RelOptUtil.toString(fencedPlan(query));
    }

    private static RelNode fencedPlan(SecuredQuery query) {
        RelNode plan = Barrier.place(query);
        RestrictionVerifier.verify(plan, query.rights());
        return plan;
    }

    private BackendText.Text write(RelNode plan, int parameters) {
        try {
            return BackendText.write(plan, parameters, dialect);
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
