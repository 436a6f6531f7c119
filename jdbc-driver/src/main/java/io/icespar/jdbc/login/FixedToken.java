package io.icespar.jdbc.login;

import java.util.Optional;

/** An access token that was got elsewhere. When it has expired, the connection has too. */
final class FixedToken implements Credentials {
    private final Secret token;

    /** @throws LoginException if no access token can look so */
    FixedToken(String token) throws LoginException {
        var stripped = token.strip();
        if (!BearerToken.isWellFormed(stripped)) {
            throw LoginException.refused(
                    "the option `accessToken` holds no access token: it has characters that none can have");
        }
        this.token = new Secret(stripped);
    }

    @Override
    public String authorization() {
        return BearerToken.authorization(token);
    }

    @Override
    public Optional<String> afterRefusal(String refused) {
        return Optional.empty();
    }

    @Override
    public String meaning(Refusal refusal) {
        return BearerToken.meaning(refusal, "the access token", "connect with a new one");
    }

    @Override
    public String holder() {
        return "the holder of the access token";
    }
}
