/**
 * Pictures of the catalog: what a caller may know of, as the text of a diagram.
 *
 * <p>Pure functions of what they are given. What a caller may know of is decided in {@code secure}; a diagram adds
 * nothing to it and knows of nothing else.
 */
@NullMarked
package io.icespar.engine.diagram;

import org.jspecify.annotations.NullMarked;
