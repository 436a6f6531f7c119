/**
 * The systems that are measured, each started for it and stopped after it: Icespar's server, DuckDB in process, PostgreSQL,
 * and DuckDB behind Avatica's own server. All are asked by JDBC.
 */
@NullMarked
package io.icespar.benchmark.system;

import org.jspecify.annotations.NullMarked;
