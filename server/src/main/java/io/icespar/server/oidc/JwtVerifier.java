package io.icespar.server.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.icespar.server.config.OidcSettings;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks access tokens that are signed: by the provider's keys only, and by the algorithms that are configured, whatever
 * the token itself names. What it links to or brings along ({@code jku}, {@code x5u}, {@code jwk}) is not looked at.
 */
final class JwtVerifier implements TokenVerifier {
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** A token that lives longer was made by mistake, as one that counts milliseconds. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
    private static final JOSEObjectType LONG_ACCESS_TOKEN = new JOSEObjectType("application/at+jwt");

    private final Set<JWSAlgorithm> algorithms;
    private final Set<String> authorizedParties;
    private final TokenIdentity identities;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();
    private final DefaultJWTClaimsVerifier<SecurityContext> claims;

    JwtVerifier(OidcSettings settings, Provider provider, Clock clock) {
        this.algorithms = settings.algorithms().stream().map(JWSAlgorithm::new).collect(Collectors.toSet());
        this.authorizedParties = settings.authorizedParties();
        this.identities = new TokenIdentity(settings);
        this.clock = clock;
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, LONG_ACCESS_TOKEN, null));
        signatures.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms, (selector, context) -> provider.keys(selector)));
        // They are looked at when it is known who signed them.
        signatures.setJWTClaimsSetVerifier((signed, context) -> {});
        this.claims =
                new DefaultJWTClaimsVerifier<>(
                        settings.audiences(),
                        new JWTClaimsSet.Builder()
                                .issuer(settings.issuer().toString())
                                .build(),
                        Set.of("exp"),
                        null) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew((int) SKEW.toSeconds());
    }

    @Override
    public TokenVerdict verify(String token) {
        try {
            JWT jwt = parsed(token);
            if (!(jwt instanceof SignedJWT signed)) {
                return new TokenVerdict.Refused(
                        jwt instanceof PlainJWT ? "the token is not signed" : "the token is encrypted");
            }
            if (!algorithms.contains(signed.getHeader().getAlgorithm())) {
                return new TokenVerdict.Refused("the token is signed by an algorithm that is not accepted");
            }
            JWTClaimsSet found = signatures.process(signed, null);
            return verify(signed, found);
        } catch (ParseException e) {
            return new TokenVerdict.Refused("the token is no JWT");
        } catch (BadJWSException e) {
            return new TokenVerdict.Refused("the token's signature is not one of the provider's keys");
        } catch (BadJOSEException e) {
            return new TokenVerdict.Refused("the token is signed by no key of the provider, or is no access token");
        } catch (JOSEException e) {
            return new TokenVerdict.Refused("the token's signature cannot be checked");
        }
    }

    private static JWT parsed(String token) throws ParseException {
        try {
            return JWTParser.parse(token);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser is not made for all that may be sent, as a header that is `null`.
            throw new ParseException("not a JWT", 0);
        }
    }

    private TokenVerdict verify(SignedJWT token, JWTClaimsSet found) {
        Map<String, Object> content = found.toJSONObject();
        String user = identities.user(content);
        try {
            claims.verify(found, null);
        } catch (ExpiredJWTException e) {
            // Of someone else's token, nothing is told to who sends it.
            return isForUs(found) && refusal(token, found, content).isEmpty()
                    ? new TokenVerdict.Expired(user)
                    : new TokenVerdict.Refused(user, "the token has expired");
        } catch (BadJWTException e) {
            return new TokenVerdict.Refused(user, "the token does not fit: " + e.getMessage());
        }
        Optional<String> refusal = refusal(token, found, content);
        if (refusal.isPresent()) {
            return new TokenVerdict.Refused(user, refusal.get());
        }
        return identities.of(content, found.getExpirationTime().toInstant().plus(SKEW));
    }

    private boolean isForUs(JWTClaimsSet found) {
        try {
            JWTClaimsSet unexpired = new JWTClaimsSet.Builder(found)
                    .expirationTime(Date.from(clock.instant().plus(SKEW)))
                    .build();
            claims.verify(unexpired, null);
            return true;
        } catch (BadJWTException e) {
            return false;
        }
    }

    private Optional<String> refusal(SignedJWT token, JWTClaimsSet found, Map<String, Object> content) {
        Instant now = clock.instant();
        if (found.getExpirationTime().toInstant().isAfter(now.plus(LONGEST_LIFE))) {
            return Optional.of("the token expires in more than a year");
        }
        if (found.getIssueTime() != null && found.getIssueTime().toInstant().isAfter(now.plus(SKEW))) {
            return Optional.of("the token is of a time to come");
        }
        if (!isAccessToken(token, content)) {
            return Optional.of("the token is not an access token");
        }
        for (String claim : List.of("azp", "client_id")) {
            Object party = content.get(claim);
            if (party != null && (!(party instanceof String client) || !authorizedParties.contains(client))) {
                return Optional.of("the token was given to a client that is not accepted");
            }
        }
        return Optional.empty();
    }

    /**
     * Whether it is no token of another kind, above all no ID token, which is for us too. An access token says what it
     * is by its type (RFC 9068), or in Keycloak's own way, or by the scope it is for, which no ID token has.
     */
    private static boolean isAccessToken(SignedJWT token, Map<String, Object> content) {
        JOSEObjectType type = token.getHeader().getType();
        Object kind = content.get("typ");
        if (kind != null) {
            return "Bearer".equals(kind);
        }
        if (ACCESS_TOKEN.equals(type) || LONG_ACCESS_TOKEN.equals(type)) {
            return true;
        }
        boolean hasScope = content.get("scope") != null || content.get("scp") != null;
        boolean isOther = Set.of("nonce", "at_hash", "c_hash", "s_hash", "events").stream()
                .anyMatch(content::containsKey);
        return hasScope && !isOther;
    }
}
