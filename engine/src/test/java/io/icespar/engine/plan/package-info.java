/** Planning: the barrier and the guard. */
@NullMarked
package io.icespar.engine.plan;

import org.jspecify.annotations.NullMarked;
