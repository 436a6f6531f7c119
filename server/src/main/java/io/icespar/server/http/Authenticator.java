package io.icespar.server.http;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** A way of logging in, such as by user and password. Safe for use by several threads. */
public interface Authenticator {

    /** Finds out who sent the request; blocks while it does. */
    Login authenticate(Request request);

    /**
     * How a client that is not let in may log in this way.
     *
     * @param refused what came of the request, which may have been another way's to decide
     * @return empty if it is no way for a client to choose
     */
    Optional<Challenge> challenge(Request request, Login refused);

    /**
     * What a client is asked for.
     *
     * @param words what is to be logged in with, in words such as "a user and its password"
     * @param header the same for programs, in a {@code WWW-Authenticate} of its own
     */
    record Challenge(String words, String header) {}
}
