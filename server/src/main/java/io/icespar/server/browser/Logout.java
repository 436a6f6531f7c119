package io.icespar.server.browser;

import io.icespar.server.http.Reply;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.AuthorizationCodeFlow.LoggedIn;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs people out, here and at the provider. A link alone, which any site may have, shows a button; only the button, a
 * POST of this site, logs out.
 */
public final class Logout {
    /** Where it is found. */
    public static final String PATH = "/logout";

    private static final Logger LOG = LoggerFactory.getLogger(Logout.class);

    private final AuthorizationCodeFlow flow;
    private final ServerAddress address;
    private final Cookie cookie;
    private final BrowserSessions sessions;

    Logout(AuthorizationCodeFlow flow, ServerAddress address, Cookie cookie, BrowserSessions sessions) {
        this.flow = flow;
        this.address = address;
        this.cookie = cookie;
        this.sessions = sessions;
    }

    Reply reply(Request request) {
        List<String> ids = cookie.values(request);
        if (request.getMethod().equals("POST")) {
            return ended(request, ids);
        }
        return ids.stream().anyMatch(sessions::isOpen)
                ? Page.of(HttpStatus.OK_200, "Log out?")
                        .button("Log out", PATH, flow.logoutAddress())
                        .reply()
                : Page.of(HttpStatus.OK_200, "You are logged out")
                        .link("Log in", BrowserLogin.LOGIN)
                        .reply();
    }

    private Reply ended(Request request, List<String> ids) {
        Optional<URI> atProvider = Optional.empty();
        for (String id : ids) {
            Optional<LoggedIn> login = sessions.end(id);
            if (login.isPresent()) {
                LOG.info("event=logout user={}", login.get().identity().name());
                atProvider = flow.logout(login.get(), URI.create(address.of(request) + PATH));
            }
        }
        return Reply.redirect(
                        HttpStatus.SEE_OTHER_303, atProvider.map(URI::toString).orElse(PATH))
                .with(cookie.forget(request));
    }
}
