package io.icespar.server.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** A way of logging in, such as by user and password. Safe for use by several threads. */
public interface Authenticator {

    /**
     * Finds out who sent the request; blocks while it does.
     *
     * @throws io.icespar.security.error.IcesparException if the server is in no state to find out
     */
    Login authenticate(Request request);

    /**
     * How a client that is not let in may log in this way.
     *
     * @param refused what came of the request, which may have been another way's to decide
     * @return empty if it is no way for a client to choose
     */
    List<Challenge> challenges(Request request, Login refused);

    /**
     * What a client is asked for.
     *
     * @param words what is to be logged in with, in words such as "a user and its password"
     * @param header the same for programs, in a {@code WWW-Authenticate} of its own; empty if HTTP has no words for it
     */
    record Challenge(String words, Optional<String> header) {}
}
