package io.icespar.jdbc.login;

import java.time.Clock;

/** A user and a password that the provider checks, by way of this program (RFC 6749, section 4.3). */
final class PasswordGrant implements Grant {
    private final String user;
    private final Secret password;
    private final Clock clock;

    PasswordGrant(String user, Secret password, Clock clock) {
        this.user = user;
        this.password = password;
        this.clock = clock;
    }

    @Override
    public Token request(Provider provider) throws LoginException {
        var form = new Form()
                .with("grant_type", "password")
                .with("username", user)
                .with("password", password)
                .with("scope", provider.scope());
        return provider.tokens().request(form, clock);
    }

    @Override
    public boolean asksSomeone() {
        return false;
    }

    @Override
    public String holder() {
        return "`" + user + "`";
    }
}
