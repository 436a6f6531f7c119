/**
 * The command line: {@code icespar serve}, {@code icespar sql} and {@code icespar security}, what they print, and how they
 * exit.
 */
@NullMarked
package io.icespar.server.console;

import org.jspecify.annotations.NullMarked;
