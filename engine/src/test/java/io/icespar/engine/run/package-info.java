/** Tests of how queries run. */
@NullMarked
package io.icespar.engine.run;

import org.jspecify.annotations.NullMarked;
