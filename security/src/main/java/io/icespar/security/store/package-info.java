/**
 * The security state: an immutable snapshot of users, roles and restrictions, how commands change it, and where it is
 * kept.
 */
@NullMarked
package io.icespar.security.store;

import org.jspecify.annotations.NullMarked;
