package io.icespar.server.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.OidcSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Checks access tokens by asking the provider: what a token is (RFC 7662), with the client's secret; without a secret or
 * where the provider does not tell that, whose it is (userinfo), which does not say for whom it is.
 */
final class OpaqueVerifier implements TokenVerifier {
    /** How long an answer counts that does not say itself when it ends. */
    private static final Duration UNSAID = Duration.ofMinutes(1);

    /** How many tokens are asked for at once: who floods this server with tokens does not flood the provider. */
    private static final int MAX_AT_ONCE = 16;

    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** How long a token that is refused is not asked for again. */
    private static final Duration REFUSED = Duration.ofSeconds(10);

    private static final int MAX_REMEMBERED = 10_000;

    private static final TokenVerdict.Refused INACTIVE =
            new TokenVerdict.Refused("the provider does not know the token, or it counts no more");

    private final OidcSettings settings;
    private final Provider provider;
    private final TokenIdentity identities;
    private final Clock clock;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE, true);
    private final Cache<TokenHash, TokenVerdict.Refused> refused = Caffeine.newBuilder()
            .expireAfterWrite(REFUSED)
            .maximumSize(MAX_REMEMBERED)
            .build();

    OpaqueVerifier(OidcSettings settings, Provider provider, Clock clock) {
        this.settings = settings;
        this.provider = provider;
        this.identities = new TokenIdentity(settings);
        this.clock = clock;
    }

    @Override
    public TokenVerdict verify(String token) {
        TokenHash hash = TokenHash.of(token);
        TokenVerdict.Refused known = refused.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        TokenVerdict verdict = asked(token);
        if (verdict instanceof TokenVerdict.Refused refusal) {
            refused.put(hash, refusal);
        }
        return verdict;
    }

    private TokenVerdict asked(String token) {
        Optional<URI> introspection = Provider.endpoint(provider.metadata().getIntrospectionEndpointURI());
        if (!isFree()) {
            throw provider.unreachable("too many tokens at once");
        }
        try {
            return introspection.isPresent() && settings.clientSecret().isPresent()
                    ? introspected(introspection.get(), settings.clientSecret().get(), token)
                    : described(new LinkedHashMap<>(), token, clock.instant().plus(UNSAID));
        } catch (IOException e) {
            throw provider.unreachable(String.valueOf(e.getMessage()));
        } catch (IcesparException e) {
            throw e;
        } catch (ParseException | RuntimeException e) {
            // The parsers are not made for all that may be answered, as the content type `//`.
            throw provider.unreachable("its answer was not understood: " + e.getMessage());
        } finally {
            free.release();
        }
    }

    private boolean isFree() {
        try {
            return free.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private TokenVerdict introspected(URI endpoint, io.icespar.security.identity.Secret secret, String token)
            throws IOException, ParseException {
        ClientSecretBasic client = new ClientSecretBasic(new ClientID(settings.clientId()), new Secret(secret.value()));
        HTTPRequest request =
                new TokenIntrospectionRequest(endpoint, client, new BearerAccessToken(token)).toHTTPRequest();
        TokenIntrospectionResponse response = TokenIntrospectionResponse.parse(Provider.send(request));
        if (!(response instanceof TokenIntrospectionSuccessResponse answer)) {
            throw provider.unreachable("it refuses to tell what a token is: check `client-id` and `client-secret`");
        }
        if (!answer.isActive()) {
            return INACTIVE;
        }
        Map<String, Object> claims = new LinkedHashMap<>(answer.toJSONObject());
        String user = identities.user(claims);
        Optional<String> refusal = unreadable(answer, claims).or(() -> refusal(answer));
        if (refusal.isPresent()) {
            return new TokenVerdict.Refused(user, refusal.get());
        }
        Instant now = clock.instant();
        Instant expires = Optional.ofNullable(answer.getExpirationTime())
                .map(time -> time.toInstant())
                .orElse(now.plus(UNSAID));
        if (!now.isBefore(expires)) {
            return new TokenVerdict.Expired(user);
        }
        return claims.get(settings.nameClaim()) == null
                ? described(claims, token, expires)
                : identities.of(claims, expires);
    }

    /** Nimbus leaves out what it cannot read, and what is missing is not checked. */
    private static Optional<String> unreadable(TokenIntrospectionSuccessResponse answer, Map<String, Object> claims) {
        Map<String, Optional<?>> read = Map.of(
                "iss", Optional.ofNullable(answer.getIssuer()),
                "aud", Optional.ofNullable(answer.getAudience()),
                "client_id", Optional.ofNullable(answer.getClientID()),
                "exp", Optional.ofNullable(answer.getExpirationTime()));
        return read.entrySet().stream()
                .filter(claim ->
                        claims.get(claim.getKey()) != null && claim.getValue().isEmpty())
                .map(claim -> "the provider tells `" + claim.getKey() + "` in a form that cannot be read")
                .sorted()
                .findFirst();
    }

    private Optional<String> refusal(TokenIntrospectionSuccessResponse answer) {
        boolean isOurs = answer.getIssuer() == null
                || answer.getIssuer().getValue().equals(settings.issuer().toString());
        if (!isOurs) {
            return Optional.of("the token is another provider's");
        }
        boolean saysFor = answer.getAudience() != null && !answer.getAudience().isEmpty();
        if (saysFor
                && answer.getAudience().stream().map(Audience::getValue).noneMatch(settings.audiences()::contains)) {
            return Optional.of("the token is for others");
        }
        ClientID client = answer.getClientID();
        if (client != null && !settings.authorizedParties().contains(client.getValue())) {
            return Optional.of("the token was given to a client that is not accepted");
        }
        return saysFor || client != null
                ? Optional.empty()
                : Optional.of("the provider says neither for whom the token is nor to which client it was given");
    }

    /** With what the provider tells of the user. */
    private TokenVerdict described(Map<String, Object> known, String token, Instant expires)
            throws IOException, ParseException {
        Optional<URI> endpoint = Provider.endpoint(provider.metadata().getUserInfoEndpointURI());
        if (endpoint.isEmpty()) {
            throw provider.unreachable("it has no `userinfo_endpoint`");
        }
        HTTPResponse answer =
                Provider.send(new UserInfoRequest(endpoint.get(), new BearerAccessToken(token)).toHTTPRequest());
        if (answer.getStatusCode() == HTTPResponse.SC_UNAUTHORIZED
                || answer.getStatusCode() == HTTPResponse.SC_FORBIDDEN
                || answer.getStatusCode() == HTTPResponse.SC_BAD_REQUEST) {
            return INACTIVE;
        }
        UserInfoResponse response = UserInfoResponse.parse(answer);
        if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
            throw provider.unreachable("its answer on a user is none, or is signed or encrypted");
        }
        Map<String, Object> claims =
                new LinkedHashMap<>(response.toSuccessResponse().getUserInfo().toJSONObject());
        Object subject = known.get("sub");
        if (subject != null && !subject.equals(claims.get("sub"))) {
            return new TokenVerdict.Refused("the provider describes another user than the token's");
        }
        known.forEach(claims::putIfAbsent);
        return identities.of(claims, expires);
    }
}
