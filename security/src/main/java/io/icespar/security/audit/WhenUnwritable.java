package io.icespar.security.audit;

/** What becomes of work that cannot be recorded, as when the disk is full. */
public enum WhenUnwritable {
    /** It is refused, before anything is given out or done. */
    REFUSE,
    /** It goes on unrecorded; the server's log says so once. */
    CONTINUE
}
