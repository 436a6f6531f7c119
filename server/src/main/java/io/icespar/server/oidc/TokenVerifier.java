package io.icespar.server.oidc;

/** Finds out whether an access token is the provider's word on someone. Safe for use by several threads. */
@FunctionalInterface
interface TokenVerifier {

    /**
     * Looks at a token; may block while the provider is asked.
     *
     * @throws io.icespar.security.error.IcesparException {@code PROVIDER} if the provider is needed and does not answer
     */
    TokenVerdict verify(String token);
}
