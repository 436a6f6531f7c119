/** Tests of the thin driver, against a small server that answers as it is told. */
@NullMarked
package io.icespar.jdbc;

import org.jspecify.annotations.NullMarked;
