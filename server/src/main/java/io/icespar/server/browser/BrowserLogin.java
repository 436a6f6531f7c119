package io.icespar.server.browser;

import io.icespar.security.Security;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.auth.Origin;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Secret;
import io.icespar.server.browser.LoginCookie.Begun;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.http.Authenticator;
import io.icespar.server.http.BrowserRequest;
import io.icespar.server.http.LoginPages;
import io.icespar.server.http.Reply;
import io.icespar.server.http.RequestOrigin;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.AuthorizationCodeFlow.Attempt;
import io.icespar.server.oidc.AuthorizationCodeFlow.LoggedIn;
import io.icespar.server.oidc.AuthorizationCodeFlow.Refused;
import io.icespar.server.oidc.AuthorizationCodeFlow.Result;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/**
 * Brings people to the provider, and lets them in when they come back. What comes back is believed only of the browser
 * that was sent there, and once.
 */
public final class BrowserLogin implements LoginPages {
    /** Where a login begins; {@code ?page=/…} is where it leads to. */
    public static final String LOGIN = "/login";

    /** Where the provider sends people back to. It must be registered there. */
    public static final String CALLBACK = "/login/callback";

    /** Stands for a user who is not known. */
    private static final String UNKNOWN = "(browser)";

    private final AuthorizationCodeFlow flow;
    private final Security security;
    private final ServerAddress address;
    private final LoginCookie loginCookie;
    private final Cookie sessionCookie;
    private final BrowserSessions sessions;

    /** The login at a provider. */
    public BrowserLogin(
            AuthorizationCodeFlow flow,
            Security security,
            ServerAddress address,
            OidcSettings.Sessions limits,
            Clock clock) {
        SecureRandom random = new SecureRandom();
        this.flow = flow;
        this.security = security;
        this.address = address;
        this.loginCookie = new LoginCookie(address, random, clock);
        this.sessionCookie = new Cookie("icespar", address);
        this.sessions = new BrowserSessions(flow, security::see, limits, clock, random);
    }

    /** Tells by a session's cookie who sends a request. */
    public Authenticator sessions() {
        return new SessionAuthenticator(sessionCookie, sessions);
    }

    /** What answers at {@link #LOGIN}. */
    public Handler login() {
        return pages(request -> toLogin(
                request,
                ReturnAddress.of(Optional.ofNullable(
                                Request.extractQueryParameters(request).getValue("page"))
                        .orElse("/"))));
    }

    /** What answers at {@link #CALLBACK}. */
    public Handler callback() {
        return pages(this::finish);
    }

    /** What answers at {@link Logout#PATH}. */
    public Handler logout() {
        return pages(new Logout(flow, address, sessionCookie, sessions)::reply);
    }

    /** Makes a handler of a function, which may block. */
    private static Handler pages(Function<Request, Reply> answer) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                answer.apply(request).send(response, callback);
                return true;
            }
        };
    }

    @Override
    public Reply toLogin(Request request) {
        return toLogin(request, ReturnAddress.of(request.getHttpURI().getPathQuery()));
    }

    private Reply toLogin(Request request, ReturnAddress page) {
        return orUnavailable(page, () -> {
            Attempt attempt = Attempt.draw();
            return Reply.redirect(
                            HttpStatus.FOUND_302,
                            flow.start(attempt, callback(request)).toString())
                    .with(loginCookie.keep(request, new Begun(attempt, page)));
        });
    }

    private URI callback(Request request) {
        return URI.create(address.of(request) + CALLBACK);
    }

    private Reply finish(Request request) {
        if (!BrowserRequest.isNavigation(request)) {
            // Another site's pictures and frames could have logins fail here, until nobody else is let in.
            return Reply.text(HttpStatus.BAD_REQUEST_400, "expected a browser that a provider sends back");
        }
        return orUnavailable(ReturnAddress.HOME, () -> {
                    Origin origin = RequestOrigin.of(request);
                    Secret answer =
                            new Secret(String.valueOf(request.getHttpURI().getQuery()));
                    Optional<Throttled> throttled = security.findThrottled(UNKNOWN, answer, origin);
                    if (throttled.isPresent()) {
                        return tooMany(throttled.get());
                    }
                    Optional<Begun> begun = loginCookie.find(request);
                    if (begun.isEmpty()) {
                        return refused(
                                UNKNOWN, answer, origin, "this browser has begun no login here, or too long ago");
                    }
                    Result result = flow.finish(begun.get().attempt(), callback(request), parameters(request));
                    if (result instanceof Refused refused) {
                        return refused(refused.user(), answer, origin, refused.reason());
                    }
                    LoggedIn login = (LoggedIn) result;
                    security.recordLogin(login.identity(), origin);
                    sessionCookie.values(request).forEach(sessions::end);
                    return Reply.redirect(
                                    HttpStatus.FOUND_302, begun.get().page().path())
                            .with(sessionCookie.set(request, sessions.begin(login)));
                })
                .with(loginCookie.forget(request));
    }

    private Reply refused(String user, Secret answer, Origin origin, String reason) {
        security.recordFailedLogin(user, answer, origin, reason);
        return Page.of(HttpStatus.FORBIDDEN_403, "You are not logged in")
                .paragraph("The login was not confirmed, or it took too long. Nothing of it is kept.")
                .link("Log in again", LOGIN)
                .reply();
    }

    private static Reply tooMany(Throttled throttled) {
        long seconds = throttled.retryAfter().toSeconds() + 1;
        return Page.of(HttpStatus.TOO_MANY_REQUESTS_429, "Too many logins failed")
                .paragraph("Try again in " + seconds + " seconds.")
                .reply()
                .with("Retry-After", String.valueOf(seconds));
    }

    private static Map<String, List<String>> parameters(Request request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            parameters.put(field.getName(), field.getValues());
        }
        return parameters;
    }

    private static Reply orUnavailable(ReturnAddress again, Supplier<Reply> answer) {
        try {
            return answer.get();
        } catch (IcesparException e) {
            if (e.code().audience() != ErrorCode.Audience.CALLER) {
                throw e;
            }
            return unavailable(e.getMessage(), again);
        }
    }

    @Override
    public Reply unavailable(Request request, String reason) {
        return unavailable(reason, ReturnAddress.of(request.getHttpURI().getPathQuery()));
    }

    private static Reply unavailable(String reason, ReturnAddress again) {
        return Page.of(HttpStatus.SERVICE_UNAVAILABLE_503, "Nobody can be let in at the moment")
                .paragraph("The reason: " + reason + ".")
                .link("Try again", again.path())
                .reply();
    }

    @Override
    public Reply noEntry(Request request) {
        Page page = Page.of(HttpStatus.FORBIDDEN_403, "You may not enter")
                .paragraph("You are logged in, but do not hold the role ROLE_USER here. Ask an administrator for it.");
        return withLogout(page, request).reply();
    }

    /** The page with a button to log out, for who has something to log out of. */
    Page withLogout(Page page, Request request) {
        return sessionCookie.values(request).isEmpty()
                ? page
                : page.button("Log out", Logout.PATH, flow.logoutAddress());
    }
}
