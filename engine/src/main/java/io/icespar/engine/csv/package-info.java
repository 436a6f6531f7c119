/**
 * Comma-separated values, read strictly after RFC 4180: what a file's columns are, and that all of it is well formed and
 * fits their types.
 *
 * <p>Nothing here stores rows. A file that has passed the check means the same to every reader of that format, so a
 * backend may load it with its own, faster one.
 */
@NullMarked
package io.icespar.engine.csv;

import org.jspecify.annotations.NullMarked;
