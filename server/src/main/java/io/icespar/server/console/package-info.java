/** The command line: {@code icespar serve} and {@code icespar sql}, what they print, and how they exit. */
@NullMarked
package io.icespar.server.console;

import org.jspecify.annotations.NullMarked;
