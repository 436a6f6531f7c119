package io.icespar.engine.cube;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A cube where a query names it: a logical node with no physical form, in whose place {@link CubeExpansion} puts tables. */
public final class CubeScan extends AbstractRelNode {
    private final RelOptTable table;
    private final CubeShape shape;

    CubeScan(RelOptCluster cluster, RelOptTable table, CubeShape shape) {
        super(cluster, RelTraitSet.createEmpty().plus(Convention.NONE));
        this.table = table;
        this.shape = shape;
    }

    /** The columns of the cube. */
    public CubeShape shape() {
        return shape;
    }

    @Override
    public RelOptTable getTable() {
        return table;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    protected RelDataType deriveRowType() {
        return table.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter pw) {
        return super.explainTerms(pw).item("cube", table.getQualifiedName());
    }
}
