/**
 * Plug-ins: what an application, or the jars in a folder of the server, add to the security of an engine.
 *
 * <p>What plug-ins are is said where each of them is used. Here they are collected, and whoever uses one through this
 * package gets an answer that is one or an error, never an exception of someone else's.
 */
@NullMarked
package io.icespar.security.plugin;

import org.jspecify.annotations.NullMarked;
