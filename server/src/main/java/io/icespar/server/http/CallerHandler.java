package io.icespar.server.http;

import io.icespar.security.identity.Caller;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is done with a request when it is known who asks. */
@FunctionalInterface
public interface CallerHandler {

    /**
     * Answers the request. May block.
     *
     * @param caller who asks; may enter
     * @param callback completed, now or later, by the answer
     */
    void handle(Caller caller, Request request, Response response, Callback callback);
}
