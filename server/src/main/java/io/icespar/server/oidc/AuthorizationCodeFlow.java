package io.icespar.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Secret;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in by way of their browser: the authorization code flow of OpenID Connect Core 1.0 §3.1, always with PKCE
 * (RFC 7636), state and nonce. Who they are is what their access token says, as for drivers that send one.
 */
public final class AuthorizationCodeFlow {
    /** How many logins wait for the provider at once. */
    private static final int MAX_AT_ONCE = 16;

    /** How long nobody asks the provider for tokens after it was asked in vain. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** What goes into an address: servers take no longer ones, and ask the user without it. */
    private static final int MAX_HINT = 2_000;

    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

    private final OidcSettings settings;
    private final Provider provider;
    private final TokenVerifier accessTokens;
    private final IDTokenValidator idTokens;
    private final ClientID client;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);
    private volatile Instant nextExchange = Instant.MIN;

    /** The flow at a provider, whose access tokens the verifier looks at. */
    public AuthorizationCodeFlow(OidcSettings settings, Provider provider, TokenVerifier accessTokens, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.accessTokens = accessTokens;
        this.clock = clock;
        this.client = new ClientID(settings.clientId());
        this.idTokens = new IDTokenValidator(
                new Issuer(settings.issuer()),
                client,
                new JWSVerificationKeySelector<>(
                        settings.algorithms().stream().map(JWSAlgorithm::new).collect(Collectors.toSet()),
                        (selector, context) -> provider.keys(selector)),
                null);
    }

    /**
     * What ties a login's two requests together, and to one browser. All of it is secret and drawn by lot.
     *
     * @param state comes back with the provider's answer
     * @param nonce comes back in the ID token
     * @param codeVerifier shows the provider that who brings the code is who asked for it
     */
    public record Attempt(String state, String nonce, String codeVerifier) {
        /** A new one. */
        public static Attempt draw() {
            return new Attempt(new State().getValue(), new Nonce().getValue(), new CodeVerifier().getValue());
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** What comes of a login. */
    public sealed interface Result {}

    /**
     * Someone is logged in.
     *
     * @param identity who
     * @param accessToken by which they are
     * @param idToken the provider's word that it is so, for logging out there
     * @param refreshToken what the login can be renewed with; empty if it cannot
     */
    public record LoggedIn(Identity identity, Secret accessToken, String idToken, Optional<String> refreshToken)
            implements Result {
        @Override
        public String toString() {
            return identity.toString();
        }
    }

    /** Nobody is. */
    public sealed interface NoLogin extends Result {
        /** Why; for the audit. */
        String reason();
    }

    /**
     * The provider does not vouch for anyone.
     *
     * @param user who it seems to have been, for the audit
     */
    public record Refused(String user, String reason) implements NoLogin {
        Refused(String reason) {
            this(TokenVerdict.UNKNOWN, reason);
        }
    }

    /** What came is no answer to the login, and the provider was not asked. */
    public record Unfit(String reason) implements NoLogin {}

    /**
     * Where the browser is sent to.
     *
     * @param callback where it shall come back to
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider never said where that is
     */
    public URI start(Attempt attempt, URI callback) {
        URI endpoint = endpoint(provider.metadata().getAuthorizationEndpointURI(), "authorization_endpoint");
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope(settings.scopes().toArray(String[]::new)), client, callback)
                .endpointURI(endpoint)
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.codeVerifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * What comes of the provider's answer.
     *
     * @param callback where the browser came back to
     * @param answer the parameters it came with
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider does not answer
     */
    public Result finish(Attempt attempt, URI callback, Map<String, List<String>> answer) {
        OIDCProviderMetadata metadata = provider.metadata();
        AuthenticationResponse response;
        if (answer.values().stream().anyMatch(values -> values.size() > 1)) {
            // RFC 6749 §3.1: two readers could take one or the other.
            return new Unfit("the provider's answer holds a parameter twice");
        }
        try {
            response = AuthenticationResponseParser.parse(callback, answer);
        } catch (ParseException | RuntimeException e) {
            // The parsers are not made for all that may be sent.
            return new Unfit("the provider's answer was not understood");
        }
        if (!new State(attempt.state()).equals(response.getState())) {
            return new Unfit("the answer is to another login");
        }
        // RFC 9207: who answers says who it is, if it ever does.
        Issuer answering = response.getIssuer();
        boolean isNamed = answering != null || metadata.supportsAuthorizationResponseIssuerParam();
        if (isNamed && !new Issuer(settings.issuer()).equals(answering)) {
            return new Unfit("the answer is another provider's");
        }
        if (!(response instanceof AuthenticationSuccessResponse success)) {
            return new Unfit("the provider refused the login: "
                    + code(response.toErrorResponse().getErrorObject()));
        }
        AuthorizationCode code = success.getAuthorizationCode();
        if (code == null) {
            return new Unfit("the provider's answer holds no code");
        }
        var grant = new AuthorizationCodeGrant(code, callback, new CodeVerifier(attempt.codeVerifier()));
        return exchange(metadata, grant, tokens -> loggedIn(tokens, new Nonce(attempt.nonce())));
    }

    private Result loggedIn(OIDCTokens tokens, Nonce nonce) {
        JWT idToken = tokens.getIDToken();
        if (idToken == null) {
            return new Refused("the provider gives no ID token");
        }
        IDTokenClaimsSet claims;
        try {
            claims = idTokens.validate(idToken, nonce);
            checkHash(tokens.getAccessToken(), idToken, claims);
            if (claims.getAuthorizedParty() != null
                    && !claims.getAuthorizedParty().getValue().equals(client.getValue())) {
                return new Refused("the ID token does not fit: its azp is another client");
            }
        } catch (BadJOSEException | JOSEException | InvalidHashException e) {
            return new Refused("the ID token does not fit: " + e.getMessage());
        }
        Result result = verified(tokens, idToken.getParsedString(), Optional.empty());
        return result instanceof LoggedIn login
                        && !isOf(login.identity(), claims.getSubject().getValue())
                ? refused(login, "the access token is not of whom the ID token is")
                : result;
    }

    /** Where the ID token tells by a hash which access token it came with, it must be this one (Core 1.0 §3.1.3.8). */
    private static void checkHash(AccessToken token, JWT idToken, IDTokenClaimsSet claims) throws InvalidHashException {
        if (claims.getAccessTokenHash() != null) {
            AccessTokenValidator.validate(
                    token, (JWSAlgorithm) idToken.getHeader().getAlgorithm(), claims.getAccessTokenHash());
        }
    }

    private static boolean isOf(Identity identity, String subject) {
        Object said =
                identity.assertion().map(Assertion::claims).orElse(Map.of()).get("sub");
        return said == null || said.equals(subject);
    }

    /**
     * The login as the provider sees it now: it is asked what the access token is, if that is how tokens are checked, and
     * for a new one if it counts no more. A signed token is replaced by a new one, if there is a refresh token; else it
     * holds until it expires.
     *
     * @return the same user, or why nobody is logged in any more
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider does not answer
     */
    public Result renew(LoggedIn login) {
        boolean isSigned = settings.tokenFormat() == OidcSettings.TokenFormat.JWT;
        if (!isSigned || login.refreshToken().isEmpty()) {
            TokenVerdict verdict = accessTokens.verify(login.accessToken().value());
            if (verdict instanceof TokenVerdict.Valid valid) {
                return same(
                        login,
                        new LoggedIn(valid.identity(), login.accessToken(), login.idToken(), login.refreshToken()));
            }
        }
        if (login.refreshToken().isEmpty()) {
            return refused(login, "the access token counts no more, and there is no refresh token");
        }
        var grant = new RefreshTokenGrant(new RefreshToken(login.refreshToken().get()));
        Result result =
                exchange(provider.metadata(), grant, tokens -> verified(tokens, login.idToken(), login.refreshToken()));
        return result instanceof LoggedIn renewed ? same(login, renewed) : result;
    }

    private static Result same(LoggedIn login, LoggedIn renewed) {
        return renewed.identity().isSameUser(login.identity())
                ? renewed
                : refused(login, "the provider renewed the login of another user");
    }

    private Result exchange(
            OIDCProviderMetadata metadata, AuthorizationGrant grant, Function<OIDCTokens, Result> next) {
        URI endpoint = endpoint(metadata.getTokenEndpointURI(), "token_endpoint");
        var request = settings.clientSecret()
                .map(secret -> new TokenRequest.Builder(
                        endpoint,
                        authentication(metadata, new com.nimbusds.oauth2.sdk.auth.Secret(secret.value())),
                        grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        if (clock.instant().isBefore(nextExchange)) {
            throw provider.unreachable("it did not answer a moment ago");
        }
        // Who waits here keeps others waiting: few may.
        if (!free.tryAcquire()) {
            throw provider.unreachable("too many logins at once");
        }
        TokenResponse response;
        try {
            response = OIDCTokenResponseParser.parse(Provider.send(request.toHTTPRequest()));
        } catch (IOException e) {
            nextExchange = clock.instant().plus(PAUSE);
            throw provider.unreachable(String.valueOf(e.getMessage()));
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw provider.unreachable("its answer was not understood: " + e.getMessage());
        } finally {
            free.release();
        }
        if (response instanceof OIDCTokenResponse success) {
            return next.apply(success.getOIDCTokens());
        }
        ErrorObject error = response.toErrorResponse().getErrorObject();
        if (OAuth2Error.INVALID_CLIENT.equals(error) || OAuth2Error.UNAUTHORIZED_CLIENT.equals(error)) {
            throw provider.unreachable(
                    "it does not let this server log people in: check `client-id` and `client-secret`");
        }
        if (error.getHTTPStatusCode() >= HTTPResponse.SC_SERVER_ERROR) {
            throw provider.unreachable("its token endpoint fails: " + code(error));
        }
        return new Refused("the provider gives no token: " + code(error));
    }

    /** As the provider wants it (Core 1.0 §9); if it does not say, in the header. */
    private ClientAuthentication authentication(
            OIDCProviderMetadata metadata, com.nimbusds.oauth2.sdk.auth.Secret secret) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean isInBody = methods != null
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return isInBody ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }

    private Result verified(OIDCTokens tokens, String idToken, Optional<String> formerRefreshToken) {
        Optional<String> refreshToken = Optional.ofNullable(tokens.getRefreshToken())
                .map(RefreshToken::getValue)
                .or(() -> formerRefreshToken);
        Secret accessToken = new Secret(tokens.getAccessToken().getValue());
        TokenVerdict verdict = accessTokens.verify(accessToken.value());
        if (verdict instanceof TokenVerdict.Valid valid) {
            return new LoggedIn(valid.identity(), accessToken, idToken, refreshToken);
        }
        return verdict instanceof TokenVerdict.Refused refused
                ? new Refused(refused.user(), refused.reason())
                : new Refused("the provider gives a token that has expired");
    }

    /**
     * Where a browser is sent to be logged out at the provider, too (RP-Initiated Logout 1.0).
     *
     * @param callback where it shall come back to
     * @return empty if the provider has no such place, as far as is known
     */
    public Optional<URI> logout(LoggedIn login, URI callback) {
        return logoutAddress()
                .map(endpoint -> new LogoutRequest(endpoint, hint(login), null, client, callback, null, null).toURI());
    }

    private static @Nullable JWT hint(LoggedIn login) {
        try {
            return login.idToken().length() > MAX_HINT ? null : JWTParser.parse(login.idToken());
        } catch (java.text.ParseException e) {
            throw new IllegalStateException("an ID token that was read before", e);
        }
    }

    /** The place that {@link #logout} leads to; empty if there is none, or it is not known at the moment. */
    public Optional<URI> logoutAddress() {
        return provider.findMetadata()
                .map(OIDCProviderMetadata::getEndSessionEndpointURI)
                .flatMap(Provider::endpoint);
    }

    private URI endpoint(@Nullable URI address, String name) {
        return Provider.endpoint(address)
                .orElseThrow(() -> provider.unreachable("it has no `" + name + "` that can be asked safely"));
    }

    private static Refused refused(LoggedIn login, String reason) {
        return new Refused(login.identity().name().spelling(), reason);
    }

    /** The code of an error, if it can be one; an answer that comes by way of a browser may hold anyone's words. */
    private static String code(ErrorObject error) {
        return error.getCode() != null && ERROR_CODE.matcher(error.getCode()).matches()
                ? error.getCode()
                : "no reason given";
    }
}
