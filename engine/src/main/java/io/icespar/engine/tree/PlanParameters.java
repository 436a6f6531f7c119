package io.icespar.engine.tree;

/**
 * The numbers of dynamic parameters in a tree: from 0 those of the statement and then those of the plan's own; below 0
 * what is known only when the plan runs.
 */
public final class PlanParameters {
    /** The time at which the query is asked, a {@link java.time.LocalDateTime}. */
    public static final int MOMENT = -1;

    private static final int FIRST_SLOT = -2;

    private PlanParameters() {}

    /** The parameter that stands for a slot; slots are numbered from 0. */
    public static int ofSlot(int slot) {
        return FIRST_SLOT - slot;
    }

    /** Whether the parameter stands for a slot. */
    public static boolean isSlot(int parameter) {
        return parameter <= FIRST_SLOT;
    }

    /** The slot that the parameter stands for. */
    public static int slot(int parameter) {
        return FIRST_SLOT - parameter;
    }
}
