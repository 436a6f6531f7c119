@NullMarked
package io.icespar.engine.duckdb;

import org.jspecify.annotations.NullMarked;
