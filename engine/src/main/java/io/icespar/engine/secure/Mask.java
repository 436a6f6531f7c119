package io.icespar.engine.secure;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * The columns of a table's visible rows as one caller is shown them: without those that do not exist for the caller, and
 * with masks in place of others.
 * Only {@link Rights} decide what it shows.
 */
public final class Mask extends Project {

    private Mask(RelNode rows, List<? extends RexNode> columns, RelDataType rowType) {
        super(rows.getCluster(), rows.getTraitSet(), List.of(), rows, columns, rowType, Set.of());
    }

    /** What is shown of {@code rows}, which have all columns of the table. */
    static Mask over(RelNode rows, ShownColumns columns, RelDataType rowType) {
        return new Mask(rows, columns.expressions(), rowType);
    }

    /** The mask that a fence is around, maybe with conditions over it. */
    public static Optional<Mask> behind(Fence fence) {
        RelNode node = fence.getInput();
        while (node instanceof Filter filter) {
            node = filter.getInput();
        }
        return node instanceof Mask mask ? Optional.of(mask) : Optional.empty();
    }

    @Override
    public Mask copy(RelTraitSet traitSet, RelNode input, List<RexNode> projects, RelDataType rowType) {
        return new Mask(input, projects, rowType);
    }
}
