/**
 * What executes: an engine that stores tables and runs the SQL text made from a secured plan.
 *
 * <p>The text of a caller never arrives here. Each kind of backend is a package of its own.
 */
@NullMarked
package io.icespar.engine.backend;

import org.jspecify.annotations.NullMarked;
