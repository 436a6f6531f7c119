package io.icespar.security;

import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.audit.Audit;
import io.icespar.security.audit.AuditedStatement;
import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.auth.LoginThrottle;
import io.icespar.security.auth.Origin;
import io.icespar.security.auth.PasswordAuthenticator;
import io.icespar.security.auth.Passwords;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.cube.Cube;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.SecurityStore;
import io.icespar.security.store.SharedSecurityStore;
import io.icespar.security.store.User;
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

    /** How often a change is tried when other servers change the store at the same time. */
    private static final int MAX_ATTEMPTS = 10;

    private final SecurityStore store;
    private final Audit audit;
    private final Passwords passwords;
    private final PasswordAuthenticator authenticator;
    private final LoginThrottle throttle;
    private final ContextValueManager contextValues;

    private final SeenIdentities seen = new SeenIdentities();

    private final Optional<StateWatch> watch;

    /** Written only under this object's lock. */
    private volatile SecurityState state;

    /** What providers say, over any state that is read from the store. Guarded by this object's lock. */
    private Provided provided = new Provided(List.of());

    /** The cubes that the catalog's files declare, likewise. */
    private List<Cube> declared = List.of();

    /** Why the stored state is none to decide by, if another server made it so. Written only under the lock. */
    private volatile Optional<String> unfit = Optional.empty();

    private Security(
            SecurityStore store,
            Audit audit,
            Passwords passwords,
            PasswordAuthenticator authenticator,
            LoginThrottle throttle,
            ContextValueManager contextValues,
            Ticker ticker,
            SecurityState state) {
        this.store = store;
        this.audit = audit;
        this.passwords = passwords;
        this.authenticator = authenticator;
        this.throttle = throttle;
        this.contextValues = contextValues;
        this.state = state;
        this.watch = store instanceof SharedSecurityStore shared
                ? Optional.of(new StateWatch(shared, ticker, this::catchUp))
                : Optional.empty();
    }

    /**
     * Opens what the store holds, hashing and remembering passwords as is usual.
     *
     * @param store belongs to the result from now on; it is closed with it, and also if opening fails
     * @param audit likewise
     * @param limits how many logins may fail
     * @param contextValues decides which of several context values counts
     * @throws IcesparException {@code STORE} if the state cannot be read
     */
    public static Security open(
            SecurityStore store, Audit audit, LoginLimits limits, ContextValueManager contextValues) {
        return open(store, audit, limits, contextValues, Passwords.DEFAULT_COST, Ticker.systemTicker());
    }

    /** As {@link #open(SecurityStore, Audit, LoginLimits, ContextValueManager, int, Ticker)}, with the usual one. */
    public static Security open(SecurityStore store, Audit audit, LoginLimits limits, int passwordCost, Ticker ticker) {
        var contextValues = new ContextValueManager(new ListedAuthorities(List.of()));
        return open(store, audit, limits, contextValues, passwordCost, ticker);
    }

    /**
     * As {@link #open(SecurityStore, Audit, LoginLimits, ContextValueManager)}.
     *
     * @param passwordCost the binary logarithm of the rounds for new password hashes, see {@link Passwords}
     * @param ticker the clock by which verified passwords are forgotten
     */
    public static Security open(
            SecurityStore store,
            Audit audit,
            LoginLimits limits,
            ContextValueManager contextValues,
            int passwordCost,
            Ticker ticker) {
        try {
            SecureRandom random = new SecureRandom();
            Passwords passwords = new Passwords(passwordCost, random);
            LoginThrottle throttle = new LoginThrottle(limits, ticker, random);
            PasswordAuthenticator authenticator = new PasswordAuthenticator(
                    passwords, PasswordAuthenticator.DEFAULT_MEMORY, throttle, ticker, random);
            Security security =
                    new Security(store, audit, passwords, authenticator, throttle, contextValues, ticker, store.load());
            security.watch.ifPresent(StateWatch::start);
            return security;
        } catch (RuntimeException e) {
            try (audit;
                    store) {
                throw e;
            }
        }
    }

    /** What was asked of the server. */
    public Audit audit() {
        return audit;
    }

    /**
     * The present state.
     *
     * @throws IcesparException {@code STALE} if other servers may have changed it, and for too long nobody could look;
     *     or if one changed it so that what a provider says does not fit any more
     */
    public SecurityState state() {
        watch.ifPresent(StateWatch::check);
        checkFit();
        return state;
    }

    private void checkFit() {
        unfit.ifPresent(why -> {
            throw new IcesparException(
                    ErrorCode.STALE,
                    "after a change by another server it is not certain who may see what: " + why
                            + "; tell who runs the server");
        });
    }

    /**
     * From now on, also that holds which providers say.
     *
     * @throws IcesparException {@code CONFIGURATION} if it does not fit to what the store holds
     */
    public synchronized void provide(Provided newProvided) {
        try {
            state = state.with(newProvided);
            provided = newProvided;
        } catch (IcesparException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, e.getMessage(), e);
        }
    }

    /**
     * From now on, the catalog's files declare these cubes, and no others.
     *
     * @throws IcesparException {@code CONFIGURATION} if a view has the name of one, or providers say something of a cube
     *     that would be gone
     */
    public synchronized void declare(List<Cube> newDeclared) {
        for (Cube cube : newDeclared) {
            if (state.views().find(cube.name()).isPresent()) {
                throw new IcesparException(
                        ErrorCode.CONFIGURATION,
                        "cube `" + cube.name() + "` cannot be declared: there is a view of that name, so give the cube"
                                + " another one");
            }
        }
        try {
            state = state.withDeclared(newDeclared);
            declared = List.copyOf(newDeclared);
        } catch (IcesparException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, e.getMessage(), e);
        }
    }

    /** Which of several context values counts, and those that users set for all of their connections. */
    public ContextValueManager contextValues() {
        return contextValues;
    }

    /** Whether {@link #state} gives a state, and no error. */
    public boolean isCurrent() {
        return unfit.isEmpty() && watch.map(StateWatch::isCurrent).orElse(true);
    }

    /** Reads the state anew if the stored one is another. Under the lock, so that no change of our own is passed over. */
    private synchronized void catchUp(long stored) {
        if (stored != state.epoch()) {
            reload();
        }
    }

    private void reload() {
        SecurityState loaded = store.load();
        if (loaded.epoch() == state.epoch()) {
            return;
        }
        try {
            SecurityState whole = loaded.withDeclared(declared);
            publish(provided.facts().isEmpty() ? whole : whole.with(provided));
            LOG.info("event=security-state-changed-elsewhere epoch={}", loaded.epoch());
        } catch (IcesparException e) {
            if (unfit.isEmpty()) {
                LOG.error("event=security-state-unfit epoch={} reason=\"{}\"", loaded.epoch(), e.getMessage());
            }
            unfit = Optional.of(e.getMessage());
        }
    }

    /** Shows the state, and forgets what users set who are no more, or not yet: others have their names since. */
    private void publish(SecurityState next) {
        forgetThoseNotIn(next, state.users());
        forgetThoseNotIn(state, next.users());
        state = next;
        unfit = Optional.empty();
    }

    private void forgetThoseNotIn(SecurityState other, List<User> users) {
        for (User user : users) {
            if (other.findUser(user.name()).isEmpty()) {
                contextValues.forget(user.name());
            }
        }
    }

    /**
     * Carries out a command in one transaction and publishes the new state.
     *
     * @param caller who asks, with the roles held now
     * @throws IcesparException {@code INSUFFICIENT_PRIVILEGE} if the caller is no administrator; {@code AUDIT} if it
     *     cannot be recorded and must be; {@code STORE} if the change could not be stored, and is not made then; else
     *     those of {@link SecurityState#after}
     */
    public void execute(Caller caller, SecurityCommand command) {
        AuditedStatement audited = audit.statement(caller.name(), Optional.empty());
        try {
            execute(caller, command, audited);
        } catch (RuntimeException | Error e) {
            audited.failed(e, 0);
            throw e;
        }
    }

    /**
     * As {@link #execute(Caller, SecurityCommand)}, for a command of which more is known.
     *
     * @param audited is told that the command began and was completed; that it failed is for the caller to tell
     */
    public void execute(Caller caller, SecurityCommand command, AuditedStatement audited) {
        audited.isCommand();
        checkAdministrator(caller);
        audited.begins();
        SecurityState after = change(before -> {
            // The roles may have gone since the caller was looked up, and so may the user.
            if (before.findCaller(caller.identity())
                    .filter(Caller::isAdministrator)
                    .isEmpty()) {
                throw noAdministrator();
            }
            return after(before, command);
        });
        audited.epoch(after.epoch());
        audited.completed(0);
        LOG.info("security command={} by={} epoch={}", kind(command), caller.name(), after.epoch());
    }

    private static void checkAdministrator(Caller caller) {
        if (!caller.isAdministrator()) {
            throw noAdministrator();
        }
    }

    private static IcesparException noAdministrator() {
        return new IcesparException(
                ErrorCode.INSUFFICIENT_PRIVILEGE, "only holders of role `ROLE_ADMIN` may run security commands");
    }

    /**
     * Starts a batch of commands for a state that nobody can administer yet, for it is empty.
     *
     * @throws IcesparException {@code INVALID_STATE} if the state is not empty
     */
    public Bootstrap bootstrap() {
        SecurityState before = state();
        if (!before.isEmpty()) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATE, "the security store is not empty: nothing is bootstrapped");
        }
        return new Bootstrap(this, before);
    }

    /**
     * Checks a user's password, and records the login, but for one of a short while ago that is repeated.
     *
     * @throws IcesparException {@code AUDIT} if the login cannot be recorded and must be
     */
    public AuthenticationResult authenticate(String user, Secret password, Origin origin) {
        SecurityState now = state();
        AuthenticationResult result = authenticator.authenticate(now, user, password, origin);
        if (result instanceof Refused refused) {
            audit.loginRefused(user, origin.text(), ErrorCode.INVALID_AUTHORIZATION, refused.reason());
        } else if (result instanceof Throttled throttled) {
            record(throttled, user, origin);
        } else if (result instanceof Authenticated known && !known.remembered()) {
            try {
                record(now, Identity.local(known.user()), origin);
            } catch (IcesparException e) {
                authenticator.forget(user, password, origin);
                throw e;
            }
        }
        return result;
    }

    /**
     * Records that a provider vouched for someone, and what this comes to here.
     *
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be
     */
    public void recordLogin(Identity identity, Origin origin) {
        record(state(), identity, origin);
        see(identity);
    }

    /**
     * Whether too many logins failed for credentials other than a password to be looked at, be they right or wrong; that
     * is recorded, once in a while.
     *
     * @param user the name in them, as far as it is known
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be
     */
    public Optional<Throttled> findThrottled(String user, Secret credentials, Origin origin) {
        Optional<Throttled> found = throttle.find(credentials, origin);
        found.ifPresent(throttled -> record(throttled, user, origin));
        return found;
    }

    private void record(Throttled throttled, String user, Origin origin) {
        if (throttled.isNews()) {
            audit.loginRefused(user, origin.text(), ErrorCode.TOO_MANY_LOGINS, "too many failed logins before");
        }
    }

    /**
     * Counts and records that credentials other than a password were wrong.
     *
     * @param user the name in them, as far as it is known
     * @param reason a fixed text, for administrators only
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be
     */
    public void recordFailedLogin(String user, Secret credentials, Origin origin, String reason) {
        throttle.failed(credentials, origin);
        audit.loginRefused(user, origin.text(), ErrorCode.INVALID_AUTHORIZATION, reason);
    }

    /**
     * Records that credentials other than a password were refused, though they attack nobody, as those that were good
     * once: they are not counted.
     *
     * @param user the name in them, as far as it is known
     * @param reason a fixed text, for administrators only
     * @throws IcesparException {@code AUDIT} if it cannot be recorded and must be
     */
    public void recordRefusedLogin(String user, Origin origin, String reason) {
        audit.loginRefused(user, origin.text(), ErrorCode.INVALID_AUTHORIZATION, reason);
    }

    private void record(SecurityState now, Identity identity, Origin origin) {
        String user = identity.name().spelling();
        Optional<String> refusal = now.findRefusal(identity);
        if (refusal.isEmpty()
                && now.findCaller(identity).filter(Caller::mayEnter).isEmpty()) {
            refusal = Optional.of("the user does not hold `ROLE_USER`");
        }
        refusal.ifPresentOrElse(
                reason -> audit.loginRefused(user, origin.text(), ErrorCode.INVALID_AUTHORIZATION, reason),
                () -> audit.loginAccepted(user, origin.text()));
    }

    /** Remembers for a while what a provider said of its user, so that administrators can be told what comes of it. */
    public void see(Identity identity) {
        seen.see(identity, state);
    }

    /** What a provider said last of the user, if that is remembered; else the user as known here. */
    public Identity lastSeen(Name user) {
        return seen.last(user, state);
    }

    /**
     * Does nothing if a login still counts.
     *
     * @throws IcesparException {@code INVALID_AUTHORIZATION} if a provider's word on it has expired
     */
    public void checkNotExpired(Identity identity) {
        identity.assertion().map(Assertion::expires).ifPresent(expires -> {
            if (!audit.clock().instant().isBefore(expires)) {
                throw new IcesparException(
                        ErrorCode.INVALID_AUTHORIZATION,
                        "the login of `" + identity.name() + "` has expired: log in again");
            }
        });
    }

    /** The state after the command, with passwords hashed; nothing is stored. */
    SecurityState after(SecurityState before, SecurityCommand command) {
        return before.after(command, passwords::hash);
    }

    /** Stores and publishes what a change makes of the present state, or of the one that another server made of it. */
    synchronized SecurityState change(UnaryOperator<SecurityState> change) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            checkFit();
            SecurityState before = state;
            SecurityState after = change.apply(before);
            if (store.save(before, after)) {
                publish(after);
                return after;
            }
            reload();
        }
        throw new IcesparException(
                ErrorCode.STORE, "the security store is changed by others again and again: the change was not made");
    }

    /** The command's name in words that hold neither names nor conditions. */
    private static String kind(SecurityCommand command) {
        return command.getClass().getSimpleName();
    }

    /** Closes the store and the audit; the last state can still be read. */
    @Override
    public void close() {
        try (audit;
                store) {
            watch.ifPresent(StateWatch::close);
        }
    }
}
