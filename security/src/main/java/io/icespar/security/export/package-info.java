/**
 * The security state written as the SQL commands that make it.
 *
 * <p>One class for each kind of fact. Whatever is added to the state gets its commands here, or an export would lose it.
 * Nothing here reads commands: that is for the engine.
 */
@NullMarked
package io.icespar.security.export;

import org.jspecify.annotations.NullMarked;
