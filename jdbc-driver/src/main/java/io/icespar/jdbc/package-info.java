/**
 * The thin JDBC driver: SQL over HTTP to a server of Icespar, in Avatica's protocol.
 *
 * <p>{@link io.icespar.jdbc.Driver} is all that programs see; they name it by its URL. It stands alone: a jar of it holds
 * all it needs, under names of its own. Errors reach programs as {@link java.sql.SQLException} with the server's words
 * and SQLSTATE, and nothing is logged.
 */
@NullMarked
package io.icespar.jdbc;

import org.jspecify.annotations.NullMarked;
