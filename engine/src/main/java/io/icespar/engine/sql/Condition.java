package io.icespar.engine.sql;

import io.icespar.engine.catalog.Table;
import io.icespar.security.identity.Name;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * A restriction's condition, resolved.
 *
 * @param predicate over the columns of the table's row; sub-queries in it scan their tables as {@code RestrictedScan}s
 * @param variables by which sub-queries in it refer to the table's row
 * @param table the restricted table
 */
public record Condition(RexNode predicate, Set<CorrelationId> variables, Table table) {
    /** Checks and copies. */
    public Condition {
        variables = Set.copyOf(variables);
    }

    /** The columns of the table that the condition reads, in sub-queries too. */
    public Set<Name> columns() {
        Set<Name> columns = new TreeSet<>();
        predicate.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                columns.add(table.columns().get(reference.getIndex()).name());
                return reference;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                addOuterColumns(subQuery.rel, columns);
                return super.visitSubQuery(subQuery);
            }
        });
        return columns;
    }

    /** The context values that the condition reads, in sub-queries too. */
    public Set<Name> contextValues() {
        return ContextValueFunction.names(predicate);
    }

    private void addOuterColumns(RelNode rel, Set<Name> columns) {
        RexShuttle outer = new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable
                        && variables.contains(variable.id)) {
                    columns.add(
                            table.columns().get(access.getField().getIndex()).name());
                }
                return access;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                addOuterColumns(subQuery.rel, columns);
                return super.visitSubQuery(subQuery);
            }
        };
        rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(outer);
            }
        });
    }
}
