/**
 * Who asks: names, callers and the roles that Icespar reserves.
 *
 * <p>Nothing here decides what a caller may see; it only says who the caller is.
 */
@NullMarked
package io.icespar.security.identity;

import org.jspecify.annotations.NullMarked;
