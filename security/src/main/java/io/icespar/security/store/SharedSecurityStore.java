package io.icespar.security.store;

import io.icespar.security.error.IcesparException;
import java.time.Duration;

/** A store that several servers use at once, each of which must find out what the others change. */
public interface SharedSecurityStore extends SecurityStore {

    /**
     * The epoch of the stored state; cheap enough to be asked for several times a second.
     *
     * @throws IcesparException {@code STORE} if it cannot be read
     */
    long epoch();

    /** How old a state may be that is decided by, when the store cannot be reached. */
    Duration maxAge();
}
