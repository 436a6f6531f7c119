package io.icespar.jdbc.login;

import java.util.Optional;

/** As what a program is known to the provider: a public client has no secret. */
final class Client {
    private final String id;
    private final Optional<Secret> secret;

    Client(String id, Optional<Secret> secret) {
        this.id = id;
        this.secret = secret;
    }

    String id() {
        return id;
    }

    Optional<Secret> secret() {
        return secret;
    }
}
