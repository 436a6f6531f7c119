package io.icespar.jdbc.login;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An access token from a provider, got when it is first needed and renewed before it expires: with its refresh token,
 * or by asking anew where nobody is disturbed by that. Of several threads one does so, and the others wait for it.
 */
final class RenewedToken implements Credentials {
    private final LoginTarget target;
    private final Optional<Client> client;
    private final Grant grant;
    private final Clock clock;

    /** How many logins have failed. Who waited while one did fails with it, rather than ask a person once more. */
    private final AtomicLong failures = new AtomicLong();

    /** Read without waiting for a login that goes on. */
    private volatile boolean ended;

    // All guarded by this.
    private @Nullable LoginException failure;
    private @Nullable Provider provider;
    private @Nullable Token token;

    RenewedToken(LoginTarget target, Optional<Client> client, Grant grant, Clock clock) {
        this.target = target;
        this.client = client;
        this.grant = grant;
        this.clock = clock;
    }

    @Override
    public String authorization() throws LoginException {
        long failuresBefore = failures.get();
        synchronized (this) {
            if (failure != null && failures.get() != failuresBefore) {
                throw failure;
            }
            return BearerToken.authorization(current().access());
        }
    }

    @Override
    public synchronized Optional<String> afterRefusal(String refused) throws LoginException {
        var found = token;
        if (found != null && BearerToken.authorization(found.access()).equals(refused)) {
            // The next connection asks the person again; this one does with what there is.
            ended = grant.asksSomeone();
            if (ended && found.refresh().isEmpty()) {
                return Optional.empty();
            }
            token = renewed(found);
        }
        return Optional.of(authorization()).filter(now -> !now.equals(refused));
    }

    /** Whether it cannot be renewed any more, so that somebody must be asked to log in again. */
    boolean isEnded() {
        return ended;
    }

    private Token current() throws LoginException {
        var found = token;
        if (found == null) {
            found = login();
        } else if (found.isDue(clock.instant())) {
            try {
                found = renewed(found);
            } catch (LoginException e) {
                if (found.isExpired(clock.instant())) {
                    throw e;
                }
                // Still good for a while, and the provider may be back by then.
            }
        }
        token = found;
        return found;
    }

    private Token login() throws LoginException {
        try {
            var found = Provider.discover(target, client);
            var first = grant.request(found);
            provider = found;
            return first;
        } catch (LoginException e) {
            failure = e;
            failures.incrementAndGet();
            throw e;
        }
    }

    private Token renewed(Token old) throws LoginException {
        var refresh = old.refresh();
        if (provider != null && refresh.isPresent()) {
            try {
                return provider.tokens().refresh(refresh.get(), clock);
            } catch (LoginException e) {
                if (e.reason() == LoginException.Reason.UNREACHABLE) {
                    throw LoginException.refused("the login has expired and cannot be renewed: " + e.text());
                }
            }
        }
        if (grant.asksSomeone()) {
            ended = true;
            // Who logs in next may be someone else: this login does not come back.
            provider = null;
            throw LoginException.refused("the login has expired and cannot be renewed: connect again to log in again");
        }
        try {
            return login();
        } catch (LoginException e) {
            throw LoginException.refused("the login has expired and cannot be renewed: " + e.text());
        }
    }

    @Override
    public String refusal() {
        return "the server does not accept the access token that the provider gave to " + grant.holder();
    }

    @Override
    public String holder() {
        return grant.holder();
    }
}
