/** The server: {@link io.icespar.server.Server} wires the engine, the HTTP endpoints and the settings together. */
@NullMarked
package io.icespar.server;

import org.jspecify.annotations.NullMarked;
