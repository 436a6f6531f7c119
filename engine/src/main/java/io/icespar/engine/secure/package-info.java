/** Restricting: each scan of a table gets the condition that holds for the caller, in every part of a query. */
@NullMarked
package io.icespar.engine.secure;

import org.jspecify.annotations.NullMarked;
