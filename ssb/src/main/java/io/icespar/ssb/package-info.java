/**
 * The Star Schema Benchmark of O'Neil, O'Neil, Chen and Revilak: its data, generated alike on every machine, and its 13
 * queries. It knows neither Icespar nor DuckDB, so that the engine's tests and the benchmarks can both use it; it is not
 * part of a release.
 */
@NullMarked
package io.icespar.ssb;

import org.jspecify.annotations.NullMarked;
