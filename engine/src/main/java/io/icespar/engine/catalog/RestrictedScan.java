package io.icespar.engine.catalog;

import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A scan of a table as a caller wrote it: a logical node with no physical form.
 *
 * <p>It is on purpose no {@code TableScan}: no converter and no rule of Calcite's knows it, so a scan that the
 * restriction rule did not reach fails the query instead of giving rows.
 */
public final class RestrictedScan extends AbstractRelNode {
    private final RelOptTable scanned;

    RestrictedScan(RelOptCluster cluster, RelOptTable scanned) {
        super(cluster, RelTraitSet.createEmpty().plus(Convention.NONE));
        this.scanned = scanned;
    }

    @Override
    public RelOptTable getTable() {
        return scanned;
    }

    /** The table that is scanned. */
    public Table scannedTable() {
        return scanned.unwrapOrThrow(Table.class);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    protected RelDataType deriveRowType() {
        return scanned.getRowType();
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return scanned.getRowCount();
    }

    @Override
    public RelWriter explainTerms(RelWriter pw) {
        return super.explainTerms(pw).item("table", scanned.getQualifiedName());
    }
}
