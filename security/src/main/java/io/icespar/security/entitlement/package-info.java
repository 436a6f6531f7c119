/**
 * Entitlements: what comes with a role because Java code says so, be it of the application around an engine or of a
 * plug-in.
 *
 * <p>This package holds what a provider says, and what becomes of it once it was checked. How it is merged with what the
 * security store holds is said in {@code store}.
 */
@NullMarked
package io.icespar.security.entitlement;

import org.jspecify.annotations.NullMarked;
