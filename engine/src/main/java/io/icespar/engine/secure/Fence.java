package io.icespar.engine.secure;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Filter;

/**
 * The barrier of DESIGN §5 around a restricted scan, or around a part of the query's own: nothing that stands above a
 * closed one may be evaluated on rows that do not come out of it. No rule of Calcite's knows the node, so none moves anything across it; a backend's text
 * must say the same in its own words.
 */
public final class Fence extends SingleRel {
    private final boolean closed;
    private final boolean ofTable;

    private Fence(RelNode input, boolean closed, boolean ofTable) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.closed = closed;
        this.ofTable = ofTable;
    }

    /** A closed fence around {@code input}. */
    public static Fence closed(RelNode input) {
        return new Fence(input, true, holdsTable(input));
    }

    /** A fence around {@code input} that a backend may look over, since nothing above it can fail. */
    public static Fence open(RelNode input) {
        return new Fence(input, false, holdsTable(input));
    }

    /** A closed fence around a part of the query's own, of whatever form. */
    public static Fence ofPart(RelNode input) {
        return new Fence(input, true, false);
    }

    /** Whether nothing above it may be evaluated on rows that do not come out of it. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it is around the visible rows of one table, and not around a part of the query's own. */
    public boolean isOfTable() {
        return ofTable;
    }

    private static boolean holdsTable(RelNode input) {
        RelNode node = input;
        while (node instanceof Filter) {
            node = node.getInput(0);
        }
        return node instanceof SecuredScan || node instanceof Mask;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new Fence(sole(inputs), closed, ofTable);
    }

    @Override
    public RelWriter explainTerms(RelWriter pw) {
        return super.explainTerms(pw).item("closed", closed);
    }
}
