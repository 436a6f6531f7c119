/**
 * Views: queries that go by a name, as a table does.
 *
 * <p>Queries are text here, already checked by the engine when the view was created; this package never reads them.
 */
@NullMarked
package io.icespar.security.view;

import org.jspecify.annotations.NullMarked;
