package io.icespar.server.browser;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.AuthorizationCodeFlow.LoggedIn;
import io.icespar.server.oidc.AuthorizationCodeFlow.NoLogin;
import io.icespar.server.oidc.AuthorizationCodeFlow.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Someone who is logged in with a browser. What the provider said of them holds as long as their access token, and for
 * some minutes at most; then the provider is asked again. Safe for use by several threads.
 */
final class BrowserSession {
    private static final Logger LOG = LoggerFactory.getLogger(BrowserSession.class);

    /** How long nobody asks the provider after it was asked in vain. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** How long the provider is not asked: whom it has logged out, or given other roles, is so here after that. */
    private static final Duration TRUST = Duration.ofMinutes(1);

    private final AuthorizationCodeFlow flow;
    private final Clock clock;
    private final Instant begun;
    private volatile LoggedIn login;
    private volatile Instant asked;

    /** Of the last attempt to renew the login, if the provider did not answer it. Guarded by this. */
    private @Nullable IcesparException failure;

    /** When that was. Guarded by this. */
    private Instant failed = Instant.MIN;

    BrowserSession(LoggedIn login, AuthorizationCodeFlow flow, Clock clock) {
        this.login = login;
        this.flow = flow;
        this.clock = clock;
        this.begun = clock.instant();
        this.asked = begun;
    }

    /** What the login gave. */
    LoggedIn login() {
        return login;
    }

    /** How long the session may last yet, if it may last so long in all. */
    Duration untilEnd(Duration max) {
        return Duration.between(clock.instant(), begun.plus(max));
    }

    /**
     * Who it is; empty if the provider renews the login no more.
     *
     * @param renewed is told what the provider says now
     * @throws IcesparException {@code PROVIDER} if it must be renewed, and the provider does not answer
     */
    Optional<Identity> identity(Consumer<Identity> renewed) {
        Identity present = login.identity();
        return isCurrent() ? Optional.of(present) : renewed(renewed);
    }

    private synchronized Optional<Identity> renewed(Consumer<Identity> renewed) {
        if (isCurrent()) {
            return Optional.of(login.identity());
        }
        if (failure != null && clock.instant().isBefore(failed.plus(PAUSE))) {
            throw new IcesparException(failure.code(), failure.getMessage());
        }
        Result result;
        try {
            result = flow.renew(login);
            failure = null;
        } catch (IcesparException e) {
            if (e.code() == ErrorCode.PROVIDER) {
                failure = e;
                failed = clock.instant();
            }
            throw e;
        }
        if (result instanceof NoLogin ended) {
            LOG.info(
                    "event=session-ended user={} reason=\"{}\"",
                    login.identity().name(),
                    ended.reason());
            return Optional.empty();
        }
        login = (LoggedIn) result;
        asked = clock.instant();
        renewed.accept(login.identity());
        return Optional.of(login.identity());
    }

    private boolean isCurrent() {
        Instant now = clock.instant();
        return now.isBefore(asked.plus(TRUST))
                && login.identity()
                        .assertion()
                        .map(Assertion::expires)
                        .filter(now::isBefore)
                        .isPresent();
    }
}
