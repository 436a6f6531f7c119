package io.icespar.jdbc.login;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ways to log in. Who has logged in by a browser is remembered, and not asked again for further connections to the
 * same server; all else is each connection's own.
 */
public final class Logins {
    private final Browser browser;
    private final Clock clock;
    private final RandomText random;
    private final Map<List<Object>, RenewedToken> people = new ConcurrentHashMap<>();

    /**
     * Creates them.
     *
     * @param browser where people log in
     * @param clock by which tokens expire
     */
    public Logins(Browser browser, Clock clock, SecureRandom random) {
        this.browser = browser;
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /** Those of a program on a desktop. */
    public static Logins ofDesktop() {
        return new Logins(new DesktopBrowser(), Clock.systemUTC(), new SecureRandom());
    }

    /** A user and a password, which the server checks. */
    public Credentials password(String user, String password) {
        return new Password(user, password);
    }

    /**
     * An access token that was got elsewhere.
     *
     * @throws LoginException if no access token can look so
     */
    public Credentials accessToken(String token) throws LoginException {
        return new FixedToken(token);
    }

    /** An access token in a file, which something else keeps fresh. */
    public Credentials accessTokenFile(Path file) {
        return new TokenFile(file);
    }

    /** A program that logs in as itself. */
    public Credentials clientCredentials(LoginTarget target, String clientId, String clientSecret) {
        var grant = new ClientCredentials(clientId, target.scope(), clock);
        return new RenewedToken(target, client(Optional.of(clientId), Optional.of(clientSecret)), grant, clock);
    }

    /** A user and a password, which the provider checks. Without a client, as the one that the server names. */
    public Credentials passwordAtProvider(
            LoginTarget target,
            Optional<String> clientId,
            Optional<String> clientSecret,
            String user,
            String password) {
        var grant = new PasswordGrant(user, new Secret(password), clock);
        return new RenewedToken(target, client(clientId, clientSecret), grant, clock);
    }

    /** A person who logs in in a browser within some time. Without a client, as the one that the server names. */
    public Credentials browser(
            LoginTarget target, Optional<String> clientId, Optional<String> clientSecret, Duration limit) {
        var grant = new BrowserLogin(browser, limit, random, clock);
        var fresh = new RenewedToken(target, client(clientId, clientSecret), grant, clock);
        List<Object> key = List.of(target.server(), target.issuer(), target.scope(), clientId);
        return people.merge(key, fresh, (known, other) -> known.isEnded() ? other : known);
    }

    private static Optional<Client> client(Optional<String> id, Optional<String> secret) {
        return id.map(text -> new Client(text, secret.map(Secret::new)));
    }
}
