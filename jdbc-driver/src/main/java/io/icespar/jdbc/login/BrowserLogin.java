package io.icespar.jdbc.login;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A person who logs in on the provider's own page, in a browser: the authorization code flow with PKCE for programs on
 * a desktop (RFC 8252).
 */
final class BrowserLogin implements Grant {
    private final Browser browser;
    private final Duration limit;
    private final RandomText random;
    private final Clock clock;

    BrowserLogin(Browser browser, Duration limit, RandomText random, Clock clock) {
        this.browser = browser;
        this.limit = limit;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Token request(Provider provider) throws LoginException {
        var state = random.next();
        var nonce = random.next();
        var verifier = random.next();
        try (var listener = RedirectListener.start(state)) {
            var address = provider.authorizationEndpoint();
            var query = new Form()
                    .with("response_type", "code")
                    .with("client_id", provider.client().id())
                    .with("redirect_uri", listener.address().toString())
                    .with("scope", provider.scope())
                    .with("state", state)
                    .with("nonce", nonce)
                    .with("code_challenge", challenge(verifier))
                    .with("code_challenge_method", "S256");
            browser.open(URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query.encoded()));
            var code = code(provider, listener);
            var form = new Form()
                    .with("grant_type", "authorization_code")
                    .with("code", new Secret(code))
                    .with("redirect_uri", listener.address().toString())
                    .with("code_verifier", new Secret(verifier));
            var token = provider.tokens().request(form, clock);
            var identity = token.identity();
            if (identity.isPresent() && !isFor(identity.get(), provider, nonce)) {
                throw LoginException.refused(
                        "the provider `" + provider.issuer() + "` answers with an ID token of another login");
            }
            return token;
        }
    }

    private String code(Provider provider, RedirectListener listener) throws LoginException {
        var answer = listener.await(limit);
        var issuer = Optional.ofNullable(answer.get("iss"));
        // RFC 9207: an answer that another provider has sent, for its own code to be given to this one.
        if (issuer.isEmpty() ? provider.signsAnswers() : !issuer.get().equals(provider.issuer())) {
            throw LoginException.refused(
                    "the browser brought an answer that is not of the provider `" + provider.issuer() + "`");
        }
        var code = answer.get("code");
        if (answer.containsKey("error") || code == null) {
            var description = TokenEndpoint.harmless(
                            answer.getOrDefault("error_description", answer.getOrDefault("error", "")), List.of())
                    .map(text -> " (\"" + text + "\")")
                    .orElse("");
            throw LoginException.refused("the provider `" + provider.issuer() + "` refused the login" + description);
        }
        return code;
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every runtime has it.
        }
    }

    /** Whether an ID token is of this login. It came from the provider itself, so its signature tells nothing more. */
    private static boolean isFor(Secret idToken, Provider provider, String nonce) {
        var parts = idToken.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        String payload;
        try {
            payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
        var claims = JsonObject.parse(payload);
        return claims.flatMap(object -> object.text("nonce"))
                        .filter(nonce::equals)
                        .isPresent()
                && claims.flatMap(object -> object.text("iss"))
                        .filter(provider.issuer()::equals)
                        .isPresent()
                && claims.filter(object ->
                                object.texts("aud").contains(provider.client().id()))
                        .isPresent();
    }

    @Override
    public boolean asksSomeone() {
        return true;
    }

    @Override
    public String holder() {
        return "the user who logged in in the browser";
    }
}
