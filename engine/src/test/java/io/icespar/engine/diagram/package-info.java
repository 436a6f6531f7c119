/** Tests of the diagrams. */
@NullMarked
package io.icespar.engine.diagram;

import org.jspecify.annotations.NullMarked;
