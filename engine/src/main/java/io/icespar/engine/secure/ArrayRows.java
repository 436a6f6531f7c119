package io.icespar.engine.secure;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The elements of an array as the rows of one column.
 *
 * <p>They go to a backend as a value, not as part of its text: a list of 100,000 elements is read in milliseconds so,
 * where as many literals take seconds. They travel as one text, with a separator that none of them holds.
 */
public final class ArrayRows extends AbstractRelNode {
    private final ArrayText text;

    /**
     * The rows of an array.
     *
     * @param rowType one column of the elements' type
     */
    ArrayRows(RelOptCluster cluster, RelDataType rowType, ArrayText text) {
        super(cluster, cluster.traitSet());
        this.rowType = rowType;
        this.text = text;
    }

    /** The elements, divided by {@link #separator}. */
    public String elements() {
        return text.elements();
    }

    /** What stands between two elements, and in none. */
    public String separator() {
        return text.separator();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("type", rowType.getFieldList().get(0).getType().getFullTypeString())
                .item("elements", text.shown());
    }
}
