/** Tests of JDBC on a real engine with a few small tables. */
@NullMarked
package io.icespar.engine.jdbc;

import org.jspecify.annotations.NullMarked;
