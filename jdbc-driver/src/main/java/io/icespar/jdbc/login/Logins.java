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
 *
 * <p>What a provider gave out is kept fresh in the background for as long as a connection that uses it is open.
 */
public final class Logins implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Browser browser;
    private final Clock clock;
    private final RandomText random;
    private final Background background;
    private final Map<List<Object>, RenewedToken> people = new ConcurrentHashMap<>();

    /**
     * Creates them.
     *
     * @param browser where people log in
     * @param clock by which tokens expire
     * @param background where they are renewed; it is stopped with the logins
     */
    public Logins(Browser browser, Clock clock, SecureRandom random, Background background) {
        this.browser = browser;
        this.clock = clock;
        this.random = new RandomText(random);
        this.background = background;
    }

    /** Those of a program on a desktop. */
    public static Logins ofDesktop() {
        return new Logins(new DesktopBrowser(), Clock.systemUTC(), new SecureRandom(), new BackgroundThread(IDLE));
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
        return login(target, client(Optional.of(clientId), Optional.of(clientSecret)), grant)
                .forConnection();
    }

    /** A user and a password, which the provider checks. Without a client, as the one that the server names. */
    public Credentials passwordAtProvider(
            LoginTarget target,
            Optional<String> clientId,
            Optional<String> clientSecret,
            String user,
            String password) {
        var grant = new PasswordGrant(user, new Secret(password), clock);
        return login(target, client(clientId, clientSecret), grant).forConnection();
    }

    /** A person who logs in in a browser within some time. Without a client, as the one that the server names. */
    public Credentials browser(
            LoginTarget target, Optional<String> clientId, Optional<String> clientSecret, Duration limit) {
        var grant = new BrowserLogin(browser, limit, random, clock);
        var fresh = login(target, client(clientId, clientSecret), grant);
        List<Object> key = List.of(target.server(), target.issuer(), target.scope(), clientId);
        return people.merge(key, fresh, (known, other) -> known.isEnded() ? other : known)
                .forConnection();
    }

    private RenewedToken login(LoginTarget target, Optional<Client> client, Grant grant) {
        return new RenewedToken(target, client, grant, clock, background);
    }

    private static Optional<Client> client(Optional<String> id, Optional<String> secret) {
        return id.map(text -> new Client(text, secret.map(Secret::new)));
    }

    /** Remembers nobody any more, and renews nothing in the background; what is used still works meanwhile. */
    @Override
    public void close() {
        background.stop();
        people.clear();
    }
}
