package io.icespar.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.PasswordAuthenticator;
import io.icespar.security.auth.Passwords;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.SecurityStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may see what, kept in a store: the present state, the commands that change it, and the login by password.
 *
 * <p>Readers take {@link #state} once and decide everything by it. Changes go one after another: the next state is
 * computed, stored, and only then shown. Safe for use by several threads.
 */
public final class Security implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Security.class);

    private final SecurityStore store;
    private final Passwords passwords;
    private final PasswordAuthenticator authenticator;
    private final ContextValueManager contextValues;

    /** Written only under this object's lock. */
    private volatile SecurityState state;

    private Security(
            SecurityStore store,
            Passwords passwords,
            PasswordAuthenticator authenticator,
            ContextValueManager contextValues,
            SecurityState state) {
        this.store = store;
        this.passwords = passwords;
        this.authenticator = authenticator;
        this.contextValues = contextValues;
        this.state = state;
    }

    /**
     * Opens what the store holds, hashing and remembering passwords as is usual.
     *
     * @param store belongs to the result from now on; it is closed with it, and also if opening fails
     * @throws IcesparException {@code STORE} if the state cannot be read
     */
    public static Security open(SecurityStore store) {
        return open(store, new ListedAuthorities(List.of()));
    }

    /** As {@link #open(SecurityStore)}, where roles that say different things are heard by their authority. */
    public static Security open(SecurityStore store, AuthorityComparator authorities) {
        return open(store, authorities, Passwords.DEFAULT_COST, Ticker.systemTicker());
    }

    /** As {@link #open(SecurityStore, AuthorityComparator, int, Ticker)}, with the usual authorities. */
    public static Security open(SecurityStore store, int passwordCost, Ticker ticker) {
        return open(store, new ListedAuthorities(List.of()), passwordCost, ticker);
    }

    /**
     * As {@link #open(SecurityStore, AuthorityComparator)}.
     *
     * @param passwordCost the binary logarithm of the rounds for new password hashes, see {@link Passwords}
     * @param ticker the clock by which verified passwords are forgotten
     */
    public static Security open(SecurityStore store, AuthorityComparator authorities, int passwordCost, Ticker ticker) {
        try {
            SecureRandom random = new SecureRandom();
            Passwords passwords = new Passwords(passwordCost, random);
            PasswordAuthenticator authenticator =
                    new PasswordAuthenticator(passwords, PasswordAuthenticator.DEFAULT_MEMORY, ticker, random);
            return new Security(store, passwords, authenticator, new ContextValueManager(authorities), store.load());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** The present state. */
    public SecurityState state() {
        return state;
    }

    /** Which of several context values counts, and those that users set for all of their connections. */
    public ContextValueManager contextValues() {
        return contextValues;
    }

    /**
     * Carries out a command in one transaction and publishes the new state.
     *
     * @param caller who asks, with the roles held now
     * @throws IcesparException {@code INSUFFICIENT_PRIVILEGE} if the caller is no administrator; {@code STORE} if the
     *     change could not be stored, and is not made then; else those of {@link SecurityState#after}
     */
    public void execute(Caller caller, SecurityCommand command) {
        if (!caller.isAdministrator()) {
            throw new IcesparException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE, "only holders of role `ROLE_ADMIN` may run security commands");
        }
        SecurityState after = change(before -> after(before, command));
        if (command instanceof SecurityCommand.DropUser drop) {
            // Whoever is created under the name is someone else.
            contextValues.resetGlobal(drop.name(), Optional.empty());
        }
        LOG.info("security command={} by={} epoch={}", kind(command), caller.name(), after.epoch());
    }

    /**
     * Starts a batch of commands for a state that nobody can administer yet, for it is empty.
     *
     * @throws IcesparException {@code INVALID_STATE} if the state is not empty
     */
    public Bootstrap bootstrap() {
        SecurityState before = state;
        if (!before.isEmpty()) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATE, "the security store is not empty: nothing is bootstrapped");
        }
        return new Bootstrap(this, before);
    }

    /** Checks a user's password. */
    public AuthenticationResult authenticate(String user, Secret password) {
        return authenticator.authenticate(state, user, password);
    }

    /** The state after the command, with passwords hashed; nothing is stored. */
    SecurityState after(SecurityState before, SecurityCommand command) {
        return before.after(command, passwords::hash);
    }

    /** Stores and publishes what a change makes of the present state. */
    synchronized SecurityState change(UnaryOperator<SecurityState> change) {
        SecurityState before = state;
        SecurityState after = change.apply(before);
        store.save(before, after);
        state = after;
        return after;
    }

    /** The command's name in words that hold neither names nor conditions. */
    private static String kind(SecurityCommand command) {
        return command.getClass().getSimpleName();
    }

    /** Closes the store; the last state can still be read. */
    @Override
    public void close() {
        store.close();
    }
}
