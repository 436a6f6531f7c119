package io.icespar.engine.tree;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The rows of a {@code WITH RECURSIVE}: those of a seed, and those that a step makes of the rows of the step before it,
 * until there are no more. The step reads them as {@link RecursionRows} of the same name. Seed and step are inputs like
 * any other: whatever looks for scans finds those in them.
 */
public final class Recursion extends BiRel {
    private final String name;
    private final boolean all;

    /**
     * Creates a recursion.
     *
     * @param name which no other recursion of the query has
     * @param all whether the same row may come twice
     */
    public Recursion(RelNode seed, RelNode step, RelDataType rowType, String name, boolean all) {
        super(seed.getCluster(), seed.getCluster().traitSet(), seed, step);
        this.rowType = rowType;
        this.name = name;
        this.all = all;
    }

    /** Which recursion of the query it is. */
    public String name() {
        return name;
    }

    /** Whether the same row may come twice. */
    public boolean isAll() {
        return all;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new Recursion(inputs.get(0), inputs.get(1), getRowType(), name, all);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("name", name).item("all", all);
    }
}
