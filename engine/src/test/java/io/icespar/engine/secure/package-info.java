/** The restricting stage. */
@NullMarked
package io.icespar.engine.secure;

import org.jspecify.annotations.NullMarked;
