package io.icespar.server.oidc;

import io.icespar.server.config.OidcSettings;
import java.time.Clock;

/** Finds out whether an access token is the provider's word on someone. Safe for use by several threads. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * Looks at a token; may block while the provider is asked.
     *
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider is needed and does not answer
     */
    TokenVerdict verify(String token);

    /** The verifier of a provider's tokens, for the format that they have. */
    static TokenVerifier of(OidcSettings settings, Provider provider, Clock clock) {
        return switch (settings.tokenFormat()) {
            case JWT -> new JwtVerifier(settings, provider, clock);
            case OPAQUE -> new OpaqueVerifier(settings, provider, clock);
        };
    }
}
