/**
 * Privileges: which schemas, tables and columns a caller may read at all.
 *
 * <p>What may not be read does not exist for the caller. Which rows of the rest are seen is a matter of restrictions.
 */
@NullMarked
package io.icespar.security.privilege;

import org.jspecify.annotations.NullMarked;
