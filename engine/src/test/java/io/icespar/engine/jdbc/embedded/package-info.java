/** Tests of connections in process, on a real engine with a few small tables. */
@NullMarked
package io.icespar.engine.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
