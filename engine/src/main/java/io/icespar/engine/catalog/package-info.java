/**
 * Tables: what they are called, their columns, keys and references, and how Calcite sees them.
 *
 * <p>What a caller may see of them is decided in {@code secure}; where their rows are kept, in a backend's package.
 */
@NullMarked
package io.icespar.engine.catalog;

import org.jspecify.annotations.NullMarked;
