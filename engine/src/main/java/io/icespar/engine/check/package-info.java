/**
 * Looks for restrictions that do not do what their author may think: {@code CHECK RESTRICTIONS}.
 *
 * <p>What is said of conditions is proven from them alone, never from data, so that it holds for all rows there can be.
 * Nothing here decides what anyone sees.
 */
@NullMarked
package io.icespar.engine.check;

import org.jspecify.annotations.NullMarked;
