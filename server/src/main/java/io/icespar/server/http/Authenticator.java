package io.icespar.server.http;

import org.eclipse.jetty.server.Request;

/** A way of logging in, such as by user and password. Safe for use by several threads. */
public interface Authenticator {

    /** Finds out who sent the request; blocks while it does. */
    Login authenticate(Request request);

    /** What is to be logged in with, in words such as "a user and its password". */
    String asksFor();

    /**
     * What {@code WWW-Authenticate} says to a client that should log in this way.
     *
     * @param refused what came of the request, which may have been another way's to decide
     */
    String challenge(Request request, Login refused);
}
