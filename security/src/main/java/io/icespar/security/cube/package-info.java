/**
 * Cubes: a table and all it references, seen flat, with hierarchies and measures, and what of them is for whom.
 *
 * <p>Expressions of measures are text here, already checked by the engine; this package never reads them.
 */
@NullMarked
package io.icespar.security.cube;

import org.jspecify.annotations.NullMarked;
