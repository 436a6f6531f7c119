/**
 * Rows on the wire as columns: many values of one kind in few bytes, where both ends are Icespar's own. Avatica's protocol
 * sends each value with a description of it.
 */
@NullMarked
package io.icespar.avatica.columns;

import org.jspecify.annotations.NullMarked;
