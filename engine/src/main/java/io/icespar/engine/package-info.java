/**
 * The engine's facade: {@link io.icespar.engine.Engine} opens it, {@link io.icespar.engine.Session} asks it.
 *
 * <p>The JDBC layers and the server stand on these few types; the packages below are its parts.
 */
@NullMarked
package io.icespar.engine;

import org.jspecify.annotations.NullMarked;
