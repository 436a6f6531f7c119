/**
 * The endpoint of remote JDBC: Avatica's requests as protobuf or JSON in the body of a POST.
 *
 * <p>It reads and writes; what a request means is in the engine's Avatica {@code Meta}.
 */
@NullMarked
package io.icespar.server.avatica;

import org.jspecify.annotations.NullMarked;
