package io.icespar.security.store;

import io.icespar.security.error.IcesparException;

/** Where the security state is kept. One transaction a change; what was acknowledged is not lost. */
public interface SecurityStore extends AutoCloseable {

    /**
     * Reads the whole state.
     *
     * @throws IcesparException {@code STORE} if it cannot be read or is not a state
     */
    SecurityState load();

    /**
     * Replaces {@code before} by {@code after} in one transaction, writing only what differs. Of both, what providers say
     * is no part of what is stored, see {@link SecurityState#stored}.
     *
     * @return false, with nothing written, if the stored state is no longer {@code before}
     * @throws IcesparException {@code STORE} if it cannot be written; unless the text says otherwise, the stored state
     *     is then still {@code before}
     */
    boolean save(SecurityState before, SecurityState after);

    @Override
    void close();
}
