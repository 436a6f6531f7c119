/** The 13 queries of the Star Schema Benchmark, unrestricted and restricted, against DuckDB itself on rows filtered by hand. */
@NullMarked
package io.icespar.engine.ssb;

import org.jspecify.annotations.NullMarked;
