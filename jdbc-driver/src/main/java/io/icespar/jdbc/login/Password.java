package io.icespar.jdbc.login;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user and a password, which the server checks itself. */
final class Password implements Credentials {
    private final String user;
    private final Secret authorization;

    Password(String user, String password) {
        this.user = user;
        var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.authorization = new Secret("Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    @Override
    public String authorization() {
        return authorization.reveal();
    }

    @Override
    public Optional<String> afterRefusal(String refused) {
        return Optional.empty();
    }

    @Override
    public String meaning(Refusal refusal) {
        return "the user name or the password is wrong"
                + (refusal.offersTokens()
                        ? "; users of the server's identity provider log in with `auth=browser` or `auth=password`"
                        : "");
    }

    @Override
    public String holder() {
        return "`" + user + "`";
    }
}
