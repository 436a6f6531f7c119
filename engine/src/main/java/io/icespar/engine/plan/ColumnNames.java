package io.icespar.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Gives each column of a plan a name that no other column beside it has, in whatever case.
 *
 * <p>Calcite tells apart what a backend does not: of a join of two tables with a column {@code id} each, it calls the
 * second one {@code id0}, and writes so, but {@code SELECT *} gives two columns {@code id}. If there is a true column
 * {@code id0}, then that is the one the backend takes.
 */
final class ColumnNames {
    private ColumnNames() {}

    /** The node, whose inputs have such names already, with such names. */
    static RelNode unique(RelNode rel) {
        if (rel instanceof Join join && join.getJoinType().projectsRight()) {
            return rel.copy(rel.getTraitSet(), List.of(join.getLeft(), besides(join.getLeft(), join.getRight())));
        }
        if (rel instanceof Correlate correlate && correlate.getJoinType().projectsRight()) {
            RelNode right = besides(correlate.getLeft(), correlate.getRight());
            return rel.copy(rel.getTraitSet(), List.of(correlate.getLeft(), right));
        }
        List<String> names = rel.getRowType().getFieldNames();
        List<String> unique = SqlValidatorUtil.uniquify(names, false);
        if (unique.equals(names)) {
            return rel;
        }
        return rel instanceof Project project
                ? LogicalProject.create(
                        project.getInput(),
                        project.getHints(),
                        project.getProjects(),
                        unique,
                        project.getVariablesSet())
                : renamed(rel, unique);
    }

    private static RelNode besides(RelNode left, RelNode right) {
        List<String> taken = left.getRowType().getFieldNames();
        List<String> names = new ArrayList<>(taken);
        names.addAll(right.getRowType().getFieldNames());
        List<String> unique = SqlValidatorUtil.uniquify(names, false);
        return unique.equals(names) ? right : renamed(right, unique.subList(taken.size(), unique.size()));
    }

    private static RelNode renamed(RelNode rel, List<String> names) {
        RexBuilder rexBuilder = rel.getCluster().getRexBuilder();
        return LogicalProject.create(
                rel,
                List.of(),
                rel.getRowType().getFieldList().stream()
                        .map(field -> (RexNode) rexBuilder.makeInputRef(rel, field.getIndex()))
                        .toList(),
                names,
                Set.of());
    }
}
