/** The sample that a newcomer starts with: its generator, and that it is what it should be. */
@NullMarked
package io.icespar.engine.sample;

import org.jspecify.annotations.NullMarked;
