package io.icespar.engine;

import io.icespar.engine.config.EngineSettings;
import io.icespar.security.Security;
import io.icespar.security.identity.Name;

/** SKELETON: an open engine: tables, security state and backend. Safe for use by several threads. */
public final class Engine implements AutoCloseable {

    /**
     * Opens an engine: loads the tables, opens the security store, and runs the bootstrap script if it is empty.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} or {@code STORE}, with nothing left open
     */
    public static Engine open(EngineSettings settings) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** Authentication and the security state. */
    public Security security() {
        throw new UnsupportedOperationException();
    }

    /** A session of the user, who is authenticated already. Roles are resolved anew for each statement. */
    public Session session(Name user) {
        throw new UnsupportedOperationException(user.toString());
    }

    @Override
    public void close() {}
}
