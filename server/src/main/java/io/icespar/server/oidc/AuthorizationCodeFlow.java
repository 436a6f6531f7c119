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
import com.nimbusds.oauth2.sdk.auth.Secret;
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
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Logs people in by way of their browser: the authorization code flow of OpenID Connect Core 1.0 §3.1, always with PKCE
 * (RFC 7636), state and nonce. Who they are is what their access token says, as for drivers that send one.
 */
public final class AuthorizationCodeFlow {
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");

    private final OidcSettings settings;
    private final Provider provider;
    private final TokenVerifier accessTokens;
    private final IDTokenValidator idTokens;
    private final ClientID client;

    /** The flow at a provider, whose access tokens the verifier looks at. */
    public AuthorizationCodeFlow(OidcSettings settings, Provider provider, TokenVerifier accessTokens) {
        this.settings = settings;
        this.provider = provider;
        this.accessTokens = accessTokens;
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
     * @param idToken the provider's word that it is so, for logging out there
     * @param refreshToken what the login can be renewed with; empty if it cannot
     */
    public record LoggedIn(Identity identity, String idToken, Optional<String> refreshToken) implements Result {
        @Override
        public String toString() {
            return identity.toString();
        }
    }

    /**
     * Nobody is.
     *
     * @param user who it seems to have been, for the audit
     * @param reason for the audit
     */
    public record Refused(String user, String reason) implements Result {
        Refused(String reason) {
            this(TokenVerdict.UNKNOWN, reason);
        }
    }

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
            return new Refused("the provider's answer holds a parameter twice");
        }
        try {
            response = AuthenticationResponseParser.parse(callback, answer);
        } catch (ParseException | RuntimeException e) {
            // The parsers are not made for all that may be sent.
            return new Refused("the provider's answer was not understood");
        }
        if (!new State(attempt.state()).equals(response.getState())) {
            return new Refused("the answer is to another login");
        }
        // RFC 9207: who answers says who it is, if it ever does.
        Issuer answering = response.getIssuer();
        boolean isNamed = answering != null || metadata.supportsAuthorizationResponseIssuerParam();
        if (isNamed && !new Issuer(settings.issuer()).equals(answering)) {
            return new Refused("the answer is another provider's");
        }
        if (!(response instanceof AuthenticationSuccessResponse success)) {
            return new Refused("the provider refused the login: "
                    + code(response.toErrorResponse().getErrorObject()));
        }
        AuthorizationCode code = success.getAuthorizationCode();
        if (code == null) {
            return new Refused("the provider's answer holds no code");
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
     * The login with a new access token.
     *
     * @return the same user, or why there is no new token
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider does not answer
     */
    public Result renew(LoggedIn login) {
        if (login.refreshToken().isEmpty()) {
            return refused(login, "the access token has expired, and there is no refresh token");
        }
        var grant = new RefreshTokenGrant(new RefreshToken(login.refreshToken().get()));
        Result result =
                exchange(provider.metadata(), grant, tokens -> verified(tokens, login.idToken(), login.refreshToken()));
        return result instanceof LoggedIn renewed && !renewed.identity().isSameUser(login.identity())
                ? refused(login, "the provider renewed the login of another user")
                : result;
    }

    private Result exchange(
            OIDCProviderMetadata metadata, AuthorizationGrant grant, Function<OIDCTokens, Result> next) {
        URI endpoint = endpoint(metadata.getTokenEndpointURI(), "token_endpoint");
        var request = settings.clientSecret()
                .map(secret ->
                        new TokenRequest.Builder(endpoint, authentication(metadata, new Secret(secret.value())), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        TokenResponse response;
        try {
            response = OIDCTokenResponseParser.parse(Provider.send(request.toHTTPRequest()));
        } catch (IOException e) {
            throw provider.unreachable(String.valueOf(e.getMessage()));
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            throw provider.unreachable("its answer was not understood: " + e.getMessage());
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
    private ClientAuthentication authentication(OIDCProviderMetadata metadata, Secret secret) {
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
        TokenVerdict verdict = accessTokens.verify(tokens.getAccessToken().getValue());
        if (verdict instanceof TokenVerdict.Valid valid) {
            return new LoggedIn(valid.identity(), idToken, refreshToken);
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
        try {
            JWT idToken = JWTParser.parse(login.idToken());
            return logoutAddress()
                    .map(endpoint -> new LogoutRequest(endpoint, idToken, null, client, callback, null, null).toURI());
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
