/**
 * The objects that JDBC hands out, for the thin driver and for connections in process: Avatica's, with what JDBC wants
 * and Avatica does otherwise or not at all.
 *
 * <p>Nothing here knows the engine or the server; what is behind a connection is a {@link io.icespar.avatica.Link}. The
 * driver's jar holds these classes under another name, as it does Avatica's.
 */
@NullMarked
package io.icespar.avatica;

import org.jspecify.annotations.NullMarked;
