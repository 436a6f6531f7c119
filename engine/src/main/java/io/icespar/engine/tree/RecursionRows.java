package io.icespar.engine.tree;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** In the step of a {@link Recursion}, the rows that the step before it gave. It reads no table. */
public final class RecursionRows extends AbstractRelNode {
    private final String name;

    /**
     * Creates it.
     *
     * @param name that of the recursion
     */
    public RecursionRows(RelOptCluster cluster, RelDataType rowType, String name) {
        super(cluster, cluster.traitSet());
        this.rowType = rowType;
        this.name = name;
    }

    /** The name of the recursion. */
    public String name() {
        return name;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("name", name);
    }
}
