/**
 * Authentication: from credentials to a user, or to a refusal.
 *
 * <p>What an authenticated user may see is not decided here.
 */
@NullMarked
package io.icespar.security.auth;

import org.jspecify.annotations.NullMarked;
