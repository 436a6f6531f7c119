/** Tests of the server's plug-ins. */
@NullMarked
package io.icespar.server.plugin;

import org.jspecify.annotations.NullMarked;
