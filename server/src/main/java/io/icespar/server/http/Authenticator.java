package io.icespar.server.http;

import org.eclipse.jetty.server.Request;

/** A way of logging in, such as by user and password. Safe for use by several threads. */
public interface Authenticator {

    /** Finds out who sent the request; blocks while it does. */
    Login authenticate(Request request);

    /** What {@code WWW-Authenticate} says to a client that should log in this way. */
    String challenge();
}
