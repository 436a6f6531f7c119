package io.icespar.engine.plan;

import org.apache.calcite.rel.RelNode;

/** What counts as able to fail. */
public final class Failures {
    private Failures() {}

    /** Whether an expression of the tree may fail for some row, and so runs on no hidden one. */
    public static boolean possible(RelNode tree) {
        return !CannotFail.everywhere(tree);
    }
}
