package io.icespar.jdbc.login;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a provider gives out: an access token, until when it is good, and what it is renewed with. */
final class Token {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Secret access;
    private final Optional<Instant> renewal;
    private final Optional<Instant> expiry;
    private final Optional<Secret> refresh;
    private final Optional<Secret> identity;

    /**
     * Creates one.
     *
     * @param lifetime empty if the provider does not say: then it is good until the server refuses it
     */
    Token(
            Secret access,
            Instant issued,
            Optional<Duration> lifetime,
            Optional<Secret> refresh,
            Optional<Secret> identity) {
        this(
                access,
                lifetime.map(time -> issued.plus(time).minus(margin(time))),
                lifetime.map(issued::plus),
                refresh,
                identity);
    }

    private Token(
            Secret access,
            Optional<Instant> renewal,
            Optional<Instant> expiry,
            Optional<Secret> refresh,
            Optional<Secret> identity) {
        this.access = access;
        this.renewal = renewal;
        this.expiry = expiry;
        this.refresh = refresh;
        this.identity = identity;
    }

    /** The same, renewed with another's refresh token if it brings none. */
    Token orRenewedWith(Secret other) {
        return refresh.isPresent() ? this : new Token(access, renewal, expiry, Optional.of(other), identity);
    }

    private static Duration margin(Duration lifetime) {
        var quarter = lifetime.dividedBy(4);
        return quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN;
    }

    Secret access() {
        return access;
    }

    Optional<Secret> refresh() {
        return refresh;
    }

    /** The ID token. */
    Optional<Secret> identity() {
        return identity;
    }

    /** When it is time for a new one; empty if that is not known. */
    Optional<Instant> renewal() {
        return renewal;
    }

    boolean isExpired(Instant now) {
        return expiry.isPresent() && !now.isBefore(expiry.get());
    }

    @Override
    public String toString() {
        return "***";
    }
}
