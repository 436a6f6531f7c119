package io.icespar.jdbc.login;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/** What a login at a provider is for: a server, and what the user said of the provider beforehand. */
public final class LoginTarget {
    private final URI server;
    private final LoginHttp http;
    private final Optional<String> issuer;
    private final Optional<String> scope;

    /**
     * Creates one.
     *
     * @param server the server's scheme, host and port; tokens are sent to no other
     * @param http a client that does not follow redirects
     * @param timeout how long to wait for each answer
     * @param issuer the only provider that will do; otherwise the one that the server names
     * @param scope what to ask the provider for; otherwise what the server names
     */
    public LoginTarget(URI server, HttpClient http, Duration timeout, Optional<String> issuer, Optional<String> scope) {
        this.server = server;
        this.http = new LoginHttp(http, timeout);
        this.issuer = issuer;
        this.scope = scope;
    }

    URI server() {
        return server;
    }

    LoginHttp http() {
        return http;
    }

    Optional<String> issuer() {
        return issuer;
    }

    Optional<String> scope() {
        return scope;
    }
}
