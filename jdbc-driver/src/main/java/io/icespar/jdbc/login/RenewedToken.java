package io.icespar.jdbc.login;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An access token from a provider, got when it is first needed and renewed before it expires: with its refresh token,
 * or by asking anew where nobody is disturbed by that.
 *
 * <p>While it is good nobody waits: it is renewed in the background, for as long as a connection uses it. Who needs one
 * that is not good waits for the next; of several threads one asks for it, and all share what comes of that.
 *
 * <p>A password that the provider refused is not sent with every statement, which would lock the account: for a while
 * the refusal is repeated instead. The same goes for new tokens in place of those that the server refuses.
 */
final class RenewedToken {
    private final LoginTarget target;
    private final Optional<Client> client;
    private final Grant grant;
    private final Clock clock;
    private final Upkeep upkeep;

    /** How often none was to be had. Who waited meanwhile fails too, rather than ask once more. */
    private final AtomicLong failures = new AtomicLong();

    // Both read without the lock, so that nobody waits for it who need not.
    private volatile @Nullable Token token;
    private volatile boolean ended;

    // All guarded by this.
    private @Nullable LoginException failure;
    private @Nullable Provider provider;

    /** Between renewals in the background where the provider is away. */
    private final Pause retry = new Pause();

    /** After the provider refused. */
    private final Pause refusal = new Pause();

    /** After the server refused what the provider gave. */
    private final Pause replacement = new Pause();

    RenewedToken(LoginTarget target, Optional<Client> client, Grant grant, Clock clock, Background background) {
        this.target = target;
        this.client = client;
        this.grant = grant;
        this.clock = clock;
        this.upkeep = new Upkeep(background, clock, this::renewAhead);
    }

    /** What a connection logs in with; until that is closed the token is kept fresh. */
    Credentials forConnection() {
        var use = new Use();
        upkeep.begin(use);
        return use;
    }

    /** Whether it cannot be renewed any more, so that somebody must be asked to log in again. */
    boolean isEnded() {
        return ended;
    }

    private String authorization() throws LoginException {
        var found = token;
        if (found == null || found.isExpired(clock.instant())) {
            found = next(found);
        }
        return BearerToken.authorization(found.access());
    }

    private Optional<String> afterRefusal(String refused) throws LoginException {
        var found = token;
        if (found != null && BearerToken.authorization(found.access()).equals(refused)) {
            // The next connection asks the person again; this one does with what there is.
            ended = grant.asksSomeone();
            if (ended && found.refresh().isEmpty()) {
                return Optional.empty();
            }
            if (!replaced(found)) {
                return Optional.empty();
            }
        }
        return Optional.of(authorization()).filter(now -> !now.equals(refused));
    }

    /** Whether there is a new token in place of one that the server refused; if not, it is too early for one. */
    private synchronized boolean replaced(Token refused) throws LoginException {
        var now = clock.instant();
        if (token == refused) {
            if (!replacement.isOver(now)) {
                return false;
            }
            if (replacement.isForgotten(now)) {
                replacement.reset();
            }
            replacement.begin(now);
            next(refused);
        }
        return true;
    }

    /** What there is, without asking anybody for more. */
    private Optional<String> ready() {
        var found = token;
        return found == null || found.isExpired(clock.instant())
                ? Optional.empty()
                : Optional.of(BearerToken.authorization(found.access()));
    }

    private void renewAhead() {
        var found = token;
        if (found == null) {
            return;
        }
        try {
            next(found);
        } catch (LoginException e) {
            // It is tried again also when the token has expired, since what renews it may be good for longer. Not so
            // where it was refused: a password that is wrong by now would be sent again and again.
            if (e.reason() == LoginException.Reason.UNREACHABLE) {
                upkeep.isDue(Optional.of(nextRetry()));
            }
        }
    }

    private synchronized Instant nextRetry() {
        return retry.begin(clock.instant());
    }

    /** The token that comes after one, or the first. */
    private Token next(@Nullable Token old) throws LoginException {
        long failuresBefore = failures.get();
        synchronized (this) {
            var found = token;
            if (found != null && found != old) {
                return found;
            }
            if (failure != null && (failures.get() != failuresBefore || !refusal.isOver(clock.instant()))) {
                throw failure;
            }
            try {
                var next = old == null ? login() : renewed(old);
                token = next;
                failure = null;
                retry.reset();
                refusal.reset();
                upkeep.isDue(next.renewal().filter(time -> next.refresh().isPresent() || !grant.asksSomeone()));
                return next;
            } catch (LoginException e) {
                failure = e;
                failures.incrementAndGet();
                // A person who is asked sees to it that nothing is tried too often.
                if (e.reason() == LoginException.Reason.REFUSED && !grant.asksSomeone()) {
                    refusal.begin(clock.instant());
                }
                throw e;
            }
        }
    }

    private Token login() throws LoginException {
        var found = Provider.discover(target, client);
        var first = grant.request(found);
        provider = found;
        return first;
    }

    private Token renewed(Token old) throws LoginException {
        var refresh = old.refresh();
        if (provider != null && refresh.isPresent()) {
            try {
                return provider.tokens().refresh(refresh.get(), clock);
            } catch (LoginException e) {
                if (e.reason() == LoginException.Reason.UNREACHABLE) {
                    throw e.after("the login has expired and cannot be renewed");
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
            throw e.after("the login has expired and cannot be renewed");
        }
    }

    /** The use of the token by one connection. */
    private final class Use implements Credentials {
        @Override
        public String authorization() throws LoginException {
            return RenewedToken.this.authorization();
        }

        @Override
        public Optional<String> ready() {
            return RenewedToken.this.ready();
        }

        @Override
        public Optional<String> afterRefusal(String refused) throws LoginException {
            return RenewedToken.this.afterRefusal(refused);
        }

        @Override
        public String meaning(Refusal refusal) {
            return BearerToken.meaning(
                    refusal,
                    "the access token that the provider gave to " + grant.holder(),
                    "ask who runs the server, whose audit says why");
        }

        @Override
        public String holder() {
            return grant.holder();
        }

        @Override
        public void close() {
            upkeep.end(this);
        }
    }
}
