package io.icespar.engine.secure;

import io.icespar.engine.catalog.Table;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;

/** A scan that a backend may run, since {@link Rights} decided what stands above it. Only they make one. */
public final class SecuredScan extends TableScan {

    SecuredScan(RelOptCluster cluster, RelOptTable table) {
        super(cluster, cluster.traitSet(), List.of(), table);
    }

    /** The table that is scanned. */
    public Table scannedTable() {
        return table.unwrapOrThrow(Table.class);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }
}
