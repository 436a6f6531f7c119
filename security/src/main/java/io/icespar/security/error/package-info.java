/**
 * The errors of Icespar: one exception type and one list of codes with their SQLSTATEs.
 *
 * <p>It lives in the lowest module so that every layer speaks of errors in the same words. It does not format errors
 * for a wire; that is for the layers above.
 */
@NullMarked
package io.icespar.security.error;

import org.jspecify.annotations.NullMarked;
