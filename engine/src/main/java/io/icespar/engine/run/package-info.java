/**
 * Running: a planned query becomes a stream of rows.
 *
 * <p>Only this package calls a backend with a query.
 */
@NullMarked
package io.icespar.engine.run;

import org.jspecify.annotations.NullMarked;
