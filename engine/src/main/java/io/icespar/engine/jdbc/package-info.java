/** JDBC: the Avatica Meta that embedded and remote connections share, and the embedded driver. It translates; meaning is in the engine. */
@NullMarked
package io.icespar.engine.jdbc;

import org.jspecify.annotations.NullMarked;
