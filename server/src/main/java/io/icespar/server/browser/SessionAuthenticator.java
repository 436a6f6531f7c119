package io.icespar.server.browser;

import io.icespar.server.http.Authenticator;
import io.icespar.server.http.Login;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Logging in by the cookie of a session. It is for pages only: what takes commands from programs does not take it. */
final class SessionAuthenticator implements Authenticator {
    private final Cookie cookie;
    private final BrowserSessions sessions;

    SessionAuthenticator(Cookie cookie, BrowserSessions sessions) {
        this.cookie = cookie;
        this.sessions = sessions;
    }

    @Override
    public Login authenticate(Request request) {
        List<String> ids = cookie.values(request);
        if (ids.isEmpty()) {
            return new Login.Absent();
        }
        if (ids.size() > 1) {
            return new Login.Ambiguous("more than one cookie of a session");
        }
        if (request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
            return new Login.Ambiguous("both `Authorization` and the cookie of a session");
        }
        // A session that has ended is as good as none: its browser is brought to log in again.
        return sessions.find(ids.get(0)).<Login>map(Login.Accepted::new).orElseGet(Login.Absent::new);
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        return List.of();
    }
}
