/**
 * Context values: typed, named values that are resolved for a caller once per query, such as a currency, a region or a
 * limit.
 *
 * <p>This package holds what is declared and set, and decides which of several values counts. What a value does to a
 * query is not said here.
 */
@NullMarked
package io.icespar.security.context;

import org.jspecify.annotations.NullMarked;
