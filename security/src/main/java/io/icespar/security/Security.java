package io.icespar.security;

import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;

/** SKELETON: the facade. */
public final class Security implements AutoCloseable {
    /** The present state. */
    public SecurityState state() {
        throw new UnsupportedOperationException();
    }

    /** Carries out a command in one transaction and publishes the new state. */
    public void execute(Caller administrator, SecurityCommand command) {
        throw new UnsupportedOperationException();
    }

    /** Checks a user's password. */
    public AuthenticationResult authenticate(String user, Secret password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
