/** The server's part of the configuration file. The engine's part, and the reading of files, are the engine's. */
@NullMarked
package io.icespar.server.config;

import org.jspecify.annotations.NullMarked;
