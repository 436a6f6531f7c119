/**
 * Masks: what callers are shown in place of the values of a column.
 *
 * <p>Expressions are text here, already checked by the engine when the mask was created; this package never reads them.
 */
@NullMarked
package io.icespar.security.mask;

import org.jspecify.annotations.NullMarked;
