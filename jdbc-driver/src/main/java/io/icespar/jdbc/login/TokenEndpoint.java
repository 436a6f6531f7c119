package io.icespar.jdbc.login;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a provider gives out tokens (RFC 6749, section 3.2). */
final class TokenEndpoint {
    private static final Set<String> ERRORS = Set.of(
            "access_denied",
            "invalid_client",
            "invalid_grant",
            "invalid_request",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type");
    private static final int MAX_DESCRIPTION = 200;
    private static final double MAX_LIFETIME = Duration.ofDays(365).toSeconds();

    private final LoginHttp http;
    private final String issuer;
    private final URI address;
    private final Client client;
    private final List<String> authMethods;

    TokenEndpoint(LoginHttp http, String issuer, URI address, Client client, List<String> authMethods) {
        this.http = http;
        this.issuer = issuer;
        this.address = address;
        this.client = client;
        this.authMethods = authMethods;
    }

    /** Asks for a token, as the client. */
    Token request(Form form, Clock clock) throws LoginException {
        var authorization = Optional.<Secret>empty();
        if (client.secret().isEmpty()) {
            form.with("client_id", client.id());
        } else if (authMethods.contains("client_secret_basic")) {
            authorization = Optional.of(basic(client.id(), client.secret().get()));
        } else if (authMethods.contains("client_secret_post")) {
            form.with("client_id", client.id())
                    .with("client_secret", client.secret().get());
        } else {
            throw LoginException.refused(
                    "the provider `" + issuer + "` takes no client secrets, so the option `clientSecret` has no use");
        }
        var issued = clock.instant();
        var answer = http.post(address, form.encoded(), authorization);
        var status = answer.statusCode();
        if (status == 400 || status == 401 || status == 403) {
            var secrets = new ArrayList<>(form.secrets());
            client.secret().ifPresent(secrets::add);
            authorization.ifPresent(secrets::add);
            throw refused(answer, secrets);
        }
        var token = LoginHttp.object(answer);
        var access = token.text("access_token").filter(BearerToken::isWellFormed);
        if (access.isEmpty() || !token.text("token_type").orElse("").equalsIgnoreCase("Bearer")) {
            throw LoginException.unreachable("the provider `" + issuer + "` answers with no bearer token");
        }
        return new Token(
                new Secret(access.get()),
                issued,
                // A lifetime that cannot be is as good as none.
                token.number("expires_in").filter(seconds -> seconds >= 1).map(TokenEndpoint::lifetime),
                token.text("refresh_token").map(Secret::new),
                token.text("id_token").map(Secret::new));
    }

    /** Renews a token. The new one is renewed in its turn with what it brings, or with what this one was. */
    Token refresh(Secret refreshToken, Clock clock) throws LoginException {
        var form = new Form().with("grant_type", "refresh_token").with("refresh_token", refreshToken);
        return request(form, clock).orRenewedWith(refreshToken);
    }

    private static Duration lifetime(double seconds) {
        return Duration.ofSeconds((long) Math.min(seconds, MAX_LIFETIME));
    }

    private static Secret basic(String id, Secret secret) {
        // RFC 6749, section 2.3.1: both are encoded as in a form first.
        var credentials = Form.encode(id) + ":" + Form.encode(secret.reveal());
        return new Secret("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private LoginException refused(HttpResponse<String> answer, List<Secret> secrets) {
        var error = JsonObject.parse(answer.body());
        var code = error.flatMap(object -> object.text("error"))
                .filter(ERRORS::contains)
                .orElse("HTTP " + answer.statusCode());
        var description = error.flatMap(object -> object.text("error_description"))
                .flatMap(text -> harmless(text, secrets))
                .map(text -> ", \"" + text + "\"")
                .orElse("");
        return LoginException.refused("the provider `" + issuer + "` refused the login (" + code + description + ")");
    }

    /** A text of the provider, if it can be shown: it may hold anything, also what was sent. */
    static Optional<String> harmless(String text, List<Secret> secrets) {
        return text.length() <= MAX_DESCRIPTION
                        && text.matches("[ -~]+")
                        && secrets.stream().noneMatch(secret -> secret.isIn(text))
                ? Optional.of(text)
                : Optional.empty();
    }
}
