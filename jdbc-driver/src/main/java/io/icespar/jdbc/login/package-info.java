/**
 * How a connection proves for whom it speaks: {@link io.icespar.jdbc.login.Logins} makes the
 * {@link io.icespar.jdbc.login.Credentials} that go with each request, by password, by an access token, or by a login at
 * an OpenID provider that the server names.
 *
 * <p>What a provider answers is believed as far as it must be: its size is limited, redirects are not followed, and
 * nothing is sent unencrypted to another machine. Tokens are not verified here, which is the server's work. Errors are
 * {@link io.icespar.jdbc.login.LoginException}; none holds a password, a token or any other secret.
 */
@NullMarked
package io.icespar.jdbc.login;

import org.jspecify.annotations.NullMarked;
