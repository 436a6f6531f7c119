/**
 * TLS: the server's certificate, the authorities whose client certificates it trusts, and the watch over their files.
 *
 * <p>Files are read into values that are checked as a whole, and only then used: {@link
 * io.icespar.server.tls.ServerTls} goes on with what it has until there is something better. Nothing here knows HTTP,
 * nor who a certificate logs in.
 */
@NullMarked
package io.icespar.server.tls;

import org.jspecify.annotations.NullMarked;
