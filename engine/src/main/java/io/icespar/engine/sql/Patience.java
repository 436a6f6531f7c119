package io.icespar.engine.sql;

/**
 * How long someone waits for a statement to be planned.
 *
 * <p>Calcite asks nobody while it validates and converts. But it makes types all the time, and so do the stages after it: so
 * the {@linkplain EngineTypes types} of a statement ask.
 */
@FunctionalInterface
public interface Patience {
    /** Waits for ever. */
    Patience ENDLESS = () -> {};

    /**
     * Returns if someone still waits.
     *
     * @throws io.icespar.security.error.IcesparException if not; planning ends with it
     */
    void check();
}
