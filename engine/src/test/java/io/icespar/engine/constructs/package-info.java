/** The constructs of SQL one by one, through the engine: what each gives, in which type, or how it is refused. */
@NullMarked
package io.icespar.engine.constructs;

import org.jspecify.annotations.NullMarked;
