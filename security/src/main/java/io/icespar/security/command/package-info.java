/**
 * The security commands as data: what an administrator asked for, after parsing and before it is carried out.
 *
 * <p>Each command is one transaction. How it changes the state is said in {@code store}, not here.
 */
@NullMarked
package io.icespar.security.command;

import org.jspecify.annotations.NullMarked;
