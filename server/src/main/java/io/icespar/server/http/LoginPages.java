package io.icespar.server.http;

import org.eclipse.jetty.server.Request;

/** What people with a browser get instead of the words for programs. */
public interface LoginPages {

    /** Sends someone who is not logged in to where they log in, and then back to what they asked for. */
    Reply toLogin(Request request);

    /** Tells someone who is logged in and may not enter, and how to log in as another user. */
    Reply noEntry(Request request);

    /**
     * Tells someone that nobody can be let in at the moment.
     *
     * @param reason a sentence
     */
    Reply unavailable(Request request, String reason);
}
