/**
 * Avatica's own server over DuckDB, as a program of its own: compiled against the Jetty that Icespar has, but run with the
 * one inside Avatica's standalone jar, which is past its end of life.
 */
@NullMarked
package io.icespar.benchmark.stock;

import org.jspecify.annotations.NullMarked;
