/** The backend that runs in process: DuckDB, which loads CSV files and executes generated SQL. */
@NullMarked
package io.icespar.engine.duckdb;

import org.jspecify.annotations.NullMarked;
