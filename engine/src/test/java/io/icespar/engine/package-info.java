/** The engine as a whole. */
@NullMarked
package io.icespar.engine;

import org.jspecify.annotations.NullMarked;
