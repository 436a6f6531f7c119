package io.icespar.security.privilege;

/** What everyone may read of which nothing was ever granted or revoked, such as a new table. */
public enum DefaultAccess {
    /** All of it. */
    OPEN,
    /** Nothing of it. */
    CLOSED
}
