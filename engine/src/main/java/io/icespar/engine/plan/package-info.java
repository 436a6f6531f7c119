/** From a secured query to the one text that a backend executes, with the guard that checks it again. */
@NullMarked
package io.icespar.engine.plan;

import org.jspecify.annotations.NullMarked;
