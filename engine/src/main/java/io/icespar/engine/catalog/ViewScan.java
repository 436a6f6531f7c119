package io.icespar.engine.catalog;

import io.icespar.security.identity.TableName;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** A view where it is named, without what it stands for: of a query that is looked at, and never run. */
public final class ViewScan extends AbstractRelNode {
    private final TableName name;
    private final RelOptTable view;

    /** Names the view. */
    public ViewScan(RelOptCluster cluster, TableName name, RelOptTable view) {
        super(cluster, RelTraitSet.createEmpty().plus(Convention.NONE));
        this.name = name;
        this.view = view;
    }

    /** The view's name. */
    public TableName viewName() {
        return name;
    }

    @Override
    public RelOptTable getTable() {
        return view;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    protected RelDataType deriveRowType() {
        return view.getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter pw) {
        return super.explainTerms(pw).item("view", view.getQualifiedName());
    }
}
