/** The 22 queries of TPC-H, unrestricted and restricted, against DuckDB itself on rows filtered by hand. */
@NullMarked
package io.icespar.engine.tpch;

import org.jspecify.annotations.NullMarked;
