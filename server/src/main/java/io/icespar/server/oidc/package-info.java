/**
 * Logging in with what an OpenID Connect provider vouches for: access tokens in each request.
 *
 * <pre>
 * TokenAuthenticator          the Authorization header; what was checked a moment ago; the audit
 * └── TokenVerifier           is the token the provider's word, for us, and of now
 *     ├── JwtVerifier         by the provider's keys, without asking it
 *     └── OpaqueVerifier      by asking the provider
 *         └── Provider        where it is and what its keys are; asks seldom, and recovers
 * </pre>
 *
 * <p>Protocols and cryptography are Nimbus' own. Which roles a user comes to is the security state's to say.
 */
@NullMarked
package io.icespar.server.oidc;

import org.jspecify.annotations.NullMarked;
