/**
 * Restrictions and how those that a caller holds combine into what holds for a table.
 *
 * <p>Conditions are text here, already checked by the engine when the restriction was created; this package never
 * reads them.
 */
@NullMarked
package io.icespar.security.restriction;

import org.jspecify.annotations.NullMarked;
