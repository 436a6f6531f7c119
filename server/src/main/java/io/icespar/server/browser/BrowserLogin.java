package io.icespar.server.browser;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import io.icespar.server.oidc.AuthorizationCodeFlow.Unfit;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings people to the provider, and lets them in when they come back. What comes back is believed only of the browser
 * that was sent there; the provider sees to it that a code counts once.
 */
public final class BrowserLogin implements LoginPages {
    private static final Logger LOG = LoggerFactory.getLogger(BrowserLogin.class);

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

    /** What was recorded a moment ago. */
    private final Cache<String, Boolean> recorded = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(10_000)
            .build();

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
                reply(request).send(response, callback);
                return true;
            }

            private Reply reply(Request request) {
                try {
                    return answer.apply(request);
                } catch (RuntimeException e) {
                    if (e instanceof HttpException) {
                        throw e;
                    }
                    // Jetty would log the address, which holds what the provider gave for this login.
                    LOG.error("event=login-failed", e);
                    return Page.of(HttpStatus.INTERNAL_SERVER_ERROR_500, "Something went wrong here")
                            .reply();
                }
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
            return Reply.text(HttpStatus.BAD_REQUEST_400, "expected a browser that a provider sends back");
        }
        return orUnavailable(ReturnAddress.HOME, () -> {
                    Origin origin = RequestOrigin.of(request);
                    Optional<Begun> begun = loginCookie.find(request);
                    if (begun.isEmpty()) {
                        return unfit(origin, "this browser has begun no login here, or too long ago");
                    }
                    Secret answer =
                            new Secret(String.valueOf(request.getHttpURI().getQuery()));
                    Optional<Throttled> throttled = security.findThrottled(UNKNOWN, answer, origin);
                    if (throttled.isPresent()) {
                        return tooMany(throttled.get());
                    }
                    Result result = flow.finish(begun.get().attempt(), callback(request), parameters(request));
                    if (result instanceof Unfit unfit) {
                        return unfit(origin, unfit.reason());
                    }
                    if (result instanceof Refused refused) {
                        security.recordFailedLogin(refused.user(), answer, origin, refused.reason());
                        return notLoggedIn();
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

    /**
     * Nothing was tried that could be right: it is not counted, since any site can have a browser ask for this, and it is
     * recorded once a minute for an address.
     */
    private Reply unfit(Origin origin, String reason) {
        if (recorded.asMap().putIfAbsent(origin + reason, true) == null) {
            security.recordRefusedLogin(UNKNOWN, origin, reason);
        }
        return notLoggedIn();
    }

    private static Reply notLoggedIn() {
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
