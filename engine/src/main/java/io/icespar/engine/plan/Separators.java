package io.icespar.engine.plan;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** What stands between the texts that an aggregate puts together: to a backend a constant, to Calcite one more column. */
final class Separators {
    private Separators() {}

    /** Whether the aggregate has none, or one that is the same for all rows wherever its input comes from. */
    static boolean areKnown(AggregateCall call, RelNode input) {
        return column(call).stream().allMatch(column -> known(input, column).isPresent());
    }

    /** The aggregate with its separators written next to it: Calcite makes literals above {@code VALUES} values. */
    static RelNode written(Aggregate aggregate) {
        if (!(aggregate.getInput() instanceof Values values)) {
            return aggregate;
        }
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>(rexBuilder.identityProjects(values.getRowType()));
        boolean any = false;
        for (AggregateCall call : aggregate.getAggCallList()) {
            for (int column : column(call)) {
                columns.set(column, known(values, column).orElseThrow());
                any = true;
            }
        }
        return any
                ? aggregate.copy(
                        aggregate.getTraitSet(),
                        List.of(LogicalProject.create(
                                values, List.of(), columns, values.getRowType().getFieldNames(), Set.of())))
                : aggregate;
    }

    /** Whether one of the aggregates has a separator. */
    static boolean areIn(Aggregate aggregate) {
        return aggregate.getAggCallList().stream()
                .anyMatch(call -> !column(call).isEmpty());
    }

    private static Optional<RexLiteral> known(RelNode input, int column) {
        Set<RexNode> all = new LinkedHashSet<>();
        if (input instanceof Project project) {
            all.add(project.getProjects().get(column));
        }
        if (input instanceof Values values) {
            values.getTuples().forEach(row -> all.add(row.get(column)));
        }
        return all.size() == 1 && Iterables.getOnlyElement(all) instanceof RexLiteral literal && !literal.isNull()
                ? Optional.of(literal)
                : Optional.empty();
    }

    /** The column of the separator, if the aggregate has one. */
    private static List<Integer> column(AggregateCall call) {
        return call.getArgList().size() == 2 && call.getAggregation().getKind() == SqlKind.LISTAGG
                ? List.of(call.getArgList().get(1))
                : List.of();
    }
}
