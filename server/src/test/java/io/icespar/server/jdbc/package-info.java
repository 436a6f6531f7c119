/** JDBC as programs see it: what each of its methods does, over the thin driver and in process. */
@NullMarked
package io.icespar.server.jdbc;

import org.jspecify.annotations.NullMarked;
