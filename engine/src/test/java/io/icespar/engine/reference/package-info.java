/** What DuckDB itself answers on rows filtered by hand, and how the engine's answers are compared with it. */
@NullMarked
package io.icespar.engine.reference;

import org.jspecify.annotations.NullMarked;
