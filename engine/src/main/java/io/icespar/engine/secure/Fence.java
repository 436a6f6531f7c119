package io.icespar.engine.secure;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;

/**
 * The barrier of DESIGN §5 around a restricted scan, or around several that are joined: nothing that stands above a closed one may be evaluated on rows
 * that do not come out of it. No rule of Calcite's knows the node, so none moves anything across it; a backend's text
 * must say the same in its own words.
 */
public final class Fence extends SingleRel {
    private final boolean closed;

    private Fence(RelNode input, boolean closed) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.closed = closed;
    }

    /** A closed fence around {@code input}. */
    public static Fence closed(RelNode input) {
        return new Fence(input, true);
    }

    /** A fence around {@code input} that a backend may look over, since nothing above it can fail. */
    public static Fence open(RelNode input) {
        return new Fence(input, false);
    }

    /** Whether nothing above it may be evaluated on rows that do not come out of it. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether it is around joined tables, each with a fence of its own, and not around one alone. */
    public boolean isOfJoin() {
        RelNode node = getInput();
        while (node instanceof Filter || (node instanceof Project && !(node instanceof Mask))) {
            node = node.getInput(0);
        }
        return node instanceof Join;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new Fence(sole(inputs), closed);
    }

    @Override
    public RelWriter explainTerms(RelWriter pw) {
        return super.explainTerms(pw).item("closed", closed);
    }
}
