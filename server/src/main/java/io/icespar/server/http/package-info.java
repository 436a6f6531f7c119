/**
 * HTTP: the listening socket with its limits, who a request comes from, and the small endpoints.
 *
 * <p>Nothing here knows SQL. Who the caller is travels as an argument, from {@link io.icespar.server.http.LoginHandler}
 * to a {@link io.icespar.server.http.CallerHandler}.
 */
@NullMarked
package io.icespar.server.http;

import org.jspecify.annotations.NullMarked;
