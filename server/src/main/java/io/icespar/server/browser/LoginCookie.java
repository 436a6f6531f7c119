package io.icespar.server.browser;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.oidc.AuthorizationCodeFlow.Attempt;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/**
 * A login that has begun, kept by the browser that began it and sealed by a key that lives as long as the server. So
 * logins that are begun and left cost the server nothing, however many there are.
 */
final class LoginCookie {
    /** How long someone may take at the provider. */
    private static final Duration AGE = Duration.ofMinutes(15);

    private final Cookie cookie;
    private final byte[] key = new byte[32];
    private final Clock clock;

    /**
     * A login that has begun.
     *
     * @param attempt what ties its requests together
     * @param page where to go after it
     */
    record Begun(Attempt attempt, ReturnAddress page) {}

    LoginCookie(ServerAddress address, SecureRandom random, Clock clock) {
        this.cookie = new Cookie("icespar-login", address);
        this.clock = clock;
        random.nextBytes(key);
    }

    /** The cookie that holds a login. */
    HttpCookie keep(Request request, Begun begun) {
        try {
            EncryptedJWT sealed = new EncryptedJWT(
                    new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
                    new JWTClaimsSet.Builder()
                            .claim("state", begun.attempt().state())
                            .claim("nonce", begun.attempt().nonce())
                            .claim("verifier", begun.attempt().codeVerifier())
                            .claim("page", begun.page().path())
                            .expirationTime(Date.from(clock.instant().plus(AGE)))
                            .build());
            sealed.encrypt(new DirectEncrypter(key));
            return cookie.set(request, sealed.serialize(), AGE);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** The login that the browser began here, not too long ago. */
    Optional<Begun> find(Request request) {
        return cookie.find(request).flatMap(this::open);
    }

    private Optional<Begun> open(String text) {
        try {
            EncryptedJWT sealed = EncryptedJWT.parse(text);
            sealed.decrypt(new DirectDecrypter(key));
            JWTClaimsSet claims = sealed.getJWTClaimsSet();
            if (!clock.instant().isBefore(claims.getExpirationTime().toInstant())) {
                return Optional.empty();
            }
            Attempt attempt = new Attempt(
                    claims.getStringClaim("state"), claims.getStringClaim("nonce"), claims.getStringClaim("verifier"));
            return Optional.of(new Begun(attempt, ReturnAddress.of(claims.getStringClaim("page"))));
        } catch (ParseException | JOSEException | RuntimeException e) {
            // A browser may send anything: what this server did not seal is no login.
            return Optional.empty();
        }
    }

    /** Has it forgotten. */
    HttpCookie forget(Request request) {
        return cookie.forget(request);
    }
}
