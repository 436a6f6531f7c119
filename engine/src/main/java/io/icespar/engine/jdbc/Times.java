package io.icespar.engine.jdbc;

/** How finely times of day and timestamps go to a client. */
public enum Times {
    /** As in Avatica's protocol. */
    MILLISECONDS(3),
    /** As Icespar's own driver takes them, and the engine has them. */
    MICROSECONDS(6);

    private final int digits;

    Times(int digits) {
        this.digits = digits;
    }

    /** How many digits of a second there are. */
    int digits() {
        return digits;
    }
}
