/** Queries that are made up, and what must hold of each: the oracles of DESIGN §8 beyond what anyone thought of. */
@NullMarked
package io.icespar.engine.generated;

import org.jspecify.annotations.NullMarked;
