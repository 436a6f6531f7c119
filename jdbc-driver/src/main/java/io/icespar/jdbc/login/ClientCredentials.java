package io.icespar.jdbc.login;

import java.time.Clock;
import java.util.Optional;

/** A program that logs in as itself, with the secret of its client (RFC 6749, section 4.4). */
final class ClientCredentials implements Grant {
    private final String clientId;
    private final Optional<String> scope;
    private final Clock clock;

    /** @param scope what to ask for; what the server names is for people */
    ClientCredentials(String clientId, Optional<String> scope, Clock clock) {
        this.clientId = clientId;
        this.scope = scope;
        this.clock = clock;
    }

    @Override
    public Token request(Provider provider) throws LoginException {
        var form = new Form().with("grant_type", "client_credentials");
        scope.ifPresent(text -> form.with("scope", text));
        return provider.tokens().request(form, clock);
    }

    @Override
    public boolean asksSomeone() {
        return false;
    }

    @Override
    public String holder() {
        return "the client `" + clientId + "`";
    }
}
