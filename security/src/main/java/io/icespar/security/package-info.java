/**
 * Who may see what: the facade of the security module.
 *
 * <p>It knows neither SQL, nor Calcite, nor HTTP. Only the layers above use this package; those below are its parts.
 */
@NullMarked
package io.icespar.security;

import org.jspecify.annotations.NullMarked;
