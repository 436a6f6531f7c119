/**
 * The plug-ins of the server: jars in a folder that the configuration names, found when the server starts and at no other
 * time. What plug-ins do is said in the module {@code security}.
 */
@NullMarked
package io.icespar.server.plugin;

import org.jspecify.annotations.NullMarked;
